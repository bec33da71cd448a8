package dev.emend.itests.chaos;

import dev.emend.worker.WorkerDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How often a worker lost its place to another one, by what the workers wrote into their logs in
 * all their lives.
 *
 * @param fenced a writer found that the model had another, or that its transaction was given up
 * @param silent a worker found that its partition had been given away while it was not heard of
 */
record LostPlaces(long fenced, long silent) {
  /** Counts in a folder of logs. */
  static LostPlaces in(Path logs) throws IOException {
    return new LostPlaces(count(logs, WorkerDoor.FENCED), count(logs, WorkerDoor.LOST));
  }

  private static long count(Path logs, String said) throws IOException {
    long count = 0;
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("worker")).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          count += lines.filter(line -> line.contains(said)).count();
        }
      }
    }
    return count;
  }
}
