package dev.emend.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --report FILE}: the result once more, as JSON for programs. */
final class ReportOption {
  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Option(names = "--report", paramLabel = "FILE", description = "Write the result as JSON.")
  private Optional<Path> file = Optional.empty();

  /** Fails now if the report could not be written later. */
  void check() {
    file.map(Path::toAbsolutePath)
        .map(Path::getParent)
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            folder -> {
              throw new Fault(
                  FaultCode.FILE_NOT_FOUND, "the folder of --report does not exist: " + folder);
            });
  }

  /** Writes the report if one is wanted. */
  void write(Object report) {
    if (file.isPresent()) {
      try {
        Files.writeString(file.get(), JSON.writeValueAsString(report) + "\n");
      } catch (IOException e) {
        throw new Fault(FaultCode.FILE_NOT_WRITABLE, "cannot write " + file.get() + ": " + e, e);
      }
    }
  }
}
