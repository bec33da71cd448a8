package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OriginalOutcome;
import dev.emend.event.OutcomeCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A duplicate gets the outcome of its original. */
class RepeatedTest {
  private static final FactChange LIMA = Facts.says("e1", "Peru", "Lima", 1);

  @TempDir Path dir;
  private TestStream stream;

  @BeforeEach
  void open() {
    stream = new TestStream(dir, Map.of("emend.stream.grace.capacity", "4"));
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void shouldWaitForAnOriginalThatHasNoOutcomeYet() {
    stream.publish(LIMA);
    stream.publish(LIMA);
    stream.publish(LIMA);
    EditBatch batch = window();
    assertThat(stream.outcomes()).isEmpty();
    stream.apply(batch);
    List<FactOutcome> duplicates = stream.outcomes();
    assertThat(duplicates).hasSize(2);
    for (FactOutcome duplicate : duplicates) {
      assertThat(duplicate.getCode()).isEqualTo(OutcomeCode.DUPLICATE);
      assertThat(duplicate.getBy()).isEqualTo("e1");
      assertThat(duplicate.getOriginal())
          .isEqualTo(new OriginalOutcome(OutcomeCode.APPLIED, batch.getSequence(), null, null));
    }
  }

  @Test
  void shouldTellAtOnceWhatIsKnown() {
    stream.publish(LIMA);
    stream.apply(window());
    stream.publish(LIMA);
    assertThat(original().getCode()).isEqualTo(OutcomeCode.APPLIED);
  }

  @Test
  void shouldTellWhyTheOriginalWasRejected() {
    FactChange broken = Facts.says("e1", "Peru", " ", 1);
    stream.publish(broken);
    stream.outcomes();
    stream.publish(broken);
    assertThat(original())
        .isEqualTo(new OriginalOutcome(OutcomeCode.REJECTED, null, null, "OBJECT_EMPTY"));
  }

  @Test
  void shouldTellWhatSupersededTheOriginal() {
    stream.publish(Facts.says("e2", "Peru", "Cusco", 2));
    stream.publish(LIMA);
    stream.outcomes();
    stream.publish(LIMA);
    assertThat(original()).isEqualTo(new OriginalOutcome(OutcomeCode.SUPERSEDED, null, "e2", null));
  }

  @Test
  void shouldSayThatTheDayOfTheOriginalHasNotCome() {
    FactChange ahead =
        Facts.change("e1", "Peru", 1)
            .setObject("Lima")
            .setValidFrom(TestStream.START.plus(Duration.ofDays(40)))
            .build();
    stream.publish(ahead);
    stream.outcomes();
    stream.publish(ahead);
    assertThat(original().getCode()).isEqualTo(OutcomeCode.SCHEDULED);
  }

  @Test
  void shouldTellTheLastWordOnTheOriginal() {
    stream.publish(LIMA);
    stream.apply(window());
    stream.refuse("e1", LIMA, "CANARY_FAILED");
    stream.publish(LIMA);
    assertThat(original().getReason()).isEqualTo("CANARY_FAILED");
  }

  @Test
  void shouldRememberOverARestartWhoWaitsAndWhatIsKnown() {
    stream.publish(LIMA);
    stream.publish(LIMA);
    stream.restart();
    EditBatch batch = window();
    stream.apply(batch);
    assertThat(original().getCode()).isEqualTo(OutcomeCode.APPLIED);
    stream.restart();
    stream.publish(LIMA);
    assertThat(original().getCode()).isEqualTo(OutcomeCode.APPLIED);
  }

  @Test
  void shouldNotWaitWithMoreThanItMayHold() {
    stream.publish(LIMA);
    for (int i = 0; i < 5; i++) {
      stream.publish(LIMA);
    }
    List<FactOutcome> early = stream.outcomes();
    assertThat(early).extracting(FactOutcome::getCode).containsExactly(OutcomeCode.DUPLICATE);
    assertThat(early.get(0).getOriginal()).isNull();
    stream.apply(window());
    assertThat(stream.outcomes()).hasSize(4).noneMatch(said -> said.getOriginal() == null);
    assertThat(stream.entries(StreamNames.WAITING_REPEATS)).isZero();
  }

  private EditBatch window() {
    stream.tick();
    List<EditBatch> batches = stream.batches();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }

  private OriginalOutcome original() {
    List<FactOutcome> outcomes = stream.outcomes();
    assertThat(outcomes).extracting(FactOutcome::getCode).containsExactly(OutcomeCode.DUPLICATE);
    return outcomes.get(0).getOriginal();
  }
}
