package dev.emend.dataset;

import dev.emend.event.FactChange;
import dev.emend.event.Neighbour;
import java.time.Instant;

/** Turns cases into events for a publisher. */
public final class FactChanges {
  private FactChanges() {}

  /**
   * The event that states a case.
   *
   * @param model name of the model that is to learn it
   * @param recordedAt instant at which the publisher learned it
   * @param source who says so, for the audit trail
   */
  public static FactChange of(EditCase edit, String model, Instant recordedAt, String source) {
    return FactChange.newBuilder()
        .setEventId(edit.id())
        .setModel(model)
        .setOp(edit.op())
        .setSubject(edit.subject())
        .setRelation(edit.relation())
        .setPrompt(edit.prompt())
        .setObject(edit.object())
        .setParaphrases(edit.paraphrases())
        .setNeighbours(
            edit.neighbours().stream().map(n -> new Neighbour(n.prompt(), n.expected())).toList())
        .setValidFrom(edit.validFrom())
        .setValidTo(edit.validTo())
        .setRecordedAt(recordedAt)
        .setSource(source)
        .build();
  }
}
