package dev.emend.cli;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.sign.SigningKey;
import dev.emend.sign.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend keys new}. */
@Command(
    name = "new",
    sortOptions = false,
    description = "Makes a private key for a worker and adds its public key to a trust file.")
final class KeysNewCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "New file for the private key (PKCS#8, PEM), for its owner only.")
  private Path key;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      required = true,
      description = "Trust file that gets the public key; made if it is not there.")
  private Path trust;

  @Option(
      names = "--from-version",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "First version that the key is believed for (default: any).")
  private long fromVersion;

  @Option(names = "--note", paramLabel = "TEXT", description = "Whose key it is, for people.")
  private Optional<String> note = Optional.empty();

  @Override
  public Integer call() {
    if (fromVersion < 0) {
      throw new Fault(FaultCode.USAGE, "--from-version is at least 0, not " + fromVersion);
    }
    Trust before = Files.exists(trust) ? Trust.read(trust) : new Trust(List.of(), Map.of());
    SigningKey made = SigningKey.generate();
    Trust after = before.with(made, fromVersion, note.orElse(""));
    made.write(key);
    after.write(trust);
    terminal.say("key          " + made.id());
    terminal.say("private key  " + key + "   worker setting signing.key.file");
    terminal.say("trust file   " + trust + "   worker setting trust.file, --trust of readers");
    return CommandLine.ExitCode.OK;
  }
}
