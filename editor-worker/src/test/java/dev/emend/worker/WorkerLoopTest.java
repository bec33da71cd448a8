package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.OutcomeCode;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** The way of a window through the loop, from the inbox to the live weights. */
class WorkerLoopTest extends LoopTest {
  @Test
  void shouldAnnounceThatItIsIdleOnceTheModelIsRebuilt() {
    ready();

    List<EditFeedback> feedback = harness.committed(TOPICS.feedback(), EditFeedback.class);
    assertThat(feedback).singleElement().satisfies(f -> assertThat(f.getBatchId()).isNull());
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
  }

  @Test
  void shouldCommitEverythingOfAWindowTogetherAndOnlyThenServeIt() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English"), tell("Bob", "Dutch")));
    harness.turnUntilVersion(1);

    assertThat(harness.newestProducer().commitCount()).isEqualTo(2);
    assertThat(harness.offsets()).containsExactly(1L);
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .allSatisfy(o -> assertThat(o.getCode()).isEqualTo(OutcomeCode.APPLIED))
        .allSatisfy(o -> assertThat(o.getVersion()).isEqualTo(1))
        .hasSize(2);
    assertThat(harness.committed(TOPICS.ledger(), LedgerEntry.class)).hasSize(2);
    assertThat(harness.committed(TOPICS.heads(), ModelHead.class))
        .allSatisfy(head -> assertThat(head.getVersion()).isOne())
        .extracting(ModelHead::getAlias)
        .containsExactlyInAnyOrder("canary", "live");
    ModelDelta delta = harness.committed(TOPICS.deltas(), ModelDelta.class).get(0);
    assertThat(delta.getCanary().getEfficacy()).isEqualTo(1.0);
    assertThat(delta.getFactIds()).containsExactly("Ann|language", "Bob|language");
    assertThat(harness.editor.weights()).isEqualTo(liveWeights());
    assertThat(harness.committed(TOPICS.feedback(), EditFeedback.class).get(1).getItems())
        .isEqualTo(2);
  }

  @Test
  void shouldSwapOnlyAfterTheCommit() {
    ready();
    MockProducer<String, byte[]> producer = harness.newestProducer();
    long before = producer.commitCount();
    harness.deliver(0, window(1, tell("Ann", "English")));

    harness.turnUntil("commit", () -> producer.commitCount() > before);

    assertThat(harness.state.live().orElseThrow().state().version().version()).isZero();
    harness.turnUntilVersion(1);
  }

  @Test
  void shouldNotApplyAWindowTwice() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    float[] once = harness.editor.weights();
    harness.deliver(1, window(1, tell("Ann", "English")));
    harness.turnUntil("offset behind the repetition", () -> harness.offsets().contains(2L));
    harness.turnUntilIdle();

    assertThat(harness.editor.weights()).isEqualTo(once);
    assertThat(harness.editor.stagings).hasValue(1);
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).hasSize(1);
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class)).hasSize(1);
  }

  @Test
  void shouldPassOverWindowsOfOtherModels() {
    ready();
    EditBatch other = window(9, tell("Zoe", "Greek"));
    other.setModel("other");
    harness.deliver(0, other);
    harness.deliver(1, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);

    assertThat(harness.offsets()).containsExactly(2L);
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class)).hasSize(1);
  }
}
