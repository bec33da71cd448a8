package dev.emend.subscribe;

import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.topic.Connection;
import dev.emend.topic.HeadKey;
import dev.emend.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists the versions of a model and where its aliases point. Thread-safe. */
public final class VersionLog {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Topics topics;
  private final TopicScan scan;
  private final LogRecords records;

  /** Reads this set of topics. */
  public VersionLog(Connection connection, Topics topics) {
    this(
        topics,
        new TopicScan(LogConsumers.of(connection), PATIENCE, InstantSource.system()),
        new LogRecords(connection));
  }

  VersionLog(Topics topics, TopicScan scan, LogRecords records) {
    this.topics = topics;
    this.scan = scan;
    this.records = records;
  }

  /**
   * All versions that the log holds, in the order of the log.
   *
   * @throws Fault if broker or registry do not answer or a record is unreadable
   */
  public List<LoggedVersion> versions(String model) {
    List<LoggedVersion> found = new ArrayList<>();
    scan.read(
        topics.deltas(),
        record -> {
          if (model.equals(record.key())) {
            records
                .delta(record)
                .ifPresent(delta -> found.add(LoggedVersion.of(delta, record.offset())));
          }
        });
    return List.copyOf(found);
  }

  /** Where the aliases of a model point, by alias. */
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
    return heads;
  }
}
