package dev.emend.stream;

import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.PhaseSeconds;
import dev.emend.stream.state.StandingFact;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topics;
import dev.emend.wire.FakeRegistry;
import dev.emend.wire.WireConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final FakeRegistry registry = new FakeRegistry();
  private final Topics topics = Topics.standard();
  private final AtomicBoolean draining = new AtomicBoolean();
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
            .with(StreamSetting.LINGER.key(), "0s");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      connection = connection.with(setting.getKey(), setting.getValue());
    }
    StreamAppConfig config = StreamAppConfig.from(connection);
    serdes = new StreamSerdes(connection.registry(), topics);
    Properties properties = StreamProperties.of(config);
    properties.remove(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG);
    StreamMeters streamMeters = new StreamMeters(meters);
    properties.put(SkipUnreadable.METERS, streamMeters);
    topology =
        new FactTopology(
                config, new FactTopology.Partitions(1, 1), serdes, streamMeters, draining::get)
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
    byte[] value = new byte[serdes.writeFact(change).remaining()];
    serdes.writeFact(change).get(value);
    publishRaw(key.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders());
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

  /** The worker says that it has started and has nothing to do. */
  void announce(String model) {
    report(model, null, 0);
  }

  private void report(String model, @Nullable String id, long sequence) {
    EditFeedback report =
        EditFeedback.newBuilder()
            .setModel(model)
            .setBatchId(id)
            .setSequence(sequence)
            .setSeconds(new PhaseSeconds(0d, 0d, 0d, 0d, 0d, 0d, 0d))
            .setFinishedAt(now)
            .build();
    feedback.pipeInput(new TestRecord<>(model, report, now));
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

  /** What stands of a fact. */
  Optional<StandingFact> standing(FactChange about) {
    return Optional.ofNullable(
        driver
            .<String, StandingFact>getKeyValueStore(StreamNames.STANDING_FACTS)
            .get(FactKey.of(about).text()));
  }

  /** Entries of a store. */
  int entries(String store) {
    int count = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
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
