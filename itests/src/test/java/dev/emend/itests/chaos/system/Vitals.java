package dev.emend.itests.chaos.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all processes of a system now and then, as the kernel sees them. Linux only. */
public final class Vitals implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Vitals.class);

  private final ChaosSystem system;
  private final Map<String, Path> folders;
  private final long began = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /**
   * One look at one process or folder.
   *
   * @param second since the first look
   * @param name of the slot, or of the folder
   * @param bytes resident memory, or size on disk
   * @param files open file handles; 0 for a folder
   * @param threads threads; 0 for a folder
   */
  public record Sample(double second, String name, long bytes, int files, int threads) {}

  /**
   * Begins to look.
   *
   * @param folders whose sizes are looked at too, by name
   */
  public Vitals(ChaosSystem system, Map<String, Path> folders, int everyMillis) {
    this.system = system;
    this.folders = new LinkedHashMap<>(folders);
    var unused = clock.scheduleAtFixedRate(this::look, 0, everyMillis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    double second = (System.nanoTime() - began) / 1e9;
    for (Slot slot : system.slots()) {
      try {
        Optional<Long> pid = slot.pid();
        if (pid.isPresent()) {
          process(second, slot.name(), pid.get()).ifPresent(this::add);
        }
      } catch (IOException | RuntimeException e) { // it may be gone by now
        log.debug("{} cannot be looked at: {}", slot.name(), e.toString());
      }
    }
    folders.forEach((name, path) -> add(new Sample(second, name, size(path), 0, 0)));
  }

  private synchronized void add(Sample sample) {
    samples.add(sample);
  }

  private static Optional<Sample> process(double second, String name, long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    if (!Files.isDirectory(proc)) {
      return Optional.empty();
    }
    List<String> status = Files.readAllLines(proc.resolve("status"));
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return Optional.of(
          new Sample(
              second,
              name,
              number(status, "VmRSS:") << 10,
              (int) files.count(),
              (int) number(status, "Threads:")));
    }
  }

  private static long number(List<String> status, String key) {
    return status.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(Vitals::used).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // files come and go while they are counted
    }
  }

  /** A broker's indexes are as long as they may become, so they do not count. */
  private static long used(Path file) {
    try {
      return file.toString().endsWith("index") ? 0 : Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was seen so far. */
  public synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
