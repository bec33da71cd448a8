package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOp;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {
  private static final Duration DAY = Duration.ofDays(1);

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
  void shouldHoldAChangeUntilItsTimeHasCome() {
    stream.publish(from("e1", "Lima", TestStream.START.plus(DAY)));
    assertThat(codes()).containsExactly(OutcomeCode.SCHEDULED);
    stream.pass(DAY.minusMillis(1));
    assertThat(items()).isEmpty();
    stream.pass(Duration.ofMillis(1));
    stream.tick();
    assertThat(items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.getEventId()).isEqualTo("e1");
              assertThat(item.getPublishedAt()).isEqualTo(TestStream.START.plus(DAY));
            });
    assertThat(stream.entries(StreamNames.CALENDAR)).isZero();
  }

  @Test
  void shouldReleaseInTheOrderOfTheDatesWhatWasHeldThroughAPause() {
    stream.publish(from("second", "Lima", TestStream.START.plus(DAY.multipliedBy(2))));
    stream.publish(from("first", "Cusco", TestStream.START.plus(DAY)));
    stream.outcomes();
    stream.pass(DAY.multipliedBy(3));
    stream.tick();
    assertThat(codes()).containsExactly(OutcomeCode.SUPERSEDED);
    assertThat(items()).extracting(BatchItem::getObject).containsExactly("Lima");
  }

  @Test
  void shouldReleaseWhatIsDueBeforeANewerRecordIsJudged() {
    stream.publish(from("held", "Cusco", TestStream.START.plusMillis(20)));
    stream.pass(Duration.ofMillis(40)); // less than a tick
    stream.publish(from("new", "Lima", TestStream.START.plusMillis(30)));
    stream.tick();
    assertThat(stream.outcomes())
        .extracting(FactOutcome::getEventId)
        .containsExactly("held", "held");
    assertThat(items()).extracting(BatchItem::getObject).containsExactly("Lima");
  }

  @Test
  void shouldRetractAFactWhenItsTimeIsOver() {
    FactChange change = from("e1", "Lima", Facts.day(1));
    change.setValidTo(TestStream.START.plus(DAY));
    stream.publish(change);
    stream.tick();
    finish();
    stream.pass(DAY);
    stream.tick();
    assertThat(items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.getOp()).isEqualTo(FactOp.RETRACT);
              assertThat(item.getEventId()).isEqualTo("e1#lapsed");
              assertThat(item.getReplacedObject()).isEqualTo("Lima");
            });
  }

  @Test
  void shouldBringBackWhatALapsedFactHadHidden() {
    stream.publish(from("e1", "Cusco", Facts.day(1)));
    stream.tick();
    finish();
    stream.publish(until("e2", "Lima", Facts.day(2), TestStream.START.plus(DAY)));
    stream.tick();
    finish();
    stream.pass(DAY);
    stream.tick();
    assertThat(items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.getOp()).isEqualTo(FactOp.ASSERT);
              assertThat(item.getEventId()).isEqualTo("e2#lapsed");
              assertThat(item.getObject()).isEqualTo("Cusco");
              assertThat(item.getReplacedObject()).isEqualTo("Lima");
              assertThat(item.getValidFrom()).isEqualTo(Facts.day(1));
            });
  }

  @Test
  void shouldBringBackWhatACorrectionOfThePastSays() {
    stream.publish(from("e1", "Cusco", Facts.day(1)));
    stream.publish(until("e2", "Lima", Facts.day(3), TestStream.START.plus(DAY)));
    stream.tick();
    finish();
    stream.publish(from("fix", "Trujillo", Facts.day(2)));
    stream.pass(DAY);
    stream.tick();
    assertThat(items()).extracting(BatchItem::getObject).containsExactly("Trujillo");
  }

  @Test
  void shouldTellNothingWhenWhatComesBackSaysTheSame() {
    stream.publish(from("e1", "Lima", Facts.day(1)));
    stream.publish(until("e2", "Lima", Facts.day(2), TestStream.START.plus(DAY)));
    stream.tick();
    finish();
    stream.pass(DAY);
    stream.tick();
    assertThat(items()).isEmpty();
    assertThat(stream.answer(from("x", "", Facts.day(1)))).contains("Lima");
  }

  @Test
  void shouldComeBackThroughSeveralFactsThatEndOneAfterTheOther() {
    stream.publish(from("e1", "Cusco", Facts.day(1)));
    stream.publish(until("e2", "Lima", Facts.day(2), TestStream.START.plus(DAY.multipliedBy(2))));
    stream.publish(until("e3", "Ica", Facts.day(3), TestStream.START.plus(DAY)));
    stream.tick();
    assertThat(items()).extracting(BatchItem::getObject).containsExactly("Ica");
    stream.announce("m");
    stream.pass(DAY);
    stream.tick();
    assertThat(items()).extracting(BatchItem::getObject).containsExactly("Lima");
    stream.announce("m");
    stream.pass(DAY);
    stream.tick();
    assertThat(items()).extracting(BatchItem::getObject).containsExactly("Cusco");
  }

  @Test
  void shouldReleaseAndLapseAlsoAfterARestart() {
    stream.publish(
        until(
            "e1", "Lima", TestStream.START.plus(DAY), TestStream.START.plus(DAY.multipliedBy(2))));
    stream.restart();
    stream.pass(DAY);
    stream.tick();
    assertThat(items()).extracting(BatchItem::getOp).containsExactly(FactOp.ASSERT);
    stream.announce("m");
    stream.restart();
    stream.pass(DAY);
    stream.tick();
    assertThat(items()).extracting(BatchItem::getOp).containsExactly(FactOp.RETRACT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2028-02-29T00:00:00Z",
        "2027-03-28T01:30:00+01:00",
        "2026-10-25T02:30:00+02:00",
        "2026-12-31T23:59:59.999-12:00",
        "9999-12-31T23:59:59+14:00"
      })
  void shouldReleaseAtTheInstantWhateverTheZoneOrTheCalendar(String begin) {
    Instant instant = OffsetDateTime.parse(begin).toInstant();
    stream.publish(from("e1", "Lima", instant));
    stream.pass(Duration.between(stream.now(), instant).minusMillis(1));
    assertThat(items()).isEmpty();
    stream.pass(Duration.ofMillis(1));
    stream.tick(); // released
    stream.tick(); // and in a window
    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e1");
  }

  @Test
  void shouldNotRetractAFactThatHasMovedOn() {
    FactChange change = from("e1", "Lima", Facts.day(1));
    change.setValidTo(TestStream.START.plus(DAY));
    stream.publish(change);
    stream.publish(from("e2", "Lima", Facts.day(2)));
    stream.tick();
    finish();
    stream.pass(DAY);
    stream.tick();
    assertThat(items()).isEmpty();
  }

  @Test
  void shouldLetALaterFactWinOverALapsedOneAlsoIfItComesAfterwards() {
    FactChange change = from("e1", "Lima", Facts.day(1));
    change.setValidTo(TestStream.START.plus(DAY));
    stream.publish(change);
    stream.pass(DAY);
    finish();
    finish(); // the retraction went when the fact itself was done
    stream.publish(from("e2", "Cusco", Facts.day(2)));
    stream.tick();
    assertThat(items()).extracting(BatchItem::getObject).containsExactly("Cusco");
  }

  @Test
  void shouldSayOfAFactThatIsOverThatItChangesNothing() {
    FactChange change = from("e1", "Lima", Facts.day(1));
    change.setValidTo(Facts.day(2));
    stream.publish(change);
    assertThat(codes()).containsExactly(OutcomeCode.NO_OP);
    stream.tick();
    assertThat(items()).isEmpty();
  }

  @Test
  void shouldNotHoldAChangeBecauseItsPublishersClockIsAhead() {
    FactChange change = from("e1", "Lima", TestStream.START);
    change.setValidFrom(null);
    change.setRecordedAt(TestStream.START.plusSeconds(20));
    stream.publish(change);
    stream.tick();
    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("e1");
  }

  @Test
  void shouldHoldFarFutureDatesAndTakeDatesBeforeChrist() {
    stream.publish(from("far", "Lima", Instant.parse("+200000-02-29T00:00:00Z")));
    assertThat(codes()).containsExactly(OutcomeCode.SCHEDULED);
    stream.publish(from("old", "Cusco", Instant.parse("-0300-01-01T00:00:00Z")));
    stream.tick();
    assertThat(items()).extracting(BatchItem::getEventId).containsExactly("old");
    assertThat(stream.entries(StreamNames.CALENDAR)).isEqualTo(1);
  }

  private void finish() {
    stream.batches().forEach(stream::finish);
  }

  private List<OutcomeCode> codes() {
    return stream.outcomes().stream().map(FactOutcome::getCode).toList();
  }

  private List<BatchItem> items() {
    return stream.batches().stream().map(EditBatch::getItems).flatMap(List::stream).toList();
  }

  private static FactChange until(String eventId, String object, Instant begin, Instant end) {
    FactChange change = from(eventId, object, begin);
    change.setValidTo(end);
    return change;
  }

  private static FactChange from(String eventId, String object, Instant begin) {
    return Facts.change(eventId, "Peru", 0).setObject(object).setValidFrom(begin).build();
  }
}
