package dev.emend.history;

import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.Comparator;
import java.util.List;

/** Which fact a person means who wants an event taken back. */
public final class Retraction {
  private Retraction() {}

  /**
   * What the event set and what still stands by it.
   *
   * @throws Fault FACT_INVALID if no version holds the event, or if what it said stands no longer;
   *     the message says since when and by which event
   */
  public static Spell of(ModelHistory history, String eventId) {
    List<Spell> said = history.saidBy(eventId);
    Spell last =
        said.stream()
            .max(Comparator.comparingLong(Spell::since))
            .orElseThrow(
                () ->
                    new Fault(
                        FaultCode.FACT_INVALID,
                        "no version up to %d was told anything by event '%s'; ask for its outcome"
                            .formatted(history.newest(), eventId)));
    last.end()
        .ifPresent(
            end -> {
              throw new Fault(
                  FaultCode.FACT_INVALID,
                  "what event '%s' said stands no longer: version %d %s"
                      .formatted(eventId, end.version(), how(end)));
            });
    return last;
  }

  private static String how(Spell.End end) {
    if (end.rollback()) {
      return "rolled it back";
    }
    return "replaced or retracted it by event '" + end.event().orElse("") + "'";
  }
}
