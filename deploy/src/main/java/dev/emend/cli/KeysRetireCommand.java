package dev.emend.cli;

import dev.emend.sign.Trust;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emend keys retire}. */
@Command(
    name = "retire",
    sortOptions = false,
    description = "Believes a key up to a version only; what it signs later is refused.")
final class KeysRetireCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Parameters(paramLabel = "KEY", description = "Id of the key, as emend keys list shows it.")
  private String id;

  @Option(names = "--trust", paramLabel = "FILE", required = true, description = "The trust file.")
  private Path trust;

  @Option(
      names = "--last-version",
      paramLabel = "VERSION",
      required = true,
      description = "The last version that it may have signed.")
  private long lastVersion;

  @Override
  public Integer call() {
    Trust.read(trust).retiring(id, lastVersion).write(trust);
    terminal.say(id + " is believed up to version " + lastVersion);
    return CommandLine.ExitCode.OK;
  }
}
