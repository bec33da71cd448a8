package dev.emend.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.event.CloseReason;
import dev.emend.event.ConsolidationCause;
import dev.emend.schedule.learn.Effect;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.WindowLoad;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A window takes half a second and a tenth for each fact; a fact is 20 characters, 10 tokens at the
 * most.
 */
class ModelSchedulerTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration LINGER = Duration.ofMillis(200);
  private static final WorkerState BUSY = new WorkerState(1);
  private static final ConsolidationRule RULE =
      new ConsolidationRule(Duration.ofSeconds(10), 3, 20, 0.1);

  private final WaitingRoom room = new WaitingRoom();
  private Instant now = START;
  private long sequence;

  @Test
  void shouldStartWithSmallWindowsAndDoubleThem() {
    ModelScheduler scheduler = scheduler(LearnedState.NONE, Floors.NONE, Optional.empty());
    arrive(scheduler, 100);
    now = now.plus(LINGER);
    assertThat(List.of(edit(scheduler), edit(scheduler), edit(scheduler), edit(scheduler)))
        .containsExactly(4, 8, 16, 32);
  }

  @Test
  void shouldKeepWindowsSmallAsLongAsTheirFactsDoNotHold() {
    ModelScheduler scheduler = scheduler(LearnedState.NONE, new Floors(0.9, 0), Optional.empty());
    arrive(scheduler, 60);
    for (int i = 0; i < 4; i++) {
      List<Waiting> window = room.take(close(scheduler, WorkerState.IDLE).cap());
      scheduler.handedOver(++sequence, WindowShape.of(window), now);
      report(scheduler, window.size(), window.size() > 4 ? 0.5 : 1, 0);
    }
    assertThat(close(scheduler, WorkerState.IDLE).cap().facts()).isLessThanOrEqualTo(8);
  }

  @Test
  void shouldCloseTheNextWindowWhenTheWorkerIsAboutToFinish() {
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, Optional.empty());
    arrive(scheduler, 1);
    Decision.Close first = close(scheduler, WorkerState.IDLE);
    scheduler.handedOver(1, WindowShape.of(room.take(first.cap())), now);
    arrive(scheduler, 1);
    assertThat(scheduler.decide(room, BUSY, now.plusMillis(300))).isEqualTo(Decision.WAIT);
    Decision ahead = scheduler.decide(room, BUSY, now.plusMillis(600));
    assertThat(ahead).isInstanceOf(Decision.Close.class);
    assertThat(((Decision.Close) ahead).reason()).isEqualTo(CloseReason.WORKER_IDLE);
  }

  /** It would only lie in the worker's queue, where nothing can join it any more. */
  @Test
  void shouldNotCloseAWindowByItsDeadlineWhileTheWorkerIsKnownToBeBusy() {
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, Optional.empty());
    arrive(scheduler, 100);
    now = now.plus(LINGER);
    Decision.Close first = close(scheduler, WorkerState.IDLE);
    scheduler.handedOver(1, WindowShape.of(room.take(first.cap())), now);
    assertThat(first.prediction().seconds().orElseThrow().mean()).isGreaterThan(6.5);
    arrive(scheduler, 1);
    assertThat(scheduler.decide(room, BUSY, now.plusMillis(5200))).isEqualTo(Decision.WAIT);
    assertThat(scheduler.decide(room, BUSY, now.plusSeconds(20)))
        .isInstanceOf(Decision.Close.class);
  }

  @Test
  void shouldCloseAWindowByItsDeadlineWhileNothingIsKnownOfTheWorker() {
    ModelScheduler scheduler = scheduler(LearnedState.NONE, Floors.NONE, Optional.empty());
    arrive(scheduler, 1);
    assertThat(scheduler.decide(room, BUSY, now.plusSeconds(4))).isEqualTo(Decision.WAIT);
    Decision late = scheduler.decide(room, BUSY, now.plusSeconds(5));
    assertThat(((Decision.Close) late).reason()).isEqualTo(CloseReason.DEADLINE);
  }

  @Test
  void shouldSayWhatItExpects() {
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, Optional.empty());
    arrive(scheduler, 5);
    Prediction prediction = close(scheduler, WorkerState.IDLE).prediction();
    assertThat(prediction.seconds().orElseThrow().mean()).isBetween(0.95, 1.05);
    assertThat(prediction.bytes().orElseThrow().mean())
        .isBetween(505.0 * (1 << 20), 515.0 * (1 << 20));
    assertThat(prediction.efficacy().orElseThrow().low()).isBetween(0.8, 1.0);
    assertThat(prediction.locality()).isEmpty();
  }

  @Test
  void shouldNotLetFactsWaitForCompanyThatDoesNotCome() {
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, Optional.empty());
    arrive(scheduler, 1);
    assertThat(scheduler.decide(room, WorkerState.IDLE, now)).isInstanceOf(Decision.Close.class);
  }

  @Test
  void shouldCutAWindowThatWouldPassTheMemory() {
    Optional<ByteSize> memory = Optional.of(ByteSize.parse("545MB"));
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, memory);
    arrive(scheduler, 60);
    Decision.Close close = close(scheduler, WorkerState.IDLE);
    assertThat(close.reason()).isEqualTo(CloseReason.MEMORY);
    assertThat(room.take(close.cap())).hasSizeBetween(5, 25);
    assertThat(close.prediction().bytes().orElseThrow().high())
        .isLessThanOrEqualTo((double) memory.orElseThrow().bytes());
  }

  @Test
  void shouldSendAnUrgentFactWhateverTheWorkerDoes() {
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, Optional.empty());
    room.add(new Waiting("u", 1, now, 100, 40, true, null));
    scheduler.arrived(now);
    Decision decision = scheduler.decide(room, new WorkerState(5), now);
    assertThat(((Decision.Close) decision).reason()).isEqualTo(CloseReason.URGENT);
  }

  @Test
  void shouldHaveTheModelDerivedAnewWhenNothingElseIsToDo() {
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, Optional.empty());
    for (int i = 0; i < 3; i++) {
      edited(scheduler, 1);
    }
    assertThat(scheduler.decide(room, WorkerState.IDLE, now)).isEqualTo(Decision.WAIT);
    now = now.plusSeconds(10);
    assertThat(scheduler.decide(room, WorkerState.IDLE, now))
        .isEqualTo(new Decision.Consolidate(ConsolidationCause.IDLE));
    scheduler.handedOver(++sequence, WindowShape.EMPTY, now);
    assertThat(scheduler.decide(room, BUSY, now)).isEqualTo(Decision.WAIT);
    report(scheduler, 0, 1, 0);
    now = now.plusSeconds(100);
    assertThat(scheduler.decide(room, WorkerState.IDLE, now)).isEqualTo(Decision.WAIT);
  }

  @Test
  void shouldAskForAConsolidationAgainWhenTheWorkerStartsAnewOrNoneCameOfIt() {
    ModelScheduler scheduler = scheduler(calibration(), Floors.NONE, Optional.empty());
    for (int i = 0; i < 3; i++) {
      edited(scheduler, 1);
    }
    askedWhenIdle(scheduler);
    scheduler.workerStarted(500L << 20);
    askedWhenIdle(scheduler);
    edited(scheduler, 1);
    edited(scheduler, 1);
    now = now.plusSeconds(100);
    assertThat(scheduler.decide(room, WorkerState.IDLE, now)).isEqualTo(Decision.WAIT);
    edited(scheduler, 1);
    askedWhenIdle(scheduler);
    ModelScheduler restarted = scheduler(scheduler.learned(), Floors.NONE, Optional.empty());
    now = now.plusSeconds(100);
    assertThat(restarted.decide(room, WorkerState.IDLE, now)).isEqualTo(Decision.WAIT);
    scheduler.finished(new Report(0, observation(0, 1, 1), 0, 10, true), now);
    scheduler.workerStarted(500L << 20);
    now = now.plusSeconds(100);
    assertThat(scheduler.decide(room, WorkerState.IDLE, now)).isEqualTo(Decision.WAIT);
  }

  /** Idle for long enough, it asks, and the worker takes note. */
  private void askedWhenIdle(ModelScheduler scheduler) {
    scheduler.decide(room, WorkerState.IDLE, now);
    now = now.plusSeconds(10);
    assertThat(scheduler.decide(room, WorkerState.IDLE, now))
        .isEqualTo(new Decision.Consolidate(ConsolidationCause.IDLE));
    scheduler.handedOver(++sequence, WindowShape.EMPTY, now);
    report(scheduler, 0, 1, 0);
  }

  @Test
  void shouldHaveTheModelDerivedAnewUnderLoadAfterManyWindowsOrWhenOldFactsFade() {
    ModelScheduler many = scheduler(calibration(), Floors.NONE, Optional.empty());
    for (int i = 0; i < 20; i++) {
      edited(many, 1);
    }
    arrive(many, 10);
    assertThat(many.decide(room, BUSY, now))
        .isEqualTo(new Decision.Consolidate(ConsolidationCause.WINDOWS));
    ModelScheduler fading = scheduler(calibration(), Floors.NONE, Optional.empty());
    for (int i = 0; i < 10; i++) {
      edited(fading, i < 3 ? 1 : 0.4);
    }
    assertThat(fading.decide(room, BUSY, now))
        .isEqualTo(new Decision.Consolidate(ConsolidationCause.RETEST));
  }

  private static ModelScheduler scheduler(
      LearnedState start, Floors floors, Optional<ByteSize> memory) {
    WindowCap cap = new WindowCap(128, ByteSize.parse("4MB"));
    return new ModelScheduler(
        new Objectives(cap, LINGER, Duration.ofSeconds(5), floors, memory, 4, RULE), start);
  }

  private static LearnedState calibration() {
    Learning learning = Learning.withoutForgetting();
    learning.observe(Observation.atRest(500L << 20), Floors.NONE);
    for (int i = 0; i < 4; i++) {
      for (int facts : new int[] {1, 4, 16, 64}) {
        learning.observe(observation(facts, 0.95, 1), Floors.NONE);
      }
    }
    learning.consolidated();
    return learning.state();
  }

  private void arrive(ModelScheduler scheduler, int facts) {
    for (int i = 0; i < facts; i++) {
      room.add(
          new Waiting(
              "f" + sequence + "-" + room.ready(), room.ready(), now, 100, 20, false, null));
      scheduler.arrived(now);
    }
  }

  private Decision.Close close(ModelScheduler scheduler, WorkerState worker) {
    Decision decision = scheduler.decide(room, worker, now);
    assertThat(decision).isInstanceOf(Decision.Close.class);
    return (Decision.Close) decision;
  }

  private int edit(ModelScheduler scheduler) {
    List<Waiting> window = room.take(close(scheduler, WorkerState.IDLE).cap());
    scheduler.handedOver(++sequence, WindowShape.of(window), now);
    report(scheduler, window.size(), 1, 1);
    return window.size();
  }

  private void edited(ModelScheduler scheduler, double retest) {
    scheduler.handedOver(++sequence, new WindowShape(1, 100, 40, 40), now);
    report(scheduler, 1, 1, retest);
  }

  private void report(ModelScheduler scheduler, int facts, double efficacy, double retest) {
    now = now.plusMillis(500 + 100L * facts);
    scheduler.finished(
        new Report(sequence, observation(facts, efficacy, retest), 0.1, 10, false), now);
  }

  private static Observation observation(int facts, double efficacy, double retest) {
    Effect effect =
        new Effect(
            facts == 0 ? Share.UNKNOWN : new Share(efficacy, facts),
            Share.UNKNOWN,
            Share.UNKNOWN,
            facts == 0 ? Share.UNKNOWN : new Share(retest, 10));
    WindowLoad load = new WindowLoad(facts, 10.0 * facts, facts == 0 ? 0 : 10);
    return new Observation(
        load, 0, 0.5 + 0.1 * facts, Map.of(), (500L << 20) + facts * (2L << 20), effect);
  }
}
