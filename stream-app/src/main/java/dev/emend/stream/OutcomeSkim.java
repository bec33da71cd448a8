package dev.emend.stream;

import dev.emend.event.FactOutcome;
import dev.emend.event.OriginalOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.wire.SchemaRegistryClient;
import java.util.List;

/**
 * Reads of an outcome what the stream needs of each of them, for all come by here and the rest of
 * nearly every one is of no use. Thread-safe.
 *
 * @param registry knows the id of our schema
 * @param subject of the outcomes
 */
record OutcomeSkim(SchemaRegistryClient registry, String subject) {
  private static final List<OutcomeCode> CODES =
      OutcomeCode.getClassSchema().getEnumSymbols().stream().map(OutcomeCode::valueOf).toList();

  /**
   * What was found.
   *
   * @param brief the outcome in short
   * @param byRollback whether a rollback decided it
   */
  record Found(OriginalOutcome brief, boolean byRollback) {

    static Found of(FactOutcome outcome) {
      return new Found(
          new OriginalOutcome(
              outcome.getCode(), outcome.getVersion(), outcome.getBy(), outcome.getReason()),
          outcome.getRollback() != null);
    }
  }

  boolean isOurs(byte[] wire) {
    return wire.length >= AvroSkim.FRAME_BYTES
        && AvroSkim.schemaId(wire) == registry.register(subject, FactOutcome.getClassSchema());
  }

  /** Skims a record of our schema. */
  Found read(byte[] wire) {
    AvroSkim skim = AvroSkim.of(wire).skipTexts(3); // event_id, model, fact_id
    OutcomeCode code = CODES.get(Math.toIntExact(skim.number()));
    Long version = skim.optionalNumber();
    String by = skim.optionalText();
    String reason = skim.optionalText();
    skim.skipOptionalText(); // detail
    skim.optionalNumber(); // published_at
    skim.number(); // decided_at
    return new Found(new OriginalOutcome(code, version, by, reason), skim.number() != 0);
  }
}
