package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import dev.emend.event.RollbackNote;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a rollback the stream must think of the model what the model holds. */
class RolledBackTest {
  private static final FactChange CUSCO = Facts.says("e1", "Peru", "Cusco", 1);
  private static final FactChange LIMA = Facts.says("e2", "Peru", "Lima", 2);

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

  private void tell(FactChange change) {
    stream.publish(change);
    stream.tick();
    stream.batches().forEach(stream::finish);
  }

  private static RollbackNote note(
      @Nullable String before, @Nullable String stands, @Nullable String object) {
    return new RollbackNote(1L, before, stands, object);
  }

  private void undo(FactChange event, @Nullable String stands, @Nullable String object) {
    stream.rollBack(
        event.getEventId(),
        OutcomeCode.ROLLED_BACK,
        event,
        note(event.getEventId(), stands, object));
  }

  private List<BatchItem> items() {
    stream.tick();
    List<EditBatch> batches = stream.batches();
    batches.forEach(stream::finish);
    return batches.stream().flatMap(batch -> batch.getItems().stream()).toList();
  }

  @Test
  void shouldTakeAFactAgainThatWasRolledBack() {
    tell(LIMA);
    undo(LIMA, null, null);
    assertThat(items()).isEmpty(); // the model is not told anew by itself

    stream.publish(Facts.says("e3", "Peru", "Lima", 3));

    assertThat(items())
        .singleElement()
        .satisfies(item -> assertThat(item.getEventId()).isEqualTo("e3"))
        .satisfies(item -> assertThat(item.getReplacedObject()).isNull());
  }

  @Test
  void shouldKnowWhichEarlierWordStandsAgain() {
    tell(CUSCO);
    tell(LIMA);
    undo(LIMA, "e1", "Cusco");
    stream.outcomes();

    stream.publish(Facts.says("e3", "Peru", "Cusco", 3));
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getCode)
        .containsExactly(OutcomeCode.NO_OP);
    stream.publish(Facts.says("e4", "Peru", "Lima", 4));

    assertThat(items())
        .singleElement()
        .satisfies(item -> assertThat(item.getReplacedObject()).isEqualTo("Cusco"));
  }

  @Test
  void shouldRetractWhatStandsAgain() {
    tell(CUSCO);
    tell(Facts.retracts("e2", "Peru", 2));
    undo(Facts.retracts("e2", "Peru", 2), "e1", "Cusco");

    stream.publish(Facts.retracts("e3", "Peru", 3));

    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e3");
  }

  @Test
  void shouldLeaveALaterWordAloneThatIsOnItsWayToTheModel() {
    tell(CUSCO);
    tell(LIMA);
    stream.publish(Facts.says("e3", "Peru", "Ica", 3));
    undo(LIMA, "e1", "Cusco");

    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e3");
    stream.publish(Facts.says("e4", "Peru", "Ica", 4));
    assertThat(items()).isEmpty();
  }

  @Test
  void shouldKnowWhatARollbackOfARollbackBroughtBack() {
    tell(CUSCO);
    tell(LIMA);
    undo(LIMA, "e1", "Cusco");
    stream.rollBack("e2", OutcomeCode.APPLIED, LIMA, note("e1", "e2", "Lima"));

    assertThat(stream.answer(LIMA)).contains("Lima");
    stream.publish(Facts.says("e3", "Peru", "Lima", 3));
    assertThat(items()).isEmpty();
  }
}
