package dev.emend.timeline;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What to replay and how.
 *
 * @param source file of statements: our JSON lines with {@code valid_from}
 * @param checkpoint file that remembers how far the replay came; made if it is missing
 * @param model name of the model that is to learn
 * @param name who says so, for the audit trail
 * @param from change points before this instant are left out; null for none
 * @param to change points from this instant on are left out; null for none
 * @param daysPerSecond speed; empty for as fast as possible
 */
public record SyncOptions(
    Path source,
    Path checkpoint,
    String model,
    String name,
    @Nullable Instant from,
    @Nullable Instant to,
    OptionalDouble daysPerSecond) {

  /** Refuses an empty range and a speed that goes nowhere. */
  public SyncOptions {
    if (from != null && to != null && !to.isAfter(from)) {
      throw new Fault(FaultCode.USAGE, "the range from %s to %s is empty".formatted(from, to));
    }
    if (daysPerSecond.isPresent() && !(daysPerSecond.getAsDouble() > 0)) {
      throw new Fault(FaultCode.USAGE, "the speed must be above 0 days per second");
    }
  }

  /** All of the file, as fast as possible, with the checkpoint beside it. */
  public static SyncOptions of(Path source, String model) {
    Path checkpoint = source.resolveSibling(source.getFileName() + ".checkpoint.json");
    return new SyncOptions(
        source,
        checkpoint,
        model,
        "sync:" + source.getFileName(),
        null,
        null,
        OptionalDouble.empty());
  }

  boolean covers(Instant at) {
    return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
  }
}
