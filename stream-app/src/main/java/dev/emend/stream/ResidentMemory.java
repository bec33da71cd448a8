package dev.emend.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Resident memory of a process, from Linux's {@code /proc}. */
final class ResidentMemory {
  private static final Pattern LINE = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final Path status;

  ResidentMemory(Path status) {
    this.status = status;
  }

  /** That of this process. */
  static ResidentMemory ofThisProcess() {
    return new ResidentMemory(Path.of("/proc/self/status"));
  }

  /** Bytes; not a number where the system does not tell. */
  double bytes() {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .mapToDouble(match -> Long.parseLong(match.group(1)) * 1024.0)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException | java.io.UncheckedIOException e) {
      return Double.NaN; // a gauge has no other way to say that it does not know
    }
  }
}
