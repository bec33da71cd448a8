package dev.emend.stream;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.PhaseSeconds;
import dev.emend.event.RollbackNote;
import dev.emend.stream.state.FactHistory;
import dev.emend.stream.state.Statement;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import dev.emend.wire.FakeRegistry;
import dev.emend.wire.WireConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The real topology without a broker. The worker is played by hand: {@link #finish}. Time stands
 * still until {@link #pass}.
 */
final class TestStream implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final List<String> JOURNALS =
      List.of(StreamNames.IN_GRACE, StreamNames.WAITING_FACTS, StreamNames.WAITING_REPEATS);

  private final FakeRegistry registry = new FakeRegistry();
  private final Topics topics = Topics.standard();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final IntakeGate intake = new IntakeGate();
  private final Restarts restarts = new Restarts();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StreamSerdes serdes;
  private final TopologyTestDriver driver;
  private final Topology topology;
  private final TestInputTopic<byte[], byte[]> facts;
  private final TestInputTopic<String, EditFeedback> feedback;
  private final TestInputTopic<String, FactOutcome> refusals;
  private final TestOutputTopic<String, FactOutcome> outcomes;
  private final TestOutputTopic<String, EditBatch> batches;
  private final TestOutputTopic<byte[], byte[]> deadLetters;
  private Instant now = START;

  TestStream(Path stateDir) {
    this(stateDir, Map.of());
  }

  TestStream(Path stateDir, Map<String, String> settings) {
    Connection connection =
        Connection.to("localhost:1", registry.url())
            .with(WireConfig.MAX_RETRIES, "0")
            .with(StreamSetting.STATE_DIR.key(), stateDir.toString())
            .with(StreamSetting.WINDOW_FACTS.key(), "3")
            .with(StreamSetting.LINGER.key(), "0s")
            .with(StreamSetting.GRACE.key(), "0s");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      connection = connection.with(setting.getKey(), setting.getValue());
    }
    StreamAppConfig config = StreamAppConfig.from(connection);
    serdes = new StreamSerdes(connection.registry(), topics);
    Properties properties = StreamProperties.of(config);
    properties.remove(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG);
    StreamMeters streamMeters = new StreamMeters(meters);
    properties.put(SkipUnreadable.METERS, streamMeters);
    properties.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Restarts.Wrapper.class.getName());
    properties.put(Restarts.SETTING, restarts);
    topology =
        new FactTopology(
                config,
                new FactTopology.Partitions(1, 1, 1),
                serdes,
                streamMeters,
                draining::get,
                intake)
            .build(new TopologyConfig(new StreamsConfig(properties)));
    driver = new TopologyTestDriver(topology, properties, START);
    facts =
        driver.createInputTopic(
            topics.facts(), new ByteArraySerializer(), new ByteArraySerializer());
    feedback =
        driver.createInputTopic(
            topics.feedback(), new StringSerializer(), serdes.feedback().serializer());
    refusals =
        driver.createInputTopic(
            topics.outcomes(), new StringSerializer(), serdes.outcomes().serializer());
    outcomes =
        driver.createOutputTopic(
            topics.outcomes(), new StringDeserializer(), serdes.outcomes().deserializer());
    batches =
        driver.createOutputTopic(
            topics.batches(), new StringDeserializer(), serdes.batches().deserializer());
    deadLetters =
        driver.createOutputTopic(
            topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Publishes a change under its own key. */
  void publish(FactChange change) {
    publish(FactKey.of(change).text(), change);
  }

  void publish(String key, FactChange change) {
    publishRaw(key.getBytes(StandardCharsets.UTF_8), bytes(change), new RecordHeaders());
  }

  /** A record whose own timestamp is another one than the clock's. */
  void publishAt(Instant timestamp, FactChange change) {
    byte[] key = FactKey.of(change).text().getBytes(StandardCharsets.UTF_8);
    facts.pipeInput(new TestRecord<>(key, bytes(change), new RecordHeaders(), timestamp));
  }

  /** A dead letter that was sent back. */
  void publishAgain(FactChange change, int times) {
    byte[] count = Integer.toString(times).getBytes(StandardCharsets.UTF_8);
    byte[] key = FactKey.of(change).text().getBytes(StandardCharsets.UTF_8);
    publishRaw(key, bytes(change), new RecordHeaders().add(DeadLetterHeaders.REDRIVES, count));
  }

  private byte[] bytes(FactChange change) {
    ByteBuffer wire = serdes.writeFact(change);
    byte[] bytes = new byte[wire.remaining()];
    wire.get(bytes);
    return bytes;
  }

  void publishRaw(byte[] key, byte @Nullable [] value, Headers headers) {
    facts.pipeInput(new TestRecord<>(key, value, headers, now));
  }

  /** The registry does not answer any more. */
  void loseRegistry() {
    registry.close();
  }

  /** Lets time pass. */
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Lets the scheduler look at the clock once. */
  void tick() {
    pass(Duration.ofMillis(50));
  }

  Instant now() {
    return now;
  }

  void drain() {
    draining.set(true);
  }

  /** The worker says that it has finished the window. */
  void finish(EditBatch batch) {
    report(batch.getModel(), batch.getBatchId(), batch.getSequence());
  }

  /** The worker has written the window: each of its events has its outcome. */
  void apply(EditBatch batch) {
    for (BatchItem item : batch.getItems()) {
      FactOutcome applied =
          FactOutcome.newBuilder()
              .setEventId(item.getEventId())
              .setModel(batch.getModel())
              .setFactId(item.getFactId())
              .setCode(item.getOp() == FactOp.RETRACT ? OutcomeCode.RETRACTED : OutcomeCode.APPLIED)
              .setVersion(batch.getSequence())
              .setDecidedAt(now)
              .build();
      refusals.pipeInput(new TestRecord<>(item.getEventId(), applied, now));
    }
    finish(batch);
  }

  /** The worker says that it has started and has nothing to do. */
  void announce(String model) {
    report(model, null, 0);
  }

  private void report(String model, @Nullable String id, long sequence) {
    report(
        EditFeedback.newBuilder()
            .setModel(model)
            .setBatchId(id)
            .setSequence(sequence)
            .setSeconds(new PhaseSeconds(0d, 0d, 0d, 0d, 0d, 0d, 0d))
            .setFinishedAt(now)
            .build());
  }

  /** The worker says how a window went. */
  void report(EditFeedback report) {
    feedback.pipeInput(new TestRecord<>(report.getModel(), report, now));
  }

  /** The worker refuses an event that the stream let in. */
  void refuse(String eventId, FactChange about, String reason) {
    FactOutcome refusal =
        FactOutcome.newBuilder()
            .setEventId(eventId)
            .setModel(about.getModel())
            .setFactId(FactKey.of(about).factId())
            .setCode(OutcomeCode.REJECTED)
            .setReason(reason)
            .setDecidedAt(now)
            .build();
    refusals.pipeInput(new TestRecord<>(eventId, refusal, now));
  }

  /** A rollback of the model decides what becomes of an event. */
  void rollBack(String eventId, OutcomeCode code, FactChange about, RollbackNote note) {
    FactOutcome outcome =
        FactOutcome.newBuilder()
            .setEventId(eventId)
            .setModel(about.getModel())
            .setFactId(FactKey.of(about).factId())
            .setCode(code)
            .setVersion(9L)
            .setRollback(note)
            .setDecidedAt(now)
            .build();
    refusals.pipeInput(new TestRecord<>(eventId, outcome, now));
  }

  void refuseRaw(byte[] value) {
    driver
        .createInputTopic(topics.outcomes(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput("id", value);
  }

  /** Outcomes since the last call. */
  List<FactOutcome> outcomes() {
    return outcomes.readValuesToList();
  }

  /** Windows since the last call. */
  List<EditBatch> batches() {
    return batches.readValuesToList();
  }

  /** Dead letters since the last call. */
  List<TestRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.readRecordsToList();
  }

  /** What is known of a fact. */
  History history(FactChange about) {
    return History.of(
        driver
            .<String, FactHistory>getKeyValueStore(StreamNames.FACT_HISTORY)
            .get(FactKey.of(about).text()));
  }

  /** What the fact says now; empty if nothing does. */
  Optional<String> answer(FactChange about) {
    return history(about).answer(now).map(Statement::getObject);
  }

  /** The task ends and starts anew: only the stores remember. */
  void restart() {
    JOURNALS.forEach(name -> journal(name).clearCache());
    restarts.restart();
  }

  private JournalStore<?> journal(String name) {
    return (JournalStore<?>) driver.getStateStore(name);
  }

  /** Whether a partition of the topic is not read now. */
  boolean isShut(String topic) {
    return intake.isShut(new TopicPartition(topic, 0));
  }

  /** Entries of a store. */
  int entries(String store) {
    if (JOURNALS.contains(store)) {
      return journal(store).size();
    }
    int count = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  /** Drops what was written to the changelogs, which the driver keeps for ever. */
  void dropChangelogs() {
    for (String topic : driver.producedTopicNames()) {
      if (topic.endsWith("-changelog")) {
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList();
      }
    }
  }

  SimpleMeterRegistry meters() {
    return meters;
  }

  Topology topology() {
    return topology;
  }

  @Override
  public void close() {
    driver.close();
    registry.close();
  }
}
