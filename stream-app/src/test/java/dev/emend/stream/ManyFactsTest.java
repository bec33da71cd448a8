package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.EditBatch;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.OutcomeCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very much about one subject: what is kept of it stays small, and the last event costs what the
 * first did, so that the test ends. {@code -Demend.soak.facts=1000000} makes it a million.
 */
class ManyFactsTest {
  private static final int EVENTS = Integer.getInteger("emend.soak.facts", 8_000);
  private static final int SLICE = 500;
  private static final Duration GRACE = Duration.ofMillis(200);

  /** A number without common factor with any round number of events: visits all in disorder. */
  private static final long STRIDE = 7_368_787;

  @TempDir Path dir;
  private TestStream stream;
  private final Map<OutcomeCode, Integer> outcomes = new EnumMap<>(OutcomeCode.class);
  private int told;

  @BeforeEach
  void open() {
    stream =
        new TestStream(
            dir,
            Map.of(StreamSetting.GRACE.key(), "200ms", StreamSetting.WINDOW_FACTS.key(), "1000"));
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void shouldEndEachOfVeryManyFactsAboutOneSubjectOnceAndKeepNothingWaiting() {
    for (int i = 0; i < EVENTS; i++) {
      FactChange change = Facts.says("e" + i, "Peru", "object" + i, 1);
      change.setRelation("relation" + i);
      stream.publish(change);
      if ((i + 1) % SLICE == 0) {
        settle();
      }
    }
    settle();
    assertThat(told).isEqualTo(EVENTS);
    assertThat(outcomes).isEmpty();
    assertThat(stream.entries(StreamNames.FACT_HISTORY)).isEqualTo(EVENTS);
  }

  @Test
  void shouldKeepOneFactSmallThatChangesVeryOften() {
    long newest = 0;
    for (int i = 0; i < EVENTS; i++) {
      long age = i * STRIDE % EVENTS;
      newest = Math.max(newest, age);
      FactChange change = Facts.says("e" + i, "Peru", "city" + age, 1);
      change.setValidFrom(Facts.DAY_0.plusSeconds(age));
      stream.publish(change);
      if ((i + 1) % SLICE == 0) {
        settle();
        assertThat(stream.answer(change)).contains("city" + newest);
      }
    }
    settle();
    FactChange about = Facts.says("x", "Peru", "", 1);
    assertThat(stream.answer(about)).contains("city" + (EVENTS - 1));
    assertThat(stream.history(about).statements()).hasSize(32);
    assertThat(told + outcomes.getOrDefault(OutcomeCode.SUPERSEDED, 0)).isEqualTo(EVENTS);
    assertThat(outcomes).containsOnlyKeys(OutcomeCode.SUPERSEDED);
  }

  /** The grace ends, and the worker takes all that waits. */
  private void settle() {
    stream.pass(GRACE);
    stream.tick();
    stream.tick();
    List<EditBatch> batches = stream.batches();
    while (!batches.isEmpty()) {
      for (EditBatch batch : batches) {
        told += batch.getItems().size();
        stream.finish(batch);
      }
      stream.tick();
      batches = stream.batches();
    }
    for (FactOutcome outcome : stream.outcomes()) {
      outcomes.merge(outcome.getCode(), 1, Integer::sum);
    }
    stream.dropChangelogs();
    assertThat(stream.entries(StreamNames.IN_GRACE)).isZero();
    assertThat(stream.entries(StreamNames.WAITING_FACTS)).isZero();
  }
}
