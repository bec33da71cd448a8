package dev.emend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.event.CloseReason;
import dev.emend.event.ConsolidationCause;
import dev.emend.event.EditBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scheduler has learned and decided goes out with the windows, through the topology. */
class PredictionTest {
  private static final int WINDOWS = 12;

  @TempDir Path dir;
  private TestStream stream;
  private MeasuringWorker worker;
  private int events;

  @BeforeEach
  void open() {
    stream =
        new TestStream(
            dir,
            Map.of(
                "emend.window.min.efficacy", "0",
                "emend.window.min.locality", "0",
                "emend.consolidation.quiet", "20s",
                "emend.consolidation.fewest.windows", "2",
                "emend.consolidation.most.windows", "40"));
    worker = new MeasuringWorker(stream);
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void shouldPredictNothingBeforeAnythingWasMeasured() {
    EditBatch first = window(1);
    assertThat(first.getReason()).isEqualTo(CloseReason.WORKER_IDLE);
    assertThat(first.getPredictedSeconds()).isNull();
    assertThat(first.getPredictedBytes()).isNull();
    assertThat(first.getPredictedEfficacy()).isNull();
    assertThat(first.getPredictedLocality()).isNull();
    assertThat(first.getConsolidation()).isNull();
  }

  @Test
  void shouldSendWhatItExpectsOfAWindowWithIt() {
    learn();
    EditBatch batch = window(2);
    double seconds = MeasuringWorker.seconds(2);
    assertThat(batch.getPredictedSeconds()).isCloseTo(seconds, within(0.2 * seconds));
    assertThat(batch.getPredictedSecondsHigh()).isGreaterThanOrEqualTo(seconds);
    double bytes = MeasuringWorker.bytes(2);
    assertThat(batch.getPredictedBytes().doubleValue()).isCloseTo(bytes, within(0.1 * bytes));
    assertThat(batch.getPredictedBytesHigh()).isGreaterThanOrEqualTo(batch.getPredictedBytes());
    assertThat(batch.getPredictedEfficacy()).isCloseTo(0.96, within(0.05));
    assertThat(batch.getPredictedEfficacyLow()).isLessThan(batch.getPredictedEfficacy());
    assertThat(batch.getPredictedParaphrase()).isCloseTo(0.9, within(0.07));
    assertThat(batch.getPredictedLocality()).isCloseTo(0.92, within(0.07));
    assertThat(batch.getPredictedLocalityLow()).isLessThan(batch.getPredictedLocality());
  }

  @Test
  void shouldGoOnPredictingAfterARestart() {
    learn();
    stream.restart();
    double seconds = MeasuringWorker.seconds(1);
    assertThat(window(1).getPredictedSeconds()).isCloseTo(seconds, within(0.2 * seconds));
  }

  @Test
  void shouldAskForAConsolidationOfAModelThatRests() {
    for (int i = 0; i < 3; i++) {
      worker.finish(window(1));
    }
    stream.pass(Duration.ofSeconds(10));
    assertThat(stream.batches()).as("it has not rested enough").isEmpty();
    stream.pass(Duration.ofSeconds(11));
    EditBatch request = onlyBatch();
    assertThat(request.getConsolidation()).isEqualTo(ConsolidationCause.IDLE);
    assertThat(request.getReason()).isEqualTo(CloseReason.CONSOLIDATION);
    assertThat(request.getItems()).isEmpty();
    assertThat(request.getSequence()).isEqualTo(4);
    assertThat(request.getBatchId()).matches("[0-9a-f]{32}");

    worker.consolidated(request);
    EditBatch next = window(1);
    assertThat(next.getSequence()).isEqualTo(5);
    assertThat(next.getItems()).hasSize(1);
    worker.finish(next);
    stream.pass(Duration.ofSeconds(60));
    assertThat(stream.batches()).as("one window is not worth another one").isEmpty();
  }

  @Test
  void shouldAskUnderLoadOnceThereWereManyWindows() {
    EditBatch batch = window(1);
    for (int i = 1; i < 40; i++) {
      assertThat(batch.getConsolidation()).isNull();
      publish(1);
      worker.finish(batch);
      stream.tick();
      batch = onlyBatch();
    }
    publish(1);
    worker.finish(batch);
    assertThat(onlyBatch().getConsolidation()).isEqualTo(ConsolidationCause.WINDOWS);
  }

  private void learn() {
    for (int i = 0; i < WINDOWS; i++) {
      worker.finish(window(1 + i % 3));
    }
  }

  private EditBatch window(int facts) {
    publish(facts);
    stream.tick();
    return onlyBatch();
  }

  private void publish(int facts) {
    for (int i = 0; i < facts; i++) {
      events++;
      stream.publish(Facts.says("e" + events, "land " + events, "city", 1));
    }
  }

  private EditBatch onlyBatch() {
    List<EditBatch> batches = stream.batches();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }
}
