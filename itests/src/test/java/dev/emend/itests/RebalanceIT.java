package dev.emend.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the stream app share the work, and one of them comes and goes meanwhile. */
class RebalanceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SEED = 20_261_124L;
  private static final int SUBJECTS = 60;

  private final FreshTopics fresh = FreshTopics.create();
  @TempDir Path folder;

  @Test
  void shouldGiveEveryEventOneOutcomeWhileTasksMoveBetweenTwoInstances() throws Exception {
    List<FactChange> changes = shuffledChanges();
    int third = changes.size() / 3;
    try (AcknowledgingWorker worker =
        AcknowledgingWorker.start(fresh.connection(), fresh.topics(), Facts.MODEL)) {
      try (StreamApp second = movedBetweenTwo(changes, third)) {
        publish(changes.subList(2 * third, changes.size()));
        await("all decided").atMost(PATIENCE).until(() -> finals().keySet(), ids(changes)::equals);
        assertThat(second.health().up()).isTrue();
      }
      assertThat(worker.acknowledged()).as("windows without repetition").isEqualTo(items());
    }
    assertThat(finals().values()).as("seed %d", SEED).allMatch(codes -> codes.size() == 1);
    assertThat(sequences())
        .isEqualTo(LongStream.rangeClosed(1, sequences().size()).boxed().toList());
    assertThat(told()).as("seed %d", SEED).isEqualTo(newest(changes));
  }

  /** The second instance joins while the first works, and goes on alone when the first stops. */
  private StreamApp movedBetweenTwo(List<FactChange> changes, int third) throws Exception {
    try (StreamApp first = start("1")) {
      assertThat(first.awaitRunning(PATIENCE)).isTrue();
      publish(changes.subList(0, third));
      StreamApp second = start("2");
      publish(changes.subList(third, 2 * third));
      assertThat(second.awaitRunning(PATIENCE)).isTrue();
      return second;
    }
  }

  private StreamApp start(String instance) {
    return StreamApp.start(
        StreamAppConfig.from(
            fresh
                .connection()
                .with("emend.stream.application.id", fresh.topics().prefix() + "stream")
                .with("emend.stream.instance.id", instance)
                .with("emend.stream.state.dir", folder.resolve("state-" + instance).toString())
                .with("main.consumer.session.timeout.ms", "6000")));
  }

  /** Three changes a subject, every second event twice, in any order. */
  private static List<FactChange> shuffledChanges() {
    List<FactChange> changes = new ArrayList<>();
    for (int subject = 0; subject < SUBJECTS; subject++) {
      for (int month = 1; month <= 3; month++) {
        String id = "e" + subject + "-" + month;
        changes.add(Facts.change(id, "S" + subject, "O" + month, month));
        if (month != 2) {
          changes.add(changes.get(changes.size() - 1));
        }
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

  private Map<String, List<OutcomeCode>> finals() {
    return Records.of(fresh, fresh.topics().outcomes(), FactOutcome.class).stream()
        .map(ConsumerRecord::value)
        .filter(outcome -> outcome.getCode() != OutcomeCode.DUPLICATE)
        .collect(
            Collectors.groupingBy(
                FactOutcome::getEventId,
                Collectors.mapping(FactOutcome::getCode, Collectors.toList())));
  }

  private List<EditBatch> batches() {
    return Records.of(fresh, fresh.topics().batches(), EditBatch.class).stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  private List<Long> sequences() {
    return batches().stream().map(EditBatch::getSequence).toList();
  }

  private int items() {
    return batches().stream().mapToInt(batch -> batch.getItems().size()).sum();
  }

  private Map<String, String> told() {
    Map<String, String> objects = new HashMap<>();
    batches().stream()
        .flatMap(batch -> batch.getItems().stream())
        .forEach(item -> objects.put(item.getSubject(), String.valueOf(item.getObject())));
    return objects;
  }

  private static Map<String, String> newest(List<FactChange> changes) {
    return changes.stream()
        .collect(Collectors.toMap(FactChange::getSubject, change -> "O3", (one, other) -> other));
  }

  private static Set<String> ids(List<FactChange> changes) {
    return changes.stream().map(FactChange::getEventId).collect(Collectors.toSet());
  }
}
