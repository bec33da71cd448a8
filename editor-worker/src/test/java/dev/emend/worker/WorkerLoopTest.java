package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.retract;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.canary.GateLimits;
import dev.emend.canary.GateScore;
import dev.emend.delta.BlobStore;
import dev.emend.delta.FolderBlobStore;
import dev.emend.delta.ModelState;
import dev.emend.event.BatchItem;
import dev.emend.event.DeltaChunk;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOutcome;
import dev.emend.event.LedgerEntry;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.Neighbour;
import dev.emend.event.OutcomeCode;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLoopTest {
  @TempDir Path folder;
  private ModelState base;
  private LoopHarness harness;

  @BeforeEach
  void setUp() {
    base = TinyModel.write(folder);
    harness = new LoopHarness(base, GateLimits.OPEN, List.of());
  }

  @AfterEach
  void tearDown() {
    harness.close();
    assertThat(harness.editor.closed).isTrue();
  }

  private void ready() {
    harness.assign();
    harness.turnUntilIdle();
  }

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

  private float[] liveWeights() {
    return harness.state.live().orElseThrow().state().floats(TinyModel.TENSOR);
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
    assertThat(harness.producers.get(0).closed()).isTrue();
    assertThat(harness.offsets()).containsExactly(1L);

    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(2);
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).hasSize(2);
    assertThat(harness.editor.weights()).isEqualTo(liveWeights());
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
  void shouldKeepAnEditThroughARebalanceThatGivesThePartitionBack() {
    ready();
    harness.editor.permits.drainPermits();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntil(
        "editing", () -> harness.state.health().state() == WorkerHealth.State.EDITING);
    harness.revoke();
    harness.turn();
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
    ready();
    harness.editor.permits.drainPermits();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntil(
        "editing", () -> harness.state.health().state() == WorkerHealth.State.EDITING);
    harness.revoke();
    harness.turn();
    harness.editor.permits.release(1000);
    harness.turnUntil(
        "standby", () -> harness.state.health().state() == WorkerHealth.State.STANDBY);

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).isEmpty();
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
    assertThat(harness.newestProducer().closed()).isTrue();
  }

  @Test
  void shouldPutAnUnreadableWindowAmongTheDeadLettersAndGoOn() {
    ready();
    byte[] noise = "no window".getBytes(StandardCharsets.UTF_8);
    harness.deliver(0, TinyModel.NAME, noise);
    harness.deliver(1, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);

    ProducerRecord<String, byte[]> letter =
        harness.committed().stream()
            .filter(record -> record.topic().equals(TOPICS.deadLetters()))
            .findFirst()
            .orElseThrow();
    assertThat(letter.value()).isEqualTo(noise);
    assertThat(
            new String(letter.headers().lastHeader("emend-reason").value(), StandardCharsets.UTF_8))
        .isEqualTo("UNREADABLE");
    assertThat(harness.offsets()).containsExactly(1L, 2L);
  }

  @Test
  void shouldWaitForTheRegistryInsteadOfGivingUpAWindow() {
    ready();
    byte[] bytes = harness.codec.encode(TOPICS.batches(), window(1, tell("Ann", "English")));
    harness.codec.down = true;
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntil("trouble", () -> harness.state.health().trouble().isPresent());
    harness.codec.down = false;
    harness.turnUntilIdle();
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntilVersion(1);

    assertThat(harness.committed().stream().map(ProducerRecord::topic))
        .doesNotContain(TOPICS.deadLetters());
  }

  @Test
  void shouldRefuseAWindowThatBreaksTheEditorTwiceSoThatOthersGetOn() {
    ready();
    EditBatch breaking = window(1, tell("!Ann", "English"));
    harness.deliver(0, breaking);
    harness.turnUntil("rebuilt", () -> harness.editor.restores.get() == 2);
    harness.turnUntilIdle();
    harness.deliver(0, breaking);
    harness.turnUntil("refusal", () -> harness.offsets().contains(1L));

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .singleElement()
        .satisfies(o -> assertThat(o.getReason()).isEqualTo("EDIT_FAILED"));
    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(1);
  }

  @Test
  void shouldRefuseAWindowWhoseRecordsNobodyCanWrite() {
    ready();
    BatchItem wordy = tell("Bob", "Dutch");
    wordy.setPrompt("{} speaks" + " and speaks".repeat(300));
    EditBatch large = window(1, tell("Ann", "English"), wordy);
    byte[] bytes = harness.codec.encode(TOPICS.batches(), large);
    harness.codec.largest = 2000;
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntil("rebuilt", () -> harness.editor.restores.get() == 2);
    harness.turnUntilIdle();
    harness.deliver(0, TinyModel.NAME, bytes);
    harness.turnUntil("refusal", () -> harness.offsets().contains(1L));
    harness.turnUntilIdle();

    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .hasSize(2)
        .allSatisfy(o -> assertThat(o.getReason()).isEqualTo("EDIT_FAILED"));
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
  }

  @Test
  void shouldStopWhenItMayNotWrite() {
    ready();
    harness.newestProducer().commitTransactionException =
        new TopicAuthorizationException("emend.deltas");
    harness.deliver(0, window(1, tell("Ann", "English")));

    assertThatThrownBy(() -> harness.turnUntilVersion(1))
        .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).isEmpty();
  }

  @Test
  void shouldRefuseAWindowThatFailsTheGateAndLeaveTheWeightsAlone() {
    harness.close();
    harness = new LoopHarness(base, GateLimits.of(Map.of(GateScore.LOCALITY, 1.0)), List.of());
    ready();
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

  @Test
  void shouldRebuildTheSameModelAfterARestart() {
    ready();
    harness.deliver(
        0, window(1, tell("Ann", "English"), tell("Bob", "Dutch"), tell("Eve", "Thai")));
    harness.deliver(1, window(2, tell("Ann", "French"), retract("Bob")));
    harness.turnUntilVersion(2);
    Standing before = harness.state.live().orElseThrow();
    float[] weights = harness.editor.weights();
    List<ProducerRecord<String, byte[]>> log = harness.committed();
    harness.close();

    harness = new LoopHarness(base, GateLimits.OPEN, log);
    harness.assign();
    harness.turnUntilVersion(2);

    Standing after = harness.state.live().orElseThrow();
    assertThat(harness.editor.weights()).isEqualTo(weights);
    assertThat(after.state().version()).isEqualTo(before.state().version());
    assertThat(after.ledger().facts()).isEqualTo(before.ledger().facts());
    assertThat(after.windows()).isEqualTo(before.windows());
  }

  @Test
  void shouldKeepLargePayloadsInAStoreAndRebuildFromIt(@TempDir Path blobs) {
    BlobStore store = new FolderBlobStore(blobs);
    harness.close();
    harness = storing(store, List.of());
    ready();
    harness.deliver(
        0, window(1, tell("Ann", "English"), tell("Bob", "Dutch"), tell("Eve", "Thai")));
    harness.turnUntilVersion(1);
    float[] weights = harness.editor.weights();
    List<ProducerRecord<String, byte[]>> log = harness.committed();
    assertThat(harness.committed(TOPICS.deltaChunks(), DeltaChunk.class)).isEmpty();
    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class))
        .flatExtracting(ModelDelta::getTensors)
        .anySatisfy(tensor -> assertThat(tensor.getBlob()).isNotNull());
    harness.close();

    harness = storing(store, log);
    harness.assign();
    harness.turnUntilVersion(1);

    assertThat(harness.editor.weights()).isEqualTo(weights);
  }

  private LoopHarness storing(BlobStore store, List<ProducerRecord<String, byte[]>> log) {
    return new LoopHarness(base, GateLimits.OPEN, log, SoakSettings.DEFAULT, Optional.of(store));
  }

  @Test
  void shouldStopAtADeltaThatContradictsTheLogAndNameItsPlace() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English"), tell("Bob", "Dutch")));
    harness.turnUntilVersion(1);
    List<ProducerRecord<String, byte[]>> log =
        harness.committed().stream()
            .filter(record -> !record.topic().equals(TOPICS.deltaChunks()))
            .toList();
    harness.close();

    harness = new LoopHarness(base, GateLimits.OPEN, log);
    harness.assign();

    assertThatThrownBy(() -> harness.turnUntilVersion(1))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("version 1 at emend.deltas-0@0")
        .extracting(e -> ((Fault) e).code())
        .isEqualTo(FaultCode.DELTA_CORRUPT);
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
