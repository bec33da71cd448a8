package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.canary.GateLimits;
import dev.emend.canary.GateScore;
import dev.emend.delta.ModelState;
import dev.emend.event.BatchItem;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactChange;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.Neighbour;
import dev.emend.event.OrderKind;
import dev.emend.event.OutcomeCode;
import dev.emend.event.WorkerOrder;
import dev.emend.version.Aliases;
import dev.emend.version.Promotion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateLoopTest {
  private static final GateLimits STRICT =
      GateLimits.of(Map.of(GateScore.LOCALITY, 0.6, GateScore.PERPLEXITY, 2.0));
  private static final Promotion SOAK =
      new Promotion(Promotion.Mode.AUTO, Duration.ofMinutes(5), 1);
  private static final Promotion MANUAL = new Promotion(Promotion.Mode.MANUAL, Duration.ZERO, 0);

  @TempDir Path folder;
  private ModelState base;
  private LoopHarness harness;

  @BeforeEach
  void setUp() {
    base = TinyModel.write(folder);
    harness = harness(SOAK, GateLimits.OPEN, List.of());
  }

  @AfterEach
  void tearDown() {
    harness.close();
  }

  private LoopHarness harness(
      Promotion promotion, GateLimits soak, List<ProducerRecord<String, byte[]>> history) {
    return new LoopHarness(
        base, LoopSetup.OPEN.gate(STRICT).soak(new SoakSettings(promotion, 10, soak)), history);
  }

  private void ready() {
    harness.assign();
    harness.turnUntilIdle();
  }

  @Test
  void shouldPublishTheRestOfAWindowWhoseOneFactBreaksNeighbours() {
    ready();
    BatchItem[] items = new BatchItem[8];
    for (int i = 0; i < items.length; i++) {
      items[i] = tell("S" + i, i == 5 ? FakeEditor.POISON : "object " + i);
      items[i].setNeighbours(List.of(new Neighbour("near S" + i, "nothing")));
    }
    harness.deliver(0, window(1, items));
    harness.turnUntilVersion(1);

    ModelDelta delta = harness.committed(TOPICS.deltas(), ModelDelta.class).get(0);
    assertThat(delta.getFactIds()).hasSize(7).doesNotContain("S5|language");
    assertThat(delta.getCanary().getBisected()).isBetween(1, 6);
    assertThat(delta.getCanary().getLocality()).isEqualTo(1.0);
    assertThat(delta.getCanary().getWary()).isTrue();
    List<FactOutcome> outcomes = harness.committed(TOPICS.outcomes(), FactOutcome.class);
    assertThat(outcomes)
        .filteredOn(o -> o.getCode() == OutcomeCode.APPLIED)
        .hasSize(7)
        .allSatisfy(o -> assertThat(o.getVersion()).isOne());
    assertThat(outcomes)
        .filteredOn(o -> o.getCode() == OutcomeCode.REJECTED)
        .singleElement()
        .satisfies(o -> assertThat(o.getFactId()).isEqualTo("S5|language"))
        .satisfies(o -> assertThat(o.getReason()).isEqualTo("CANARY_FAILED"))
        .satisfies(o -> assertThat(o.getDetail()).contains("is below 0.600"));
    assertThat(harness.editor.weights())
        .isEqualTo(harness.state.live().orElseThrow().state().floats(TinyModel.TENSOR));
  }

  @Test
  void shouldBuryTheCulpritWithWhatWasMeasured() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English"), tell("Bob", FakeEditor.POISON)));
    harness.turnUntilVersion(1);

    ProducerRecord<String, byte[]> letter =
        harness.committed().stream()
            .filter(record -> record.topic().equals(TOPICS.deadLetters()))
            .findFirst()
            .orElseThrow();
    FactChange buried =
        harness.codec.decode(FactChange.class, TOPICS.facts(), letter.headers(), letter.value());
    assertThat(buried.getSubject()).isEqualTo("Bob");
    assertThat(buried.getEventId()).isEqualTo("event-Bob-poison");
    assertThat(letter.key()).isEqualTo("tiny|Bob|language");
    assertThat(header(letter, "emend-reason")).isEqualTo("CANARY_FAILED");
    assertThat(header(letter, "emend-detail")).contains("perplexity 3.000 is above 2.000");
    assertThat(meter("emend.worker.gate", "verdict", "perplexity")).isOne();
    assertThat(harness.meters.get("emend.worker.bisect").timer().count()).isOne();
  }

  @Test
  void shouldRefuseAChangeSetAsAWhole() {
    ready();
    BatchItem one = tell("Ann", "English");
    BatchItem other = tell("Bob", FakeEditor.POISON);
    one.setChangeSetId("set");
    other.setChangeSetId("set");
    harness.deliver(0, window(1, one, tell("Eve", "Thai"), other, tell("Jim", "Czech")));
    harness.turnUntilVersion(1);

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class).get(0).getFactIds())
        .containsExactly("Eve|language", "Jim|language");
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .filteredOn(o -> o.getCode() == OutcomeCode.REJECTED)
        .extracting(FactOutcome::getFactId)
        .containsExactly("Ann|language", "Bob|language");
  }

  @Test
  void shouldPublishNothingOfAWindowOfWhichNothingPasses() {
    ready();
    harness.deliver(0, window(1, tell("Ann", FakeEditor.POISON), tell("Bob", FakeEditor.POISON)));
    harness.turnUntil("refusal", () -> harness.offsets().contains(1L));
    harness.turnUntilIdle();

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class)).isEmpty();
    assertThat(harness.committed(TOPICS.outcomes(), FactOutcome.class))
        .hasSize(2)
        .allSatisfy(o -> assertThat(o.getReason()).isEqualTo("CANARY_FAILED"));
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
    assertThat(harness.state.live().orElseThrow().gate().wary()).isTrue();
  }

  @Test
  void shouldMakeAVersionLiveAfterItsSoakAndSayWhy() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(2);
    assertThat(heads("canary")).extracting(ModelHead::getVersion).containsExactly(1L, 2L);
    assertThat(heads("live")).isEmpty();
    assertThat(harness.meters.get("emend.worker.alias.lag").gauge().value()).isEqualTo(2);

    harness.ahead.set(Duration.ofMinutes(6));
    harness.turnUntil("live", () -> aliases().live().version() == 1);

    assertThat(heads("live"))
        .singleElement()
        .satisfies(head -> assertThat(head.getVersion()).isOne())
        .satisfies(head -> assertThat(head.getCause()).isEqualTo("SOAKED"))
        .satisfies(head -> assertThat(head.getChainHash()).isEqualTo(chainHash(1)));
    assertThat(meter("emend.worker.soaks", "result", "promoted")).isOne();
    assertThat(harness.meters.get("emend.worker.alias.lag").gauge().value()).isOne();
  }

  @Test
  void shouldGoOnWithASoakAfterARestart() {
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(2);
    List<ProducerRecord<String, byte[]>> log = harness.committed();
    harness.close();

    harness = harness(SOAK, GateLimits.OPEN, log);
    harness.ahead.set(Duration.ofMinutes(4));
    ready();
    assertThat(heads("live")).isEmpty();
    assertThat(harness.state.live().orElseThrow().aliases().lag()).isEqualTo(2);
    harness.ahead.set(Duration.ofMinutes(6));
    harness.turnUntil("live", () -> !heads("live").isEmpty());

    assertThat(heads("live").get(0).getVersion()).isOne();
  }

  @Test
  void shouldHoldLiveWhenASoakFailsAndSaySoAlsoAfterARestart() {
    harness.close();
    GateLimits hard = GateLimits.of(Map.of(GateScore.RETEST, 1.0));
    harness = harness(SOAK, hard, List.of());
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(2);
    harness.editor.forget("Ann speaks");
    harness.ahead.set(Duration.ofMinutes(6));
    harness.turnUntil("hold", () -> aliases().hold().isPresent());

    assertThat(heads("live"))
        .singleElement()
        .satisfies(head -> assertThat(head.getVersion()).isZero())
        .satisfies(head -> assertThat(head.getCause()).isEqualTo("HELD"))
        .satisfies(
            head ->
                assertThat(head.getHeld())
                    .isEqualTo("the soak of version 1 failed: retest 0.500 is below 1.000"));
    assertThat(harness.committed(TOPICS.feedback(), EditFeedback.class))
        .filteredOn(feedback -> feedback.getAlarm() != null)
        .singleElement()
        .satisfies(feedback -> assertThat(feedback.getAlarm()).contains("retest 0.500"));
    assertThat(harness.meters.get("emend.worker.alias.held").gauge().value()).isOne();
    assertThat(harness.state.health().trouble().orElseThrow()).contains("soak of version 1");

    List<ProducerRecord<String, byte[]>> log = harness.committed();
    harness.close();
    harness = harness(SOAK, hard, log);
    harness.ahead.set(Duration.ofMinutes(7));
    ready();
    assertThat(harness.state.live().orElseThrow().aliases().hold()).isPresent();
    assertThat(heads("live")).isEmpty();
    harness.ahead.set(Duration.ofMinutes(12));
    harness.turnUntil("live", () -> !heads("live").isEmpty());
    assertThat(heads("live").get(0).getVersion()).isOne();
  }

  @Test
  void shouldWaitForAPromotionAndCarryItOutOnce() {
    harness.close();
    harness = harness(MANUAL, GateLimits.OPEN, List.of());
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    harness.deliver(1, window(2, tell("Bob", "Dutch")));
    harness.turnUntilVersion(2);
    harness.ahead.set(Duration.ofDays(9));
    harness.turn();
    assertThat(heads("live")).isEmpty();

    harness.order(0, promotion("order-1", 1L));
    harness.turnUntil("live", () -> !heads("live").isEmpty());
    harness.order(1, promotion("order-2", null));
    harness.turnUntil("second", () -> heads("live").size() == 2);
    harness.turnUntilIdle();

    assertThat(heads("live")).extracting(ModelHead::getVersion).containsExactly(1L, 2L);
    assertThat(heads("live")).extracting(ModelHead::getCause).containsOnly("PROMOTED");
    assertThat(answer("order-1").getRefusal()).isNull();
    assertThat(answer("order-2").getVersion()).isEqualTo(2);
    assertThat(harness.offsets()).containsExactly(1L, 2L);
    assertThat(harness.offsets(LoopHarness.ORDERS)).containsExactly(0L, 0L, 1L, 2L);
  }

  @Test
  void shouldRefuseAPromotionThatCannotBe() {
    harness.close();
    harness = harness(MANUAL, GateLimits.OPEN, List.of());
    ready();
    harness.deliver(0, window(1, tell("Ann", "English")));
    harness.turnUntilVersion(1);
    harness.order(0, promotion("far", 9L));
    harness.order(1, promotion("base", 0L));
    harness.turnUntil("answers", () -> harness.offsets(LoopHarness.ORDERS).contains(2L));

    assertThat(answer("far").getRefusal()).isEqualTo("there is no version 9 yet; the newest is 1");
    assertThat(answer("base").getRefusal()).isEqualTo("live points to version 0 already");
    assertThat(heads("live")).isEmpty();
  }

  /** Of what is live: a move is told of only once it is adopted. */
  private Aliases aliases() {
    return harness.state.live().orElseThrow().aliases();
  }

  private EditFeedback answer(String order) {
    return harness.committed(TOPICS.feedback(), EditFeedback.class).stream()
        .filter(feedback -> order.equals(feedback.getBatchId()))
        .findFirst()
        .orElseThrow();
  }

  private static EditBatch promotion(String id, @Nullable Long version) {
    EditBatch batch = window(0);
    batch.setBatchId(id);
    batch.setClosedAt(Instant.now().plus(Duration.ofDays(9)));
    batch.setOrder(WorkerOrder.newBuilder().setKind(OrderKind.PROMOTE).setVersion(version).build());
    return batch;
  }

  private List<ModelHead> heads(String alias) {
    return harness.committed(TOPICS.heads(), ModelHead.class).stream()
        .filter(head -> head.getAlias().equals(alias))
        .toList();
  }

  private ByteBuffer chainHash(long version) {
    return harness.committed(TOPICS.deltas(), ModelDelta.class).stream()
        .filter(delta -> delta.getVersion() == version)
        .findFirst()
        .orElseThrow()
        .getChainHash();
  }

  private double meter(String name, String tag, String value) {
    return harness.meters.get(name).tag(tag, value).counter().count();
  }

  private static String header(ProducerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
