package dev.emend.subscribe;

import dev.emend.event.ModelDelta;
import dev.emend.event.PhaseSeconds;
import java.util.List;
import java.util.OptionalLong;

/**
 * A version as its delta describes it; nothing is verified.
 *
 * @param version number, digests, facts, events and scores
 * @param told what the facts that changed say from this version on
 * @param rolledBackTo version that a rollback brought back; empty for other kinds
 * @param undone events that a rollback took out of effect
 * @param payloadBytes bytes of all payloads
 * @param tensors number of changed tensors
 * @param seconds wall seconds by phase
 * @param offset offset of the delta
 */
public record LoggedVersion(
    ServedVersion version,
    List<ToldFact> told,
    OptionalLong rolledBackTo,
    List<String> undone,
    long payloadBytes,
    int tensors,
    PhaseSeconds seconds,
    long offset) {
  /** Copies the lists. */
  public LoggedVersion {
    told = List.copyOf(told);
    undone = List.copyOf(undone);
  }

  /** What a delta says, found at an offset. */
  public static LoggedVersion of(ModelDelta delta, long offset) {
    Long back = delta.getRolledBackTo();
    return new LoggedVersion(
        ServedVersion.of(delta),
        delta.getFacts().stream().map(ToldFact::of).toList(),
        back == null ? OptionalLong.empty() : OptionalLong.of(back),
        delta.getUndoneEventIds(),
        LoggedDelta.payloadBytes(delta),
        delta.getTensors().size(),
        delta.getSeconds(),
        offset);
  }

  /** The version's number. */
  public long number() {
    return version.number();
  }
}
