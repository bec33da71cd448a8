package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters that the worker wrote are sent back: their events are edited again. */
class RedrivenTest {
  private static final FactChange LIMA = Facts.says("e1", "Peru", "Lima", 1);

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
  void shouldEditAgainWhatTheWorkerRefused() {
    refuse();
    stream.publishAgain(LIMA, 1);
    assertThat(stream.outcomes()).isEmpty();
    assertThat(window()).extracting(BatchItem::getEventId).containsExactly("e1");
    assertThat(stream.answer(LIMA)).contains("Lima");
  }

  @Test
  void shouldEditItOnceHoweverOftenItIsSentBack() {
    refuse();
    stream.publishAgain(LIMA, 1);
    window();
    stream.publishAgain(LIMA, 1);
    assertThat(codes()).containsExactly(OutcomeCode.DUPLICATE);
    assertThat(window()).isEmpty();
  }

  @Test
  void shouldEditItAThirdTimeIfItIsRefusedAgain() {
    refuse();
    stream.publishAgain(LIMA, 1);
    window();
    stream.refuse("e1", LIMA, "CANARY_FAILED");
    stream.publishAgain(LIMA, 2);
    assertThat(window()).extracting(BatchItem::getEventId).containsExactly("e1");
  }

  @Test
  void shouldTakeAPublishersRepetitionOfItForADuplicate() {
    refuse();
    stream.publish(LIMA);
    assertThat(codes()).containsExactly(OutcomeCode.DUPLICATE);
    assertThat(window()).isEmpty();
  }

  @Test
  void shouldLetALaterChangeStandAgainstIt() {
    refuse();
    stream.publish(Facts.says("e2", "Peru", "Cusco", 2));
    window();
    stream.publishAgain(LIMA, 1);
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getEventId, FactOutcome::getCode, FactOutcome::getBy)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("e1", OutcomeCode.SUPERSEDED, "e2"));
    assertThat(window()).isEmpty();
  }

  private void refuse() {
    stream.publish(LIMA);
    window();
    stream.refuse("e1", LIMA, "CANARY_FAILED");
    assertThat(window()).isEmpty();
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getCode)
        .doesNotContain(OutcomeCode.APPLIED);
  }

  private List<OutcomeCode> codes() {
    return stream.outcomes().stream().map(FactOutcome::getCode).toList();
  }

  private List<BatchItem> window() {
    stream.tick();
    List<EditBatch> batches = stream.batches();
    batches.forEach(stream::apply);
    return batches.stream().flatMap(batch -> batch.getItems().stream()).toList();
  }
}
