package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.retract;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.canary.Gate;
import dev.emend.canary.GateLimits;
import dev.emend.canary.GateScore;
import dev.emend.event.BatchItem;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import dev.emend.event.Neighbour;
import dev.emend.event.OutcomeCode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the items of a window come to, and what that leaves in the log. */
class LoopOutcomeTest extends LoopTest {
  @Test
  void shouldGiveOutcomesButNoVersionWhenEveryItemIsRefused() {
    ready();
    harness.deliver(0, window(1, tell("?Ann", "English"), retract("Nobody"), tell("Eve", " ")));
    harness.turnUntil("offset", () -> harness.offsets().contains(1L));
    harness.turnUntilIdle();

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .extracting(FactOutcome::getReason)
        .containsExactlyInAnyOrder("TEXT_UNTOKENISABLE", "NOTHING_TO_RETRACT", "OBJECT_EMPTY");
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).isEmpty();
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
    EditFeedback feedback = harness.committed(TOPICS.feedback(), EditFeedback.class).get(1);
    assertThat(feedback.getRejected()).isEqualTo(3);
    assertThat(feedback.getVersion()).isNull();
  }

  @Test
  void shouldEditTheRestOfAWindowWhenOneItemIsRefused() {
    ready();
    harness.deliver(0, window(1, tell("?Ann", "English"), tell("Bob", "Dutch")));
    harness.turnUntilVersion(1);

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .extracting(FactOutcome::getCode)
        .containsExactlyInAnyOrder(OutcomeCode.REJECTED, OutcomeCode.APPLIED);
    ModelDelta delta = harness.committed(TOPICS.deltas(), ModelDelta.class).get(0);
    assertThat(delta.getFactIds()).containsExactly("Bob|language");
    assertThat(delta.getCanary().getEfficacy()).isEqualTo(1.0);
  }

  @Test
  void shouldTakeARetractedFactOutOfTheLedgerByATombstone() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.deliver(1, window(2, retract("Ann")));
    harness.turnUntilVersion(2);

    ProducerRecord<String, byte[]> last =
        harness.committed().stream()
            .filter(record -> record.topic().equals(TOPICS.ledger()))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(last.key()).isEqualTo("tiny|Ann|language");
    assertThat(last.value()).isNull();
    assertThat(harness.state.live().orElseThrow().ledger().size()).isZero();
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .extracting(FactOutcome::getCode)
        .containsExactly(OutcomeCode.APPLIED, OutcomeCode.RETRACTED);
  }

  @Test
  void shouldSayThatNothingChangedWhenToldTheSameAgain() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.deliver(1, window(2, tell("Ann", "English")));
    harness.turnUntil("second window", () -> harness.offsets().contains(2L));
    harness.turnUntilIdle();

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class).get(1).getCode())
        .isEqualTo(OutcomeCode.NO_OP);
    assertThat(harness.editor.stagings).hasValue(1);
  }

  @Test
  void shouldRefuseAWindowThatFailsTheGateAndLeaveTheWeightsAlone() {
    Gate strict = GateLimits.of(Map.of(GateScore.LOCALITY, 1.0));
    restart(LoopSetup.OPEN.gate(strict), List.of());
    harness.turnUntilIdle();
    BatchItem item = tell("Ann", "English");
    item.setNeighbours(List.of(new Neighbour("Ann speaks", "French")));
    harness.deliver(0, window(1, item));
    harness.turnUntil("refusal", () -> harness.offsets().contains(1L));
    harness.turnUntilIdle();

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .singleElement()
        .satisfies(o -> assertThat(o.getReason()).isEqualTo("CANARY_FAILED"))
        .satisfies(o -> assertThat(o.getDetail()).contains("locality 0.000 is below 1.000"));
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).isEmpty();
  }
}
