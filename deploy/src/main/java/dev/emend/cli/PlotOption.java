package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** {@code --plot FILE}: the result once more, as a picture. */
final class PlotOption {
  @Option(names = "--plot", paramLabel = "FILE.png", description = "Draw the result.")
  private Optional<Path> file = Optional.empty();

  /** Fails now if the picture could not be written later. */
  void check() {
    file.map(Path::toAbsolutePath).ifPresent(PlotOption::check);
  }

  private static void check(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new Fault(FaultCode.USAGE, "--plot writes a .png, not " + file.getFileName());
    }
    Path folder = file.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new Fault(FaultCode.FILE_NOT_FOUND, "the folder of --plot does not exist: " + folder);
    }
  }

  /** Draws it if it is wanted, and says so. */
  void draw(Terminal terminal, UnaryOperator<Path> writer) {
    file.ifPresent(wanted -> terminal.say("wrote " + writer.apply(wanted)));
  }
}
