package dev.emend.worker;

import dev.emend.event.LedgerEntry;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.history.ModelHistory;
import dev.emend.history.Spell;
import dev.emend.ledger.FactLedger;
import dev.emend.ledger.LedgerRecords;
import dev.emend.ledger.StandingFact;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ledger of earlier versions: what stands still and was placed by then, and of the ledger's
 * history what was placed by then and retired later.
 */
final class LedgerPast {
  private final Topics topics;
  private final PartitionReader.Source readers;
  private final RecordCodec codec;

  LedgerPast(Topics topics, PartitionReader.Source readers, RecordCodec codec) {
    this.topics = topics;
    this.readers = readers;
    this.codec = codec;
  }

  /**
   * The ledger of a version.
   *
   * @param now the ledger of the newest version
   */
  FactLedger at(long version, String model, FactLedger now) {
    List<StandingFact> facts = new ArrayList<>();
    now.facts().stream().filter(fact -> fact.placedVersion() <= version).forEach(facts::add);
    try (PartitionReader entries = readers.open(topics.ledgerHistory(), model)) {
      for (Optional<LogRecord> r = entries.next(); r.isPresent(); r = entries.next()) {
        String key = r.get().key();
        if (key != null && FactKey.parse(key).model().equals(model)) {
          entry(r.get()).filter(entry -> stood(entry, version)).ifPresent(e -> facts.add(fact(e)));
        }
      }
    }
    return FactLedger.of(facts);
  }

  private Optional<LedgerEntry> entry(LogRecord record) {
    byte[] bytes = record.value();
    return bytes == null
        ? Optional.empty()
        : Optional.of(codec.decode(LedgerEntry.class, record.topic(), record.headers(), bytes));
  }

  private static boolean stood(LedgerEntry entry, long version) {
    return fact(entry).placedVersion() <= version && version < entry.getRetiredVersion();
  }

  private static StandingFact fact(LedgerEntry entry) {
    return LedgerRecords.toFact(entry);
  }

  /**
   * Holds a ledger to what the versions say stood, as far as they reach back.
   *
   * @throws Fault VERSION_CHAIN if it is another, for example since its history was not kept yet
   */
  static void requireWhole(FactLedger ledger, long version, List<LoggedVersion> versions) {
    if (versions.isEmpty() || versions.get(0).number() != 1) {
      return; // what stood before the first of them is not known from them
    }
    Set<String> said =
        ModelHistory.of(versions).at(version).stream()
            .map(Spell::eventId)
            .collect(Collectors.toSet());
    Set<String> held =
        ledger.facts().stream().map(StandingFact::eventId).collect(Collectors.toSet());
    if (!said.equals(held)) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "the ledger of version %d is not known: its history holds %d of %d facts"
              .formatted(version, held.size(), said.size()));
    }
  }
}
