package dev.emend.ledger;

import dev.emend.event.LayerKey;
import dev.emend.event.LedgerEntry;
import java.util.List;

/** Standing facts to and from their record on the wire. */
public final class LedgerRecords {
  private LedgerRecords() {}

  /** The record of {@code fact} in {@code model}'s ledger. */
  public static LedgerEntry toEntry(String model, StandingFact fact) {
    return LedgerEntry.newBuilder()
        .setModel(model)
        .setFactId(fact.factId())
        .setEventId(fact.eventId())
        .setSubject(fact.subject())
        .setRelation(fact.relation())
        .setPrompt(fact.prompt())
        .setObject(fact.object())
        .setBaseAnswer(fact.baseAnswer())
        .setVersion(fact.version())
        .setPlacedVersion(fact.placedVersion() == fact.version() ? 0 : fact.placedVersion())
        .setTarget(fact.target().toBytes())
        .setKeys(fact.layers().stream().map(LedgerRecords::toKey).toList())
        .setValidFrom(fact.validFrom())
        .setValidTo(fact.validTo())
        .setWrittenAt(fact.writtenAt())
        .setSource(fact.source())
        .build();
  }

  /** The record of a fact that {@code version} replaced or took out, for the ledger's history. */
  public static LedgerEntry toRetired(String model, StandingFact fact, long version) {
    LedgerEntry entry = toEntry(model, fact);
    entry.setRetiredVersion(version);
    return entry;
  }

  /** The fact that {@code entry} records. */
  public static StandingFact toFact(LedgerEntry entry) {
    List<LayerPair> layers = entry.getKeys().stream().map(LedgerRecords::toPair).toList();
    return new StandingFact(
        entry.getFactId(),
        entry.getEventId(),
        entry.getSubject(),
        entry.getRelation(),
        entry.getPrompt(),
        entry.getObject(),
        entry.getBaseAnswer(),
        entry.getVersion(),
        entry.getPlacedVersion() == 0 ? entry.getVersion() : entry.getPlacedVersion(),
        FloatVector.fromBytes(entry.getTarget()),
        layers,
        entry.getValidFrom(),
        entry.getValidTo(),
        entry.getWrittenAt(),
        entry.getSource());
  }

  private static LayerKey toKey(LayerPair pair) {
    return LayerKey.newBuilder()
        .setLayer(pair.layer())
        .setKey(pair.key().toBytes())
        .setValue(pair.value().toBytes())
        .build();
  }

  private static LayerPair toPair(LayerKey key) {
    return new LayerPair(
        key.getLayer(), FloatVector.fromBytes(key.getKey()), FloatVector.fromBytes(key.getValue()));
  }
}
