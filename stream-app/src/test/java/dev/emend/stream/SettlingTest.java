package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.CloseReason;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.stream.state.Statement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlingTest {
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
  void shouldHandAFactToAnIdleWorker() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();
    EditBatch batch = onlyBatch();
    assertThat(batch.getReason()).isEqualTo(CloseReason.WORKER_IDLE);
    assertThat(batch.getSequence()).isEqualTo(1);
    assertThat(batch.getBatchId()).matches("[0-9a-f]{32}");
    BatchItem item = batch.getItems().get(0);
    assertThat(item.getFactId()).isEqualTo("Peru|capital");
    assertThat(item.getObject()).isEqualTo("Lima");
    assertThat(item.getReplacedObject()).isNull();
    assertThat(item.getEventId()).isEqualTo("e1");
    assertThat(item.getPublishedAt()).isEqualTo(TestStream.START);
    assertThat(stream.outcomes()).isEmpty();
  }

  @Test
  void shouldSupersedeALateChangeByTheOneThatStands() {
    stream.publish(Facts.says("new", "Peru", "Lima", 2));
    stream.publish(Facts.says("late", "Peru", "Cusco", 1));
    assertOutcome("late", OutcomeCode.SUPERSEDED);
    stream.tick();
    assertThat(onlyBatch().getItems()).extracting(BatchItem::getObject).containsExactly("Lima");
  }

  @Test
  void shouldDropWhatIsAlreadySaidButRememberItsDate() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.publish(Facts.says("e3", "Peru", "Lima", 3));
    assertOutcome("e3", OutcomeCode.NO_OP);
    stream.publish(Facts.says("e2", "Peru", "Cusco", 2));
    assertThat(assertOutcome("e2", OutcomeCode.SUPERSEDED).getBy()).isEqualTo("e3");
  }

  @Test
  void shouldSayWhichObjectIsReplaced() {
    stream.publish(Facts.says("e1", "Peru", "Cusco", 1));
    stream.tick();
    stream.finish(onlyBatch());
    stream.publish(Facts.says("e2", "Peru", "Lima", 2));
    stream.tick();
    BatchItem item = onlyBatch().getItems().get(0);
    assertThat(item.getReplacedObject()).isEqualTo("Cusco");
    assertThat(item.getCoalescedEventIds()).isEmpty();
  }

  @Test
  void shouldHandOverTheRetractionOfWhatStands() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();
    stream.finish(onlyBatch());
    stream.publish(Facts.retracts("e2", "Peru", 2));
    stream.tick();
    BatchItem item = onlyBatch().getItems().get(0);
    assertThat(item.getOp()).isEqualTo(FactOp.RETRACT);
    assertThat(item.getObject()).isNull();
    assertThat(item.getReplacedObject()).isEqualTo("Lima");
    stream.publish(Facts.retracts("e3", "Peru", 3));
    assertOutcome("e3", OutcomeCode.NO_OP);
  }

  @Test
  void shouldRejectTheRetractionOfNothingButLetItBeatOlderChanges() {
    stream.publish(Facts.retracts("e2", "Peru", 2));
    assertThat(assertOutcome("e2", OutcomeCode.REJECTED).getReason())
        .isEqualTo("NOTHING_TO_RETRACT");
    assertThat(stream.deadLetters()).as("the record is sound").isEmpty();
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    assertThat(assertOutcome("e1", OutcomeCode.SUPERSEDED).getBy()).isEqualTo("e2");
    stream.tick();
    assertThat(stream.batches()).isEmpty();
  }

  @Test
  void shouldTakeARefusedWordAgainUnderAnotherEvent() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.refuse("e1", Facts.says("e1", "Peru", "Lima", 1), "CANARY_FAILED");
    assertThat(stream.answer(Facts.says("e1", "Peru", "Lima", 1))).isEmpty();
    stream.publish(Facts.says("e2", "Peru", "Lima", 2));
    stream.tick();
    assertThat(onlyBatch().getItems()).extracting(BatchItem::getEventId).containsExactly("e2");
  }

  @Test
  void shouldTellTheModelAgainWhatARefusedEventHadReplaced() {
    stream.publish(Facts.says("e1", "Peru", "Cusco", 1));
    stream.publish(Facts.says("e2", "Peru", "Lima", 2)); // e1 has not reached the model
    assertOutcome("e1", OutcomeCode.SUPERSEDED);
    stream.tick();
    stream.finish(onlyBatch());
    stream.refuse("e2", Facts.says("e2", "Peru", "Lima", 2), "CANARY_FAILED");
    stream.tick();
    BatchItem item = onlyBatch().getItems().get(0);
    assertThat(item.getEventId()).isEqualTo("e2#restored");
    assertThat(item.getObject()).isEqualTo("Cusco");
    assertThat(item.getPrompt()).isEqualTo("The capital of {} is");
  }

  @Test
  void shouldNotTellWhatWasRefusedAgainWhenTheRestoredWordIsRefusedToo() {
    stream.publish(Facts.says("e1", "Peru", "Cusco", 1));
    stream.publish(Facts.says("e2", "Peru", "Lima", 2));
    stream.tick();
    stream.finish(onlyBatch());
    stream.refuse("e2", Facts.says("e2", "Peru", "Lima", 2), "EDIT_FAILED");
    stream.tick();
    stream.finish(onlyBatch());
    stream.refuse("e2#restored", Facts.says("e1", "Peru", "Cusco", 1), "EDIT_FAILED");
    stream.tick();
    assertThat(stream.batches()).isEmpty();
  }

  @Test
  void shouldSendNothingWhenAWaitingChangeIsUndoneByALaterOne() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.tick();
    EditBatch busy = onlyBatch();
    stream.publish(Facts.says("e2", "Peru", "Cusco", 2));
    stream.publish(Facts.says("e3", "Peru", "Lima", 3));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getCode)
        .containsExactly(OutcomeCode.SUPERSEDED, OutcomeCode.NO_OP);
    stream.finish(busy);
    assertThat(stream.batches()).isEmpty();
  }

  @Test
  void shouldLetACorrectionOfThePastChangeTheHistoryAlone() {
    stream.publish(Facts.says("e2021", "Peru", "Lima", 400));
    stream.publish(Facts.says("e2020", "Peru", "Cusco", 1));
    stream.outcomes();
    stream.tick();
    stream.finish(onlyBatch());
    FactChange correction = Facts.says("fix", "Peru", "Trujillo", 1);
    correction.setRecordedAt(Facts.day(500));
    stream.publish(correction);
    assertThat(assertOutcome("fix", OutcomeCode.SUPERSEDED).getBy()).isEqualTo("e2021");
    stream.tick();
    assertThat(stream.batches()).isEmpty();
    assertThat(stream.answer(correction)).contains("Lima");
    assertThat(stream.history(correction).at(Facts.day(399)).orElseThrow().getObject())
        .isEqualTo("Trujillo");
  }

  @Test
  void shouldKeepTheNewestStatementsOfAFactThatChangesWithoutEnd() {
    for (int i = 0; i < 100; i++) {
      stream.publish(Facts.says("e" + i, "Peru", "city" + i, i % 10));
      stream.tick();
      stream.batches().forEach(stream::finish);
    }
    assertThat(stream.history(Facts.says("x", "Peru", "", 0)).statements())
        .hasSize(32)
        .extracting(Statement::getEventId)
        .contains("e99", "e89", "e79", "e97", "e7")
        .doesNotContain("e0", "e90", "e6");
  }

  @Test
  void shouldNotLetABrokenRecordUndoTheGoodEventWhoseIdItBorrows() {
    FactChange good = Facts.says("e1", "Peru", "Lima", 1);
    stream.publish(good);
    stream.refuse("e1", good, "KEY_MISMATCH");
    assertThat(stream.answer(good)).contains("Lima");
  }

  @Test
  void shouldForgetNothingWhenARetractionIsRefusedBecauseThereIsNothing() {
    stream.publish(Facts.says("e1", "Peru", "Lima", 1));
    stream.publish(Facts.retracts("e2", "Peru", 2));
    stream.refuse("e2", Facts.retracts("e2", "Peru", 2), "NOTHING_TO_RETRACT");
    assertThat(stream.history(Facts.retracts("e2", "Peru", 2)).statements())
        .extracting(Statement::getRefused)
        .containsExactly(false, false);
    assertThat(stream.answer(Facts.retracts("e2", "Peru", 2))).isEmpty();
  }

  private EditBatch onlyBatch() {
    List<EditBatch> batches = stream.batches();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }

  private FactOutcome assertOutcome(String eventId, OutcomeCode code) {
    List<FactOutcome> outcomes = stream.outcomes();
    FactOutcome last = outcomes.get(outcomes.size() - 1);
    assertThat(last.getEventId()).isEqualTo(eventId);
    assertThat(last.getCode()).isEqualTo(code);
    return last;
  }
}
