package dev.emend.retain;

import dev.emend.delta.BlobStore;
import dev.emend.delta.ModelState;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.subscribe.LogReader;
import dev.emend.subscribe.VersionRebuild;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.topic.HeadKey;
import dev.emend.topic.ModelPartition;
import dev.emend.topic.Topics;
import dev.emend.weights.Digest32;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Shortens the log of a model: takes a snapshot where one is wanted, and deletes what lies before
 * it, in an order in which every promised version can be rebuilt at any moment. First the snapshot
 * is written and read back; then {@code retained} announces where rebuilding begins, so that other
 * models in the same partitions know what this one no longer needs; then the log is cut; only then
 * go the payloads and snapshots that nothing names any more. Run again after a crash it goes on; at
 * worst a payload in the blob store stays for ever. One at a time for a model.
 */
public final class Compaction {
  private final Connection connection;
  private final Topics topics;
  private final CompactionSettings settings;
  private final LogReader log;
  private final InstantSource clock;

  /** Compacts a model of a set of topics. */
  public Compaction(Connection connection, Topics topics, CompactionSettings settings) {
    this.connection = connection;
    this.topics = topics;
    this.settings = settings;
    this.log = new LogReader(connection);
    this.clock = InstantSource.system();
  }

  /**
   * Does it once.
   *
   * @throws Fault if a promised version could not be rebuilt or is signed by nobody who is
   *     believed, which deletes nothing, or if broker, registry or files fail
   */
  public CompactionResult run() {
    Instant now = clock.instant();
    LogSurvey survey = LogSurvey.of(log, topics, settings.sources());
    Set<Long> named = new HashSet<>(settings.promise().named());
    named.addAll(survey.named());
    RetentionPromise promise =
        new RetentionPromise(settings.promise().newest(), settings.promise().age(), named);
    RetentionPlanner planner = new RetentionPlanner(promise, settings.distance());
    OptionalLong taken = snapshot(planner, survey, now);
    Set<Long> snapshots = new HashSet<>(settings.shelf().versions());
    taken.ifPresent(snapshots::add);
    RetentionPlan plan = planner.plan(survey.versions(), snapshots, now);
    if (plan.start() > 0 && !settings.dryRun()) {
      announce(whole(plan.start(), survey), survey);
    }
    long records = cut(plan, survey);
    return new CompactionResult(
        plan.oldestPromised(),
        plan.start(),
        taken,
        records,
        deleteBlobs(plan, survey),
        deleteSnapshots(plan));
  }

  private OptionalLong snapshot(RetentionPlanner planner, LogSurvey survey, Instant now) {
    long wanted = planner.snapshotWanted(survey.versions(), settings.shelf().versions(), now);
    if (wanted > 0 && !settings.dryRun()) {
      rebuild().shelve(wanted, settings.shelf());
    }
    return wanted > 0 ? OptionalLong.of(wanted) : OptionalLong.empty();
  }

  private VersionRebuild rebuild() {
    return new VersionRebuild(connection, topics, settings.sources());
  }

  /** Reads the snapshot back: all weights have the digest that the log states. */
  private ModelState whole(long version, LogSurvey survey) {
    ModelState state = settings.shelf().open(settings.model(), version);
    Digest32 stated = survey.chainHashes().get(version);
    if (stated != null && !stated.equals(state.version().chainHash())) {
      throw new Fault(
          FaultCode.VERSION_CHAIN,
          "the snapshot of version %d is of another chain than the log; nothing is deleted"
              .formatted(version));
    }
    return state;
  }

  private void announce(ModelState state, LogSurvey survey) {
    long start = state.version().version();
    if (survey.start(settings.model()) >= start) {
      return;
    }
    ModelHead head =
        ModelHead.newBuilder()
            .setModel(settings.model())
            .setAlias(HeadKey.RETAINED)
            .setVersion(start)
            .setDigest(state.version().digest().buffer())
            .setChainHash(state.version().chainHash().buffer())
            .setMovedAt(clock.instant())
            .build();
    log.write(
        topics.heads(),
        new HeadKey(settings.model(), HeadKey.RETAINED).text(),
        settings.key().map(key -> key.sign(head)).orElse(head));
  }

  private long cut(RetentionPlan plan, LogSurvey survey) {
    if (plan.start() == 0) {
      return 0;
    }
    Map<String, Long> starts = new HashMap<>(survey.starts());
    starts.put(settings.model(), plan.start());
    try (Admin admin = Admin.create(connection.toClientConfig())) {
      LogFront front = new LogFront(log.consumers(), admin);
      Needs needs = new Needs(starts, log);
      // Deltas first: a chunk without its delta is read by nobody, the reverse is a broken version.
      return cut(front, topics.deltas(), needs::delta)
          + cut(front, topics.deltaChunks(), needs::chunk)
          + cut(front, topics.ledgerHistory(), needs::entry);
    }
  }

  private long cut(LogFront front, String topic, Predicate<ConsumerRecord<String, byte[]>> needed) {
    int partition = ModelPartition.of(settings.model(), log.partitions(topic));
    return front.cut(new TopicPartition(topic, partition), needed, settings.dryRun());
  }

  /** Which records are needed, for models that announced a start; all of others are. */
  private record Needs(Map<String, Long> starts, LogReader log) {
    boolean delta(ConsumerRecord<String, byte[]> record) {
      return record.value() != null
          && log.delta(record).map(d -> after(d.getModel(), d.getVersion())).orElse(false);
    }

    /** A chunk's key begins with model and version; names of models have no bar. */
    boolean chunk(ConsumerRecord<String, byte[]> record) {
      String[] parts = String.valueOf(record.key()).split("\\|", 3);
      return parts.length < 3 || after(parts[0], Long.parseLong(parts[1]));
    }

    boolean entry(ConsumerRecord<String, byte[]> record) {
      return record.value() != null
          && log.entry(record)
              .map(e -> after(FactKey.parse(record.key()).model(), e.getRetiredVersion()))
              .orElse(false);
    }

    private boolean after(String model, long version) {
      Long start = starts.get(model);
      return start == null || version > start;
    }
  }

  private int deleteBlobs(RetentionPlan plan, LogSurvey survey) {
    Set<String> doomed = new HashSet<>(plan.blobs());
    doomed.removeAll(survey.foreignBlobs());
    if (!settings.dryRun()) {
      BlobStore store = settings.sources().blobs().orElse(null);
      if (store == null) {
        return 0;
      }
      doomed.removeIf(name -> !store.delete(name));
    }
    return doomed.size();
  }

  private List<Long> deleteSnapshots(RetentionPlan plan) {
    if (!settings.dryRun()) {
      plan.snapshots().forEach(settings.shelf()::delete);
    }
    return plan.snapshots();
  }
}
