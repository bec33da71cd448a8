package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.itests.stack.Records;
import dev.emend.outcome.Originals;
import dev.emend.outcome.OutcomeFeed;
import dev.emend.outcome.Outcomes;
import dev.emend.progress.Progress;
import dev.emend.publish.FactPublisher;
import dev.emend.redrive.LetterFilter;
import dev.emend.redrive.LetterKey;
import dev.emend.redrive.Redrive;
import dev.emend.redrive.RedriveResult;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.throughput.AcknowledgingWorker;
import dev.emend.wire.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters go back into the stream, and duplicates learn what became of their originals. */
class RedriveIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MOST = 2;

  private final FreshTopics fresh = FreshTopics.create();
  private final FactChange fact = Facts.change("e1", "S", "O", 1);
  @TempDir Path folder;
  private StreamApp app;
  private AcknowledgingWorker worker;

  @BeforeEach
  void start() throws InterruptedException {
    worker = AcknowledgingWorker.start(fresh.connection(), fresh.topics(), Facts.MODEL);
    app =
        StreamApp.start(
            StreamAppConfig.from(
                fresh
                    .connection()
                    .with("emend.stream.application.id", fresh.topics().prefix() + "stream")
                    .with("emend.stream.state.dir", folder.resolve("state").toString())));
    assertThat(app.awaitRunning(PATIENCE)).isTrue();
  }

  @AfterEach
  void stop() {
    app.close();
    worker.close();
  }

  @Test
  void shouldSendALetterBackUnderItsOwnIdOnceItsKeyIsRepaired() throws Exception {
    AvroSerializer<FactChange> values = new AvroSerializer<>(fresh.connection().registry());
    send("some other key", Objects.requireNonNull(values.serialize(fresh.topics().facts(), fact)));
    awaitLetters(1);

    RedriveResult none = redrive(LetterKey.AS_IT_CAME, Set.of("UNREADABLE"));
    assertThat(none.total()).isZero();
    RedriveResult one = redrive(LetterKey.fromValue(fresh.connection()), Set.of("KEY_MISMATCH"));
    assertThat(one.sent()).isEqualTo(Map.of("KEY_MISMATCH", 1));

    await("applied under its own id")
        .atMost(PATIENCE)
        .until(() -> codes("e1").contains(OutcomeCode.APPLIED));
  }

  @Test
  void shouldLeaveALetterThatComesBackAgainAndAgain() throws Exception {
    send("poison", "no record".getBytes(StandardCharsets.UTF_8));
    awaitLetters(1);
    for (int time = 1; time <= MOST; time++) {
      int redrives = time;
      assertThat(redrive(LetterKey.AS_IT_CAME, Set.of()).total()).isEqualTo(1);
      await("buried again").atMost(PATIENCE).until(() -> redrivesOfLetter() == redrives);
    }
    RedriveResult last = redrive(LetterKey.AS_IT_CAME, Set.of());
    assertThat(last).isEqualTo(new RedriveResult(1, Map.of(), 1));
  }

  @Test
  void shouldTellADuplicateWhatBecameOfItsOriginal() {
    publish();
    await("applied").atMost(PATIENCE).until(() -> codes("e1").contains(OutcomeCode.APPLIED));
    try (OutcomeFeed feed = OutcomeFeed.fromNow(fresh.connection(), fresh.topics())) {
      publish();
      Outcomes said = feed.await(List.of("e1"), PATIENCE, Progress.NONE);
      assertThat(said.counts()).isEqualTo(Map.of(OutcomeCode.DUPLICATE, 1L));
      assertThat(Originals.of(said, fresh.connection(), fresh.topics(), PATIENCE).counts())
          .isEqualTo(Map.of(OutcomeCode.APPLIED, 1L));
    }
  }

  private void publish() {
    try (FactPublisher publisher =
        FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      assertThat(publisher.publishAll(List.of(fact)).join().failed()).isEmpty();
    }
  }

  private void send(String key, byte[] value) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            fresh.connection().toClientConfig(),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(fresh.topics().facts(), key, value)).get();
    }
  }

  private RedriveResult redrive(LetterKey key, Set<String> reasons) {
    return new Redrive(fresh.connection(), fresh.topics(), key)
        .run(filter(reasons), false, Progress.NONE);
  }

  private static LetterFilter filter(Set<String> reasons) {
    return new LetterFilter(reasons, Set.of(), Optional.empty(), MOST);
  }

  private void awaitLetters(int count) {
    await("buried").atMost(PATIENCE).until(() -> dryRun(100).found() == count);
  }

  /** How often the only letter was sent back: the least limit under which it would go again. */
  private int redrivesOfLetter() {
    int redrives = 0;
    while (dryRun(redrives + 1).hopeless() > 0) {
      redrives++;
    }
    return redrives;
  }

  private RedriveResult dryRun(int most) {
    return new Redrive(fresh.connection(), fresh.topics(), LetterKey.AS_IT_CAME)
        .run(new LetterFilter(Set.of(), Set.of(), Optional.empty(), most), true, Progress.NONE);
  }

  private List<OutcomeCode> codes(String eventId) {
    return Records.of(fresh, fresh.topics().outcomes(), FactOutcome.class).stream()
        .map(ConsumerRecord::value)
        .filter(outcome -> outcome.getEventId().equals(eventId))
        .map(FactOutcome::getCode)
        .toList();
  }
}
