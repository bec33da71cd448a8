package dev.emend.subscribe;

import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.sign.Trust;
import dev.emend.topic.Connection;
import dev.emend.topic.HeadKey;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Lists the versions of a model and where its aliases point. Thread-safe. */
public final class VersionLog {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Topics topics;
  private final TopicScan scan;
  private final LogRecords records;
  private final Optional<Trust> trust;

  /** Reads this set of topics, whoever wrote what is there. */
  public VersionLog(Connection connection, Topics topics) {
    this(connection, topics, Optional.empty());
  }

  /**
   * Reads this set of topics.
   *
   * @param trust whose signatures are believed; empty to ask for none
   */
  public VersionLog(Connection connection, Topics topics, Optional<Trust> trust) {
    this(
        topics,
        new TopicScan(LogConsumers.of(connection), PATIENCE, InstantSource.system()),
        new LogRecords(connection),
        trust);
  }

  VersionLog(Topics topics, TopicScan scan, LogRecords records, Optional<Trust> trust) {
    this.topics = topics;
    this.scan = scan;
    this.records = records;
    this.trust = trust;
  }

  /**
   * All versions that the log holds, in the order of the log.
   *
   * @throws Fault if broker or registry do not answer, a record is unreadable, or a version is
   *     signed by nobody who is believed
   */
  public List<LoggedVersion> versions(String model) {
    List<LoggedVersion> found = new ArrayList<>();
    scan.read(
        topics.deltas(),
        record -> {
          if (model.equals(record.key())) {
            records.delta(record).ifPresent(delta -> found.add(version(delta, record)));
          }
        });
    return List.copyOf(found);
  }

  private LoggedVersion version(ModelDelta delta, ConsumerRecord<String, byte[]> record) {
    try {
      trust.ifPresent(believed -> believed.require(delta));
    } catch (Fault e) {
      throw new Fault(e.code(), LogRecords.place(record) + ": " + e.getMessage(), e);
    }
    return LoggedVersion.of(delta, record.offset());
  }

  /**
   * Where the aliases of a model point, by alias.
   *
   * @throws Fault as for the versions
   */
  public SortedMap<String, ModelHead> heads(String model) {
    SortedMap<String, ModelHead> heads = new TreeMap<>();
    scan.read(
        topics.heads(),
        record -> {
          if (record.key() != null && HeadKey.parse(record.key()).model().equals(model)) {
            String alias = HeadKey.parse(record.key()).alias();
            records
                .head(record)
                .ifPresentOrElse(head -> heads.put(alias, head), () -> heads.remove(alias));
          }
        });
    trust.ifPresent(believed -> heads.values().forEach(believed::require));
    return heads;
  }
}
