package dev.emend.cli;

import dev.emend.sign.Trust;
import dev.emend.sign.TrustedKey;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code emend keys list}. */
@Command(name = "list", sortOptions = false, description = "Shows the keys of a trust file.")
final class KeysListCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(names = "--trust", paramLabel = "FILE", required = true, description = "The trust file.")
  private Path trust;

  @Override
  public Integer call() {
    Trust read = Trust.read(trust);
    read.keys().forEach(key -> terminal.say(line(key)));
    read.unsigned()
        .forEach(
            (model, version) ->
                terminal.say("unsigned         " + model + " up to version " + version));
    return CommandLine.ExitCode.OK;
  }

  private static String line(TrustedKey key) {
    String last = key.toVersion() == Long.MAX_VALUE ? "on" : "to " + Long.toString(key.toVersion());
    String uses =
        key.uses().stream()
            .map(use -> use.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(","));
    String models = key.models().isEmpty() ? "all models" : String.join(",", key.models());
    String time =
        key.from().map(at -> " from " + at).orElse("")
            + key.until().map(at -> " until " + at).orElse("");
    return "%s %s of %s, versions %d %s%s  %s"
        .formatted(key.id(), uses, models, key.fromVersion(), last, time, key.note())
        .stripTrailing();
  }
}
