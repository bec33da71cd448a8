package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.emend.event.BatchItem;
import dev.emend.event.CloseReason;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest window in these tests is three facts. */
class HandOverTest {
  @TempDir Path dir;
  private TestStream stream;

  @BeforeEach
  void open() {
    stream = new TestStream(dir);
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void shouldGatherWhileTheWorkerIsBusyAndGoWhenItHasFinished() {
    EditBatch first = busyWorker();
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.publish(Facts.says("e3", "Mali", "Bamako", 1));
    stream.tick();
    assertThat(stream.batches()).isEmpty();
    assertThat(gauge(StreamMeter.BACKLOG)).isEqualTo(2);
    stream.finish(first);
    EditBatch second = onlyBatch();
    assertThat(second.getSequence()).isEqualTo(2);
    assertThat(second.getItems()).extracting(BatchItem::getEventId).containsExactly("e2", "e3");
    assertThat(gauge(StreamMeter.BACKLOG)).isZero();
    assertThat(gauge(StreamMeter.OUTSTANDING)).isEqualTo(1);
  }

  @Test
  void shouldFoldAWaitingChangeIntoALaterOneOfTheSameFact() {
    EditBatch first = busyWorker();
    stream.publish(Facts.says("e2", "Peru", "Cusco", 2));
    stream.publish(Facts.says("e3", "Peru", "Arequipa", 3));
    stream.publish(Facts.says("e4", "Peru", "Trujillo", 4));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getEventId, FactOutcome::getCode, FactOutcome::getBy)
        .containsExactly(
            tuple("e2", OutcomeCode.SUPERSEDED, "e3"), tuple("e3", OutcomeCode.SUPERSEDED, "e4"));
    stream.finish(first);
    BatchItem item = onlyBatch().getItems().get(0);
    assertThat(item.getEventId()).isEqualTo("e4");
    assertThat(item.getCoalescedEventIds()).containsExactly("e2", "e3");
    assertThat(item.getReplacedObject()).isEqualTo("Lima");
  }

  @Test
  void shouldBoundTheRecordOfAFactThatChangesWithoutEnd() {
    EditBatch first = busyWorker();
    for (int i = 0; i < 300; i++) {
      stream.publish(Facts.says("n" + i, "Chad", "city" + i, i));
    }
    assertThat(stream.outcomes()).hasSize(299);
    stream.finish(first);
    BatchItem item = onlyBatch().getItems().get(0);
    assertThat(item.getEventId()).isEqualTo("n299");
    assertThat(item.getCoalescedEventIds()).hasSize(256).contains("n298").doesNotContain("n0");
  }

  @Test
  void shouldSendNothingForAFactThatWasTakenBackWhileItWaited() {
    EditBatch first = busyWorker();
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.publish(Facts.retracts("e3", "Chad", 2));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getCode)
        .containsExactly(OutcomeCode.SUPERSEDED, OutcomeCode.NO_OP);
    stream.finish(first);
    assertThat(stream.batches()).isEmpty();
    assertThat(stream.entries(StreamNames.WAITING_FACTS)).isZero();
  }

  @Test
  void shouldSendAFullWindowAheadAndThenWait() {
    busyWorker();
    for (String land : List.of("A", "B", "C", "D", "E", "F", "G")) {
      stream.publish(Facts.says("e" + land, land, "X", 1));
    }
    stream.tick();
    EditBatch ahead = onlyBatch();
    assertThat(ahead.getReason()).isEqualTo(CloseReason.FULL);
    assertThat(ahead.getItems()).hasSize(3);
    stream.finish(ahead);
    assertThat(stream.batches()).extracting(EditBatch::getReason).containsExactly(CloseReason.FULL);
  }

  @Test
  void shouldSendAWindowAheadWhenTheOldestFactHasWaitedTooLong() {
    busyWorker();
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.pass(Duration.ofSeconds(4));
    assertThat(stream.batches()).isEmpty();
    stream.pass(Duration.ofSeconds(1));
    assertThat(onlyBatch().getReason()).isEqualTo(CloseReason.DEADLINE);
  }

  @Test
  void shouldNotWaitForATickIfAChangeIsUrgent() {
    busyWorker();
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.publish(Facts.urgent("e3", "Mali", "Bamako", 1));
    EditBatch batch = onlyBatch();
    assertThat(batch.getReason()).isEqualTo(CloseReason.URGENT);
    assertThat(batch.getItems()).extracting(BatchItem::getEventId).containsExactly("e3", "e2");
  }

  @Test
  void shouldBeATaskOfItsOwnLestFeedbackWaitForOlderFacts() {
    assertThat(stream.topology().describe().subtopologies())
        .extracting(TopologyDescription.Subtopology::nodes)
        .noneMatch(nodes -> has(nodes, StreamNames.FACTS) && has(nodes, StreamNames.FEEDBACK))
        .anyMatch(nodes -> has(nodes, StreamNames.HAND_OVER) && has(nodes, StreamNames.FEEDBACK));
  }

  private static boolean has(Set<TopologyDescription.Node> nodes, String name) {
    return nodes.stream().anyMatch(node -> node.name().equals(name));
  }

  @Test
  void shouldKeepAChangeSetTogether() {
    stream.publish(Facts.member("a", "Peru", "Lima", "s", 2));
    stream.tick();
    assertThat(stream.batches()).isEmpty();
    stream.publish(Facts.member("b", "Chad", "N'Djamena", "s", 2));
    stream.tick();
    EditBatch batch = onlyBatch();
    assertThat(batch.getReason()).isEqualTo(CloseReason.CHANGE_SET);
    assertThat(batch.getItems()).extracting(BatchItem::getEventId).containsExactly("a", "b");
    assertThat(batch.getItems()).extracting(BatchItem::getChangeSetId).containsOnly("s");
    assertThat(stream.entries(StreamNames.CHANGE_SETS)).isZero();
  }

  @Test
  void shouldNotWaitForAMemberThatChangesNothing() {
    stream.publish(Facts.says("e0", "Chad", "N'Djamena", 0));
    stream.tick();
    stream.finish(onlyBatch());
    stream.publish(Facts.member("a", "Peru", "Lima", "s", 2));
    stream.publish(Facts.member("b", "Chad", "N'Djamena", "s", 2));
    stream.tick();
    assertThat(onlyBatch().getItems()).extracting(BatchItem::getEventId).containsExactly("a");
    assertThat(stream.entries(StreamNames.CHANGE_SETS)).isZero();
  }

  @Test
  void shouldRejectAChangeSetWholeThatStaysIncomplete() {
    FactChange member = Facts.member("a", "Peru", "Lima", "s", 2);
    stream.publish(member);
    stream.pass(Duration.ofMinutes(1));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getEventId, FactOutcome::getReason)
        .containsExactly(tuple("a", "CHANGE_SET_INCOMPLETE"));
    assertThat(stream.entries(StreamNames.WAITING_FACTS)).isZero();
    assertThat(stream.entries(StreamNames.CHANGE_SETS)).isZero();
    assertThat(stream.answer(member)).isEmpty();
  }

  @Test
  void shouldTrustAWorkerThatSaysItIsIdleAfterARestart() {
    busyWorker();
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.announce("m");
    assertThat(onlyBatch().getReason()).isEqualTo(CloseReason.WORKER_IDLE);
  }

  @Test
  void shouldLetOneReportAnswerForAnEarlierWindowWhoseReportWasLost() {
    busyWorker();
    stream.publish(Facts.says("e2", "Chad", "N'Djamena", 1));
    stream.pass(Duration.ofSeconds(5));
    EditBatch ahead = onlyBatch();
    stream.finish(ahead);
    assertThat(gauge(StreamMeter.OUTSTANDING)).isZero();
  }

  @Test
  void shouldSendEverythingWhileDraining() {
    busyWorker();
    for (String land : List.of("A", "B", "C", "D")) {
      stream.publish(Facts.says("e" + land, land, "X", 1));
    }
    stream.drain();
    stream.tick();
    assertThat(stream.batches())
        .extracting(EditBatch::getReason, batch -> batch.getItems().size())
        .containsExactly(tuple(CloseReason.DRAIN, 3), tuple(CloseReason.DRAIN, 1));
  }

  @Test
  void shouldQueueEachModelForItself() {
    busyWorker();
    FactChange other = Facts.says("e2", "Peru", "Cusco", 1);
    other.setModel("n");
    stream.publish(other);
    stream.tick();
    EditBatch batch = onlyBatch();
    assertThat(batch.getModel()).isEqualTo("n");
    assertThat(batch.getSequence()).isEqualTo(1);
  }

  private EditBatch busyWorker() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();
    return onlyBatch();
  }

  private EditBatch onlyBatch() {
    List<EditBatch> batches = stream.batches();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }

  private double gauge(StreamMeter meter) {
    return stream.meters().get(meter.meterName()).tag("model", "m").gauge().value();
  }
}
