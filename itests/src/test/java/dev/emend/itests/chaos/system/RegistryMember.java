package dev.emend.itests.chaos.system;

import dev.emend.fault.Fault;
import dev.emend.local.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A schema registry. */
final class RegistryMember implements Member {
  private static final Duration START = Duration.ofMinutes(2);

  private final Registry registry;
  private final CompletableFuture<String> ready;

  RegistryMember(Path data, Path log, int port) {
    registry = Registry.launch(data, log, port);
    ready = CompletableFuture.supplyAsync(() -> registry.awaitReady(START).toString());
  }

  @Override
  public ProcessHandle process() {
    return registry.process();
  }

  @Override
  public Optional<String> ready() {
    try {
      return Optional.ofNullable(ready.isCompletedExceptionally() ? null : ready.getNow(null));
    } catch (Fault e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Integer> exit() {
    return registry.process().isAlive() ? Optional.empty() : Optional.of(-1);
  }
}
