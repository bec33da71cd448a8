package dev.emend.history;

import dev.emend.event.LedgerEntry;
import dev.emend.sign.Trust;
import dev.emend.subscribe.LogReader;
import dev.emend.subscribe.LoggedVersion;
import dev.emend.subscribe.ToldFact;
import dev.emend.subscribe.VersionLog;
import dev.emend.topic.Connection;
import dev.emend.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the history of a model: what its versions say, and where the log was cut, what the ledger
 * says of the facts that stood by then. Thread-safe.
 */
public final class HistoryLog {
  private final Topics topics;
  private final VersionLog versions;
  private final LogReader log;

  /**
   * Reads this set of topics.
   *
   * @param trust whose signatures the versions need; empty to ask for none. What stood before a log
   *     was cut is the ledger's word, which nobody signs
   */
  public HistoryLog(Connection connection, Topics topics, Optional<Trust> trust) {
    this.topics = topics;
    this.versions = new VersionLog(connection, topics, trust);
    this.log = new LogReader(connection);
  }

  /**
   * The history of a model.
   *
   * @throws dev.emend.fault.Fault if broker or registry do not answer, the log lacks versions, or
   *     one is signed by nobody who is believed
   */
  public ModelHistory of(String model) {
    List<LoggedVersion> found = versions.versions(model);
    return found.isEmpty() || found.get(0).number() == 1
        ? ModelHistory.of(found)
        : ModelHistory.of(standing(model, found.get(0).number() - 1), found);
  }

  /** What stood in a version: what was placed by then, and is there or was retired later. */
  private List<Spell> standing(String model, long version) {
    Map<String, LedgerEntry> stood = new HashMap<>();
    log.ledger(
        topics.ledger(),
        (key, entry) -> {
          if (key.model().equals(model)) {
            entry
                .filter(e -> placed(e) <= version)
                .ifPresentOrElse(e -> stood.put(key.text(), e), () -> stood.remove(key.text()));
          }
        });
    log.ledger(
        topics.ledgerHistory(),
        (key, entry) -> {
          if (key.model().equals(model)) {
            entry
                .filter(e -> placed(e) <= version && version < e.getRetiredVersion())
                .ifPresent(e -> stood.put(key.text(), e));
          }
        });
    return stood.values().stream()
        .map(entry -> new Spell(told(entry), entry.getVersion(), Optional.empty()))
        .toList();
  }

  private static long placed(LedgerEntry entry) {
    return entry.getPlacedVersion() == 0 ? entry.getVersion() : entry.getPlacedVersion();
  }

  private static ToldFact told(LedgerEntry entry) {
    return new ToldFact(
        entry.getFactId(),
        Optional.of(entry.getEventId()),
        entry.getSubject(),
        entry.getRelation(),
        entry.getPrompt(),
        Optional.of(entry.getObject()),
        entry.getSource(),
        Optional.ofNullable(entry.getValidFrom()),
        Optional.ofNullable(entry.getValidTo()));
  }
}
