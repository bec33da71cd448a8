package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.ModelDelta;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.junit.jupiter.api.Test;

/** The place as the model's only writer: lost to another worker, or got back. */
class LoopPlaceTest extends LoopTest {
  @Test
  void shouldRestoreWeightsAndRebuildFromTheLogWhenItIsFenced() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    float[] committed = harness.editor.weights();
    harness.newestProducer().fenceProducer();
    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntil("a new writer", () -> harness.producers.size() == 2);
    harness.turnUntilIdle();

    assertThat(harness.editor.weights()).isEqualTo(committed);
    assertThat(harness.editor.restores).hasValue(2);
    assertThat(fenced()).isOne();
    assertThat(harness.producers.get(0).closed()).isTrue();
    assertThat(harness.offsets()).containsExactly(1L);

    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(2);
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).hasSize(2);
    assertThat(harness.editor.weights()).isEqualTo(liveWeights());
  }

  private void loseThePartitionWhileEditing() {
    ready();
    harness.editor.permits.drainPermits();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntil(
        "editing", () -> harness.state.health().state() == WorkerHealth.State.EDITING);
    harness.revoke();
    harness.turn();
  }

  @Test
  void shouldKeepAnEditThroughARebalanceThatGivesThePartitionBack() {
    loseThePartitionWhileEditing();
    harness.assign();
    harness.turn();
    assertThat(harness.consumer.paused()).containsExactly(LoopHarness.HOME);
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turn();

    harness.editor.permits.release(1000);
    harness.turnUntilVersion(1);

    assertThat(harness.editor.stagings).hasValue(1);
    assertThat(harness.producers).hasSize(1);
    assertThat(harness.consumer.position(LoopHarness.HOME)).isEqualTo(1);
  }

  @Test
  void shouldDropAnEditWhenThePartitionWentElsewhere() {
    loseThePartitionWhileEditing();
    harness.editor.permits.release(1000);
    harness.turnUntil(
        "standby", () -> harness.state.health().state() == WorkerHealth.State.STANDBY);

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).isEmpty();
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
    assertThat(harness.newestProducer().closed()).isTrue();
  }

  @Test
  void shouldBeginAnewWhenTheBrokerGaveUpItsTransaction() {
    ready();
    harness.newestProducer().commitTransactionException =
        new InvalidProducerEpochException("the transaction took too long");
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntil("a new writer", () -> harness.producers.size() == 2);
    harness.turnUntilIdle();
    assertThat(fenced()).isOne();
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));

    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).hasSize(1);
  }

  private double fenced() {
    return harness.meters.counter(WorkerMeter.FENCED.meterName(), "model", TinyModel.NAME).count();
  }
}
