package dev.emend.cli;

import dev.emend.delta.ModelState;
import dev.emend.delta.ModelVersion;
import dev.emend.fault.Fault;
import dev.emend.subscribe.ServedVersion;
import dev.emend.subscribe.VersionListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One line a version. Thread-safe. */
final class VersionLines implements VersionListener {
  private static final int SHOWN_DIGITS = 12;

  private final Terminal terminal;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  VersionLines(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Says where the subscription begins. */
  void started(ModelState state) {
    terminal.say("at version " + described(state.version()));
  }

  @Override
  public void onVersion(ServedVersion version, ModelState newest) {
    terminal.say(
        "version %s %s %d facts"
            .formatted(described(version.version()), version.kind(), version.facts().size()));
  }

  @Override
  public void onFault(Fault fault) {
    end.completeExceptionally(fault);
  }

  /** Waits until the subscription fails. */
  void awaitFault() throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw FailureNames.faultOf(e);
    }
  }

  private static String described(ModelVersion version) {
    return version.version() + " (digest " + shortened(version) + ")";
  }

  /** The first digits of a version's digest: enough to compare by eye. */
  static String shortened(ModelVersion version) {
    return version.digest().hex().substring(0, SHOWN_DIGITS);
  }
}
