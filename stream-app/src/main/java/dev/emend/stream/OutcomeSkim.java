package dev.emend.stream;

import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.wire.SchemaRegistryClient;

/**
 * Tells from its bytes whether an outcome may concern the history of its fact, because nearly none
 * does and all of them come by here. Thread-safe.
 *
 * @param registry knows the id of our schema
 * @param subject of the outcomes
 */
record OutcomeSkim(SchemaRegistryClient registry, String subject) {
  private static final int REJECTED =
      OutcomeCode.getClassSchema().getEnumOrdinal(OutcomeCode.REJECTED.name());

  /** False only if it certainly does not; what has another schema than ours may. */
  boolean mayConcernHistory(byte[] wire) {
    if (wire.length < AvroSkim.FRAME_BYTES || !isOurs(wire)) {
      return true;
    }
    AvroSkim skim = AvroSkim.of(wire).skipTexts(3); // event_id, model, fact_id
    if (skim.number() == REJECTED) {
      return true;
    }
    skim.skipOptionalNumber(); // version
    skim.skipOptionalText(); // by
    skim.skipOptionalText(); // reason
    skim.skipOptionalText(); // detail
    skim.skipOptionalNumber(); // published_at
    skim.number(); // decided_at
    return skim.number() != 0; // rollback
  }

  private boolean isOurs(byte[] wire) {
    return AvroSkim.schemaId(wire) == registry.register(subject, FactOutcome.getClassSchema());
  }
}
