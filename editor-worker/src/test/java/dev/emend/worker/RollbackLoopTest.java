package dev.emend.worker;

import static dev.emend.worker.LoopHarness.TOPICS;
import static dev.emend.worker.Windows.retract;
import static dev.emend.worker.Windows.rollback;
import static dev.emend.worker.Windows.tell;
import static dev.emend.worker.Windows.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.emend.delta.ExactUpdate;
import dev.emend.delta.ModelState;
import dev.emend.event.DeltaKind;
import dev.emend.event.EditBatch;
import dev.emend.event.EditFeedback;
import dev.emend.event.FactOutcome;
import dev.emend.event.ModelDelta;
import dev.emend.event.ModelHead;
import dev.emend.event.OutcomeCode;
import dev.emend.event.VersionFact;
import dev.emend.ledger.StandingFact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackLoopTest {
  @TempDir Path folder;
  private ModelState base;
  private LoopHarness harness;
  private long offset;
  private long orders;

  @BeforeEach
  void setUp() {
    base = TinyModel.write(folder);
    harness = harness(List.of());
  }

  @AfterEach
  void tearDown() {
    harness.close();
  }

  private LoopHarness harness(List<ProducerRecord<String, byte[]>> history) {
    LoopHarness made = new LoopHarness(base, LoopSetup.OPEN, history);
    made.assign();
    made.turnUntilIdle();
    return made;
  }

  private Standing after(EditBatch batch) {
    if (batch.getOrder() == null) {
      harness.deliver(offset, batch);
      long end = ++offset;
      harness.turnUntil("offset " + end, () -> harness.offsets().contains(end));
    } else {
      harness.order(orders, batch);
      long end = ++orders;
      harness.turnUntil("order " + end, () -> harness.offsets(LoopHarness.ORDERS).contains(end));
    }
    harness.turnUntilIdle();
    return live();
  }

  private Standing live() {
    return harness.state.live().orElseThrow();
  }

  /** Facts with what is in the weights of them, but not which version put it there. */
  private static Map<String, List<Object>> held(Standing standing) {
    Map<String, List<Object>> held = new TreeMap<>();
    for (StandingFact f : standing.ledger().facts()) {
      held.put(f.factId(), List.of(f.eventId(), f.object(), f.version(), f.target(), f.layers()));
    }
    return held;
  }

  private List<FactOutcome> outcomesOf(long version) {
    return harness.committed(TOPICS.outcomes(), FactOutcome.class).stream()
        .filter(outcome -> Long.valueOf(version).equals(outcome.getVersion()))
        .toList();
  }

  private EditFeedback lastFeedback() {
    List<EditFeedback> all = harness.committed(TOPICS.feedback(), EditFeedback.class);
    return all.get(all.size() - 1);
  }

  private ModelDelta lastDelta() {
    List<ModelDelta> all = harness.committed(TOPICS.deltas(), ModelDelta.class);
    return all.get(all.size() - 1);
  }

  @Test
  void shouldPublishAVersionWithTheWeightsAndTheLedgerOfAnEarlierOne() {
    after(window(1, tell("Ann", "English")));
    Standing second = after(window(2, tell("Bob", "Dutch"), tell("Eve", "Thai")));
    after(window(3, tell("Ann", "French"), retract("Bob")));
    Standing fourth = after(rollback("order-1", 2L));

    assertThat(fourth.state().version().version()).isEqualTo(4);
    assertThat(fourth.state().digest()).isEqualTo(second.state().digest());
    assertThat(harness.editor.weights()).isEqualTo(second.state().floats(TinyModel.TENSOR));
    assertThat(held(fourth)).isEqualTo(held(second));
    assertThat(lastFeedback().getBatchId()).isEqualTo("order-1");
    assertThat(lastFeedback().getVersion()).isEqualTo(4);
    assertThat(lastFeedback().getRefusal()).isNull();
    List<ModelHead> heads = harness.committed(TOPICS.heads(), ModelHead.class);
    assertThat(heads.get(heads.size() - 1).getVersion()).isEqualTo(4);
  }

  @Test
  void shouldSayInTheDeltaWhatItWentBackToSoThatAReaderCanFollow() {
    after(window(1, tell("Ann", "English")));
    Standing parent = after(window(2, tell("Ann", "French"), tell("Bob", "Dutch")));
    Standing back = after(rollback("order-1", 1L));

    ModelDelta delta = lastDelta();
    assertThat(delta.getKind()).isEqualTo(DeltaKind.ROLLBACK);
    assertThat(delta.getRolledBackTo()).isEqualTo(1);
    assertThat(delta.getUndoneEventIds()).containsExactly("event-Ann-French", "event-Bob-Dutch");
    assertThat(delta.getFacts())
        .extracting(VersionFact::getFactId, VersionFact::getObject)
        .containsExactly(tuple("Ann|language", "English"), tuple("Bob|language", null));
    ModelState followed =
        parent.state().follow(delta, harness.payloads(), ExactUpdate.sequential()).result();
    assertThat(followed.version()).isEqualTo(back.state().version());
    assertThat(followed.floats(TinyModel.TENSOR)).isEqualTo(harness.editor.weights());
  }

  @Test
  void shouldTellEveryEventThatItWasUndoneAndWhatStandsInstead() {
    after(window(1, tell("Ann", "English")));
    after(window(2, tell("Ann", "French")));
    after(window(3, tell("Ann", "Thai"), tell("Bob", "Dutch")));
    after(rollback("order-1", 1L));

    List<FactOutcome> outcomes = outcomesOf(4);
    assertThat(outcomes)
        .allSatisfy(o -> assertThat(o.getCode()).isEqualTo(OutcomeCode.ROLLED_BACK))
        .extracting(FactOutcome::getEventId, FactOutcome::getBy)
        .containsExactlyInAnyOrder(
            tuple("event-Ann-French", "event-Ann-English"),
            tuple("event-Ann-Thai", "event-Ann-English"),
            tuple("event-Bob-Dutch", null));
    assertThat(outcomes)
        .filteredOn(o -> o.getFactId().equals("Ann|language"))
        .allSatisfy(o -> assertThat(o.getRollback().getBeforeEvent()).isEqualTo("event-Ann-Thai"))
        .allSatisfy(o -> assertThat(o.getRollback().getStandsObject()).isEqualTo("English"));
  }

  @Test
  void shouldRollBackARollbackAndSayThatItsEventsAreInEffectAgain() {
    after(window(1, tell("Ann", "English")));
    Standing second = after(window(2, retract("Ann"), tell("Bob", "Dutch")));
    after(rollback("order-1", 1L));
    Standing fourth = after(rollback("order-2", 2L));

    assertThat(fourth.state().digest()).isEqualTo(second.state().digest());
    assertThat(held(fourth)).isEqualTo(held(second));
    assertThat(outcomesOf(4))
        .extracting(FactOutcome::getEventId, FactOutcome::getCode)
        .containsExactlyInAnyOrder(
            tuple("event-Ann-null", OutcomeCode.RETRACTED),
            tuple("event-Bob-Dutch", OutcomeCode.APPLIED));
    assertThat(lastDelta().getEventIds())
        .containsExactlyInAnyOrder("event-Ann-null", "event-Bob-Dutch");
    assertThat(lastDelta().getUndoneEventIds()).isEmpty();
  }

  @Test
  void shouldEditAgainWhatWasRolledBack() {
    after(window(1, tell("Ann", "English")));
    after(rollback("order-1", 0L));
    assertThat(live().ledger().size()).isZero();
    assertThat(harness.editor.weights()).isEqualTo(base.floats(TinyModel.TENSOR));
    after(window(2, tell("Ann", "English")));

    assertThat(live().state().version().version()).isEqualTo(3);
    assertThat(harness.editor.stagings).hasValue(2);
    assertThat(live().ledger().find("Ann|language")).isPresent();
  }

  @Test
  void shouldGoBackOnceThoughItIsKilledInTheMiddleAndTheOrderComesAgain() {
    after(window(1, tell("Ann", "English")));
    Standing second = after(window(2, tell("Bob", "Dutch")));
    harness.newestProducer().fenceProducer();
    harness.order(orders, rollback("order-1", 1L));
    harness.turnUntil("a new writer", () -> harness.producers.size() == 2);
    harness.turnUntilIdle();
    assertThat(live().state().version()).isEqualTo(second.state().version());
    assertThat(harness.editor.weights()).isEqualTo(second.state().floats(TinyModel.TENSOR));

    after(rollback("order-1", 1L));
    after(rollback("order-1", 1L)); // whoever ordered it did not hear the answer

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class))
        .extracting(ModelDelta::getKind)
        .containsExactly(DeltaKind.WINDOW, DeltaKind.WINDOW, DeltaKind.ROLLBACK);
    assertThat(outcomesOf(3)).hasSize(1);
  }

  @Test
  void shouldRefuseInOneLineWhatCannotBeDone() {
    after(window(1, tell("Ann", "English")));
    Standing second = after(window(2, tell("Ann", "French")));
    Map<Long, String> reasons = new TreeMap<>();
    for (long to : new long[] {-1, 2, 7}) {
      after(rollback("order" + to, to));
      reasons.put(to, lastFeedback().getRefusal());
    }
    after(rollback("good", 1L));
    after(rollback("again", 1L));

    assertThat(reasons.values())
        .allSatisfy(why -> assertThat(why).contains("goes to a version from 0 to 1"));
    assertThat(lastFeedback().getRefusal()).contains("has the weights of version 1 already");
    assertThat(live().state().version().version()).isEqualTo(3);
    assertThat(second.state().version().version()).isEqualTo(2);
  }

  @Test
  void shouldEndAConsolidationThatIsUnderWay() {
    Standing first = after(window(1, tell("Ann", "English")));
    harness.editor.permits.drainPermits();
    harness.deliver(offset++, Windows.consolidating(window(2, tell("Bob", "Dutch"))));
    harness.editor.permits.release(2); // the window and one slice
    harness.turnUntil("a slice", () -> harness.editor.slices.get() == 1);
    harness.order(orders++, rollback("order-1", 1L));
    harness.editor.permits.release(1000);
    harness.turnUntil("rolled back", () -> harness.offsets(LoopHarness.ORDERS).contains(1L));
    harness.turnUntilIdle();

    assertThat(harness.committed(TOPICS.deltas(), ModelDelta.class))
        .filteredOn(delta -> delta.getKind() == DeltaKind.ROLLBACK)
        .singleElement()
        .satisfies(
            delta ->
                assertThat(delta.getResultDigest())
                    .isEqualTo(first.state().version().digest().buffer()));
    assertThat(harness.editor.runsClosed).hasPositiveValue();
  }

  @Test
  void shouldGoBackToAnyVersionOfALongStoryAndStartAgainFromIt() {
    Random random = new Random(20261123);
    List<Standing> story = new ArrayList<>(List.of(live()));
    for (int step = 1; step <= 40; step++) {
      long before = live().state().version().version();
      if (before > 1 && random.nextInt(3) == 0) {
        int to = random.nextInt((int) before);
        Standing back = after(rollback("order-" + step, (long) to));
        if (back.state().version().version() > before) {
          assertThat(back.state().digest()).isEqualTo(story.get(to).state().digest());
          assertThat(held(back)).isEqualTo(held(story.get(to)));
          story.add(back);
        } else {
          assertThat(lastFeedback().getRefusal()).contains("already");
        }
      } else {
        String who = "s" + random.nextInt(4);
        boolean out = live().ledger().find(who + "|language").isPresent() && random.nextInt(3) == 0;
        Standing next = after(window(step, out ? retract(who) : tell(who, "o" + step)));
        assertThat(next.state().version().version()).isEqualTo(before + 1);
        story.add(next);
      }
      assertThat(harness.editor.weights()).isEqualTo(live().state().floats(TinyModel.TENSOR));
    }

    Standing end = live();
    List<ProducerRecord<String, byte[]>> log = harness.committed();
    harness.close();
    harness = harness(log);
    assertThat(live().state().version()).isEqualTo(end.state().version());
    assertThat(live().ledger().facts()).isEqualTo(end.ledger().facts());
    assertThat(live().windows()).isEqualTo(end.windows());
    assertThat(live().consolidated()).isEqualTo(end.consolidated());
    offset = 0;
    orders = 0;
    Standing back = after(rollback("after the restart", 1L));
    assertThat(held(back)).isEqualTo(held(story.get(1)));
  }
}
