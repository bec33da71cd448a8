package dev.emend.cli;

import dev.emend.sign.Trust;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose versions are believed. */
final class TrustOption {
  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Require signatures by the keys in this file, of versions, aliases and snapshots"
              + " (default: ask for none; 'emend keys' makes such files).")
  private Optional<Path> file = Optional.empty();

  /** What the file says; empty to ask for no signatures. */
  Optional<Trust> trust() {
    return file.map(Trust::read);
  }
}
