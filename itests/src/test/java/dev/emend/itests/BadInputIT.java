package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.itests.stack.Records;
import dev.emend.itests.stack.RegistryDoor;
import dev.emend.publish.FactPublisher;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.throughput.AcknowledgingWorker;
import dev.emend.topic.Connection;
import dev.emend.topic.FactKey;
import dev.emend.topic.Topic;
import dev.emend.wire.AvroSerializer;
import dev.emend.wire.WireConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside the stream app, on a real broker and a real registry. */
class BadInputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private final Instant inTenYears = Instant.now().plus(Duration.ofDays(3_650));

  private final FreshTopics fresh = FreshTopics.create();
  private final RegistryDoor door = new RegistryDoor(fresh.servers().registryUrl());
  @TempDir Path folder;
  private StreamApp app;
  private AcknowledgingWorker worker;

  @BeforeEach
  void start() throws InterruptedException {
    worker = AcknowledgingWorker.start(fresh.connection(), fresh.topics(), Facts.MODEL);
    Connection throughTheDoor =
        Connection.to(fresh.servers().bootstrapServers(), door.url())
            .with("emend.topic.prefix", fresh.topics().prefix())
            .with(WireConfig.MAX_RETRIES, "0")
            .with("session.timeout.ms", "6000") // a thread that failed is missed that long
            .with("emend.stream.application.id", fresh.topics().prefix() + "stream")
            .with("emend.stream.state.dir", folder.resolve("state").toString());
    app = StreamApp.start(StreamAppConfig.from(throughTheDoor));
    assertThat(app.awaitRunning(PATIENCE)).isTrue();
  }

  @AfterEach
  void stop() {
    app.close();
    worker.close();
    door.close();
  }

  @Test
  void shouldWaitForARegistryThatIsAwayAndBlameNoRecordForIt() throws Exception {
    publish(Facts.change("e1", "S", "O", 1));
    await("first applied").atMost(PATIENCE).until(() -> codes("e1").contains(OutcomeCode.APPLIED));

    door.shut();
    FactChange newer = Facts.change("e2", "S", "P", 2);
    send(FactKey.of(newer).text(), ofANewerPublisher(newer), null);
    publish(Facts.change("e3", "S", "Q", 3));
    // Its thread fails on purpose, and a new one tries again.
    await("the app misses the registry")
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .until(() -> app.health().detail().contains("does not answer"));
    assertThat(letters()).isEmpty();
    assertThat(codes("e2")).isEmpty();
    assertThat(codes("e3")).isEmpty();

    door.open();
    await("all that waited is decided")
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .until(() -> codes("e3").contains(OutcomeCode.APPLIED) && codes("e2").size() == 1);
    assertThat(codes("e2")).containsAnyOf(OutcomeCode.APPLIED, OutcomeCode.SUPERSEDED);
    assertThat(letters()).isEmpty();
    assertThat(app.health().up()).isTrue();
  }

  @Test
  void shouldBuryTheLargestRecordThatTheBrokerTakesAndReadTheNext() throws Exception {
    byte[] large = new byte[1_040_000];
    new Random(1).nextBytes(large);
    large[0] = 1; // no schema id
    send("large", large, null);
    publish(Facts.change("e1", "S", "O", 1));
    await("the next is applied")
        .atMost(PATIENCE)
        .until(() -> codes("e1").contains(OutcomeCode.APPLIED));
    assertThat(letters()).singleElement().satisfies(it -> assertThat(it.value()).isEqualTo(large));

    assertThatThrownBy(() -> send("larger", new byte[1_100_000], null))
        .hasCauseInstanceOf(RecordTooLargeException.class);
  }

  @Test
  void shouldRefuseToPublishWhatIsTooLongAndSayWhy() {
    try (FactPublisher publisher = publisher()) {
      FactChange change = Facts.change("e1", "S", "x".repeat(2_000_000), 1);
      Map<String, Fault> failed = publisher.publishAll(List.of(change)).join().failed();
      assertThat(failed).containsOnlyKeys("e1");
      Fault fault = Objects.requireNonNull(failed.get("e1"));
      assertThat(fault.code()).isEqualTo(FaultCode.FACT_INVALID);
      assertThat(fault).hasMessageContaining("TEXT_TOO_LONG");
    }
  }

  @Test
  void shouldRejectWhatAClockTenYearsAheadRecordsAndKeepItsOwnTime() throws Exception {
    FactChange ahead = Facts.change("ahead", "S", "O", 1);
    ahead.setRecordedAt(inTenYears);
    byte[] value = bytes(ahead);
    String key = FactKey.of(ahead).text();
    send(key, value, null);
    assertThatThrownBy(() -> send(key, value, inTenYears.toEpochMilli()))
        .hasCauseInstanceOf(InvalidTimestampException.class);
    publish(Facts.change("e1", "S", "P", 2));
    await("decided").atMost(PATIENCE).until(() -> codes("e1").contains(OutcomeCode.APPLIED));
    assertThat(outcomes("ahead"))
        .singleElement()
        .satisfies(it -> assertThat(it.getReason()).isEqualTo("RECORDED_IN_FUTURE"));
  }

  /** With a schema that the app has not met: the same fields and one more at the end. */
  private byte[] ofANewerPublisher(FactChange change) {
    String known = FactChange.getClassSchema().toString();
    String more = ",{\"name\":\"mood\",\"type\":\"string\",\"default\":\"\"}]";
    int end = known.lastIndexOf(']');
    Schema newer =
        new Schema.Parser().parse(known.substring(0, end) + more + known.substring(end + 1));
    int id = fresh.connection().registry().register(fresh.topics().subject(Topic.FACTS), newer);
    byte[] bytes = bytes(change);
    return ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) 0).putInt(1, id).array();
  }

  private byte[] bytes(FactChange change) {
    AvroSerializer<FactChange> values = new AvroSerializer<>(fresh.connection().registry());
    return Objects.requireNonNull(values.serialize(fresh.topics().facts(), change));
  }

  private FactPublisher publisher() {
    return FactPublisher.to(fresh.connection()).topics(fresh.topics()).open();
  }

  private void publish(FactChange change) {
    try (FactPublisher publisher = publisher()) {
      assertThat(publisher.publishAll(List.of(change)).join().failed()).isEmpty();
    }
  }

  private void send(String key, byte[] value, @Nullable Long timestamp) throws Exception {
    Map<String, Object> config = fresh.connection().toClientConfig();
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "4000000");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(fresh.topics().facts(), null, timestamp, key, value))
          .get();
    }
  }

  private List<ConsumerRecord<String, byte[]>> letters() {
    return Records.bytesOf(fresh, fresh.topics().deadLetters());
  }

  private List<FactOutcome> outcomes(String eventId) {
    return Records.of(fresh, fresh.topics().outcomes(), FactOutcome.class).stream()
        .map(ConsumerRecord::value)
        .filter(outcome -> outcome.getEventId().equals(eventId))
        .toList();
  }

  private List<OutcomeCode> codes(String eventId) {
    return outcomes(eventId).stream().map(FactOutcome::getCode).toList();
  }
}
