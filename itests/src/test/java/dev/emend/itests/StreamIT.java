package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.itests.stack.FreshTopics;
import dev.emend.itests.stack.Records;
import dev.emend.publish.FactPublisher;
import dev.emend.stream.StreamApp;
import dev.emend.stream.StreamAppConfig;
import dev.emend.throughput.AcknowledgingWorker;
import dev.emend.topic.Connection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream app on a real broker, with a worker that only acknowledges. */
class StreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long SEED = 20_261_123L;
  private static final int SUBJECTS = 40;

  private final FreshTopics fresh = FreshTopics.create();
  @TempDir Path folder;

  @Test
  void shouldGiveEveryEventOneOutcomeAcrossDuplicatesDisorderPoisonAndARestart() throws Exception {
    List<FactChange> changes = shuffledChanges();
    try (AcknowledgingWorker worker =
        AcknowledgingWorker.start(fresh.connection(), fresh.topics(), Facts.MODEL)) {
      assertThat(worker).isNotNull();
      try (StreamApp first = start()) {
        publish(changes.subList(0, changes.size() / 2));
        poison();
        await("first half decided").atMost(PATIENCE).until(() -> !finalOutcomes().isEmpty());
        assertThat(first.health().up()).isTrue();
      }
      try (StreamApp second = start()) {
        publish(changes.subList(changes.size() / 2, changes.size()));
        await("all decided")
            .atMost(PATIENCE)
            .until(() -> finalOutcomes().keySet(), ids(changes)::equals);
        assertThat(second.health().up()).isTrue();
      }
    }
    assertThat(standing()).as("seed %d", SEED).isEqualTo(newestObjects(changes));
    assertThat(finalOutcomes().values()).as("seed %d", SEED).allMatch(codes -> codes.size() == 1);
    assertThat(Records.bytesOf(fresh, fresh.topics().deadLetters())).hasSize(1);
  }

  private StreamApp start() throws InterruptedException {
    Connection connection =
        fresh
            .connection()
            .with("emend.stream.application.id", fresh.topics().prefix() + "stream")
            .with("emend.stream.state.dir", folder.resolve("state").toString());
    StreamApp app = StreamApp.start(StreamAppConfig.from(connection));
    assertThat(app.awaitRunning(PATIENCE)).isTrue();
    return app;
  }

  /** Three changes a subject, each event twice, in any order. */
  private static List<FactChange> shuffledChanges() {
    List<FactChange> changes = new ArrayList<>();
    for (int subject = 0; subject < SUBJECTS; subject++) {
      for (int month = 1; month <= 3; month++) {
        FactChange change =
            Facts.change("e" + subject + "-" + month, "S" + subject, "O" + month, month);
        changes.add(change);
        changes.add(change);
      }
    }
    Collections.shuffle(changes, new Random(SEED));
    return changes;
  }

  private void publish(List<FactChange> changes) {
    try (FactPublisher publisher =
        FactPublisher.to(fresh.connection()).topics(fresh.topics()).open()) {
      assertThat(publisher.publishAll(changes).join().failed()).isEmpty();
    }
  }

  private void poison() throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            fresh.connection().toClientConfig(),
            new StringSerializer(),
            new ByteArraySerializer())) {
      byte[] bytes = "this is no record".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(fresh.topics().facts(), "poison", bytes)).get();
    }
  }

  /** Distinct final outcomes by event, those of duplicate records aside. */
  private Map<String, Set<OutcomeCode>> finalOutcomes() {
    return Records.of(fresh, fresh.topics().outcomes(), FactOutcome.class).stream()
        .map(ConsumerRecord::value)
        .filter(outcome -> outcome.getCode() != OutcomeCode.SCHEDULED)
        .filter(outcome -> outcome.getCode() != OutcomeCode.DUPLICATE)
        .collect(
            Collectors.groupingBy(
                FactOutcome::getEventId,
                Collectors.mapping(FactOutcome::getCode, Collectors.toSet())));
  }

  private static Set<String> ids(List<FactChange> changes) {
    return changes.stream().map(FactChange::getEventId).collect(Collectors.toSet());
  }

  /** What the worker was last told of each subject. */
  private Map<String, String> standing() {
    Map<String, String> objects = new TreeMap<>();
    Records.of(fresh, fresh.topics().batches(), EditBatch.class).stream()
        .map(ConsumerRecord::value)
        .sorted((a, b) -> Long.compare(a.getSequence(), b.getSequence()))
        .flatMap(batch -> batch.getItems().stream())
        .forEach(
            (BatchItem item) -> objects.put(item.getSubject(), String.valueOf(item.getObject())));
    return objects;
  }

  private static Map<String, String> newestObjects(List<FactChange> changes) {
    Map<String, FactChange> newest = new HashMap<>();
    for (FactChange change : changes) {
      newest.merge(
          change.getSubject(),
          change,
          (a, b) -> a.getRecordedAt().isAfter(b.getRecordedAt()) ? a : b);
    }
    Map<String, String> objects = new TreeMap<>();
    newest.forEach((subject, change) -> objects.put(subject, String.valueOf(change.getObject())));
    return objects;
  }
}
