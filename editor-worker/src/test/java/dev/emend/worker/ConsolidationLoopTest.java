package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.consolidating;
import static dev.emend.worker.Windows.retract;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.delta.PayloadSource;
import dev.emend.event.DeltaEncoding;
import dev.emend.event.DeltaKind;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.ledger.StandingFact;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consolidation in the loop: what it publishes, whom it lets pass, and what a crash leaves. */
class ConsolidationLoopTest {
  @TempDir Path folder;
  private ModelState base;
  private LoopHarness harness;

  @BeforeEach
  void setUp() {
    base = TinyModel.write(folder);
    harness = new LoopHarness(base, LoopSetup.OPEN, List.of());
    ready();
  }

  @AfterEach
  void tearDown() {
    harness.close();
  }

  private void ready() {
    harness.assign();
    harness.turnUntilIdle();
  }

  private void twoWindows() {
    harness.deliver(0, window(1, tell("Ann", "English"), tell("Bob", "Dutch")));
    harness.deliver(
        1, consolidating(window(2, tell("Ann", "French"), retract("Bob"), tell("Eve", "Thai"))));
  }

  @Test
  void shouldPublishAConsolidationAsAnOrdinaryVersionThatSubscribersCanFollow() {
    twoWindows();
    harness.turnUntilVersion(3);

    List<ModelDelta> deltas = harness.committed(TOPICS.deltas(), ModelDelta.class);
    ModelDelta delta = deltas.get(2);
    assertThat(delta.getKind()).isEqualTo(DeltaKind.CONSOLIDATION);
    assertThat(delta.getBatchId()).isNull();
    assertThat(delta.getCanary().getRetest()).isEqualTo(1.0);
    assertThat(delta.getTensors())
        .singleElement()
        .satisfies(tensor -> assertThat(tensor.getEncoding()).isEqualTo(DeltaEncoding.DENSE));
    assertThat(harness.committed(TOPICS.heads(), ModelHead.class))
        .filteredOn(head -> head.getAlias().equals("live"))
        .extracting(ModelHead::getVersion)
        .containsExactly(1L, 2L, 3L);
    assertThat(deltas)
        .extracting(ModelDelta::getRecipe)
        .allSatisfy(
            recipe -> {
              assertThat(recipe.getMode()).isEqualTo("FAST");
              assertThat(recipe.getSearch()).isEqualTo("NORMALISED");
              assertThat(recipe.getPrecision()).isEqualTo("FP32");
              assertThat(recipe.getLambda()).isEqualTo(300);
            });
    assertThat(harness.editor.weights()).isEqualTo(harness.editor.consolidated(base));
    assertThat(followed(deltas).floats(TinyModel.TENSOR)).isEqualTo(harness.editor.weights());
  }

  /** What a subscriber makes of the deltas, each verified. */
  private ModelState followed(List<ModelDelta> deltas) {
    ModelState state = base;
    for (ModelDelta delta : deltas) {
      PayloadSource payloads = harness.payloads();
      state = state.follow(delta, payloads, ExactUpdate.sequential()).result();
    }
    return state;
  }

  @Test
  void shouldRewriteTheLedgerInTheSameTransactionAndKeepWhatFactsSay() {
    twoWindows();
    harness.turnUntilVersion(3);

    List<StandingFact> facts = List.copyOf(harness.state.live().orElseThrow().ledger().facts());
    assertThat(facts).extracting(StandingFact::object).containsExactly("French", "Thai");
    assertThat(facts).extracting(StandingFact::version).containsOnly(2L);
    assertThat(facts).extracting(StandingFact::placedVersion).containsOnly(3L);
    List<LedgerEntry> entries = harness.committed(TOPICS.ledger(), LedgerEntry.class);
    assertThat(entries.subList(entries.size() - 2, entries.size()))
        .extracting(LedgerEntry::getPlacedVersion)
        .containsOnly(3L);
    assertThat(harness.offsets()).containsExactly(1L, 2L);
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class)).hasSize(5);
  }

  @Test
  void shouldConsolidateWhenABatchAsksForItAndReportIt() {
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.deliver(1, consolidating(window(2)));
    harness.turnUntilVersion(2);

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class).get(1).getKind())
        .isEqualTo(DeltaKind.CONSOLIDATION);
    List<EditFeedback> feedback = harness.committed(TOPICS.feedback(), EditFeedback.class);
    assertThat(feedback.get(2).getBatchId()).isEqualTo("batch-2");
    assertThat(feedback.get(2).getConsolidated()).isFalse();
    assertThat(feedback.get(3).getConsolidated()).isTrue();
    assertThat(feedback.get(3).getVersion()).isEqualTo(2);
    assertThat(feedback.get(3).getFactsInModel()).isOne();
  }

  @Test
  void shouldConsolidateOnceWhenItIsAskedOnce() {
    twoWindows();
    harness.turnUntilVersion(3);
    harness.deliver(2, window(3, tell("Zoe", "Greek")));
    harness.turnUntilVersion(4);

    assertThat(harness.editor.consolidations).hasValue(1);
    assertThat(harness.editor.runsClosed).hasValue(1);
  }

  @Test
  void shouldLetAWaitingWindowPassAfterEachSlice() {
    twoWindows();
    harness.turnUntil("a run", () -> harness.editor.consolidations.get() == 1);
    harness.deliver(2, window(3, tell("Zoe", "Greek")));
    harness.deliver(3, window(4, tell("Kim", "Korean")));
    harness.turnUntilVersion(5);

    List<ModelDelta> deltas = harness.committed(TOPICS.deltas(), ModelDelta.class);
    assertThat(deltas).extracting(ModelDelta::getKind).contains(DeltaKind.CONSOLIDATION);
    assertThat(deltas.get(2).getKind()).isEqualTo(DeltaKind.WINDOW);
    assertThat(harness.state.live().orElseThrow().ledger().size()).isEqualTo(4);
    assertThat(followed(deltas).floats(TinyModel.TENSOR)).isEqualTo(harness.editor.weights());
  }

  @Test
  void shouldLeaveNothingBehindWhenItIsKilledInTheMiddleAndStartOverWhenAskedAgain() {
    twoWindows();
    harness.turnUntilVersion(2);
    harness.turnUntil("a slice", () -> harness.editor.slices.get() >= 1);
    List<ProducerRecord<String, byte[]>> log = harness.committed();
    harness.close();
    assertThat(harness.editor.runsClosed).hasValue(1);

    harness = new LoopHarness(base, LoopSetup.OPEN, log);
    harness.assign();
    harness.turnUntilVersion(2);
    assertThat(harness.committed(TOPICS.feedback(), EditFeedback.class))
        .as("the scheduler hears that the worker starts")
        .singleElement()
        .satisfies(started -> assertThat(started.getBatchId()).isNull());
    harness.deliver(2, consolidating(window(3)));
    harness.turnUntilVersion(3);

    assertThat(harness.editor.weights()).isEqualTo(harness.editor.consolidated(base));
    assertThat(harness.editor.slices).hasValue(3);
  }

  @Test
  void shouldRememberAfterARestartThatItHasConsolidated() {
    twoWindows();
    harness.turnUntilVersion(3);
    float[] weights = harness.editor.weights();
    List<ProducerRecord<String, byte[]>> log = harness.committed();
    harness.close();

    harness = new LoopHarness(base, LoopSetup.OPEN, log);
    harness.assign();
    harness.turnUntilVersion(3);

    Standing live = harness.state.live().orElseThrow();
    assertThat(harness.editor.weights()).isEqualTo(weights);
    assertThat(live.sinceConsolidation()).isZero();
    assertThat(live.ledger().facts()).extracting(StandingFact::placedVersion).containsOnly(3L);
  }

  @Test
  void shouldDropAConsolidationWhoseTransactionIsFencedAndBeginAnew() {
    twoWindows();
    harness.turnUntil("a slice", () -> harness.editor.slices.get() >= 1);
    harness.newestProducer().fenceProducer();
    harness.turnUntil("a new writer", () -> harness.producers.size() == 2);
    harness.turnUntilIdle();
    assertThat(harness.state.live().orElseThrow().state().version().version()).isEqualTo(2);

    harness.deliver(2, window(3, tell("Zoe", "Greek")));
    harness.deliver(3, consolidating(window(4, tell("Kim", "Korean"))));
    harness.turnUntilVersion(5);

    List<ModelDelta> deltas = harness.committed(TOPICS.deltas(), ModelDelta.class);
    assertThat(deltas).extracting(ModelDelta::getKind).contains(DeltaKind.CONSOLIDATION);
    assertThat(followed(deltas).floats(TinyModel.TENSOR)).isEqualTo(harness.editor.weights());
  }

  @Test
  void shouldNotPublishAConsolidationAfterWhichFactsHoldNoLonger() {
    harness.editor.forgetful = true;
    twoWindows();
    harness.turnUntil("the end of the run", () -> harness.editor.runsClosed.get() == 1);
    harness.turnUntilIdle();
    harness.deliver(2, window(3, tell("Zoe", "Greek")));
    harness.turnUntilVersion(3);

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class))
        .extracting(ModelDelta::getKind)
        .containsOnly(DeltaKind.WINDOW);
    assertThat(harness.editor.consolidations).hasValue(1);
  }
}
