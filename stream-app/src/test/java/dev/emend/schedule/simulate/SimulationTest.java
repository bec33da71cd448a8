package dev.emend.schedule.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.emend.schedule.ConsolidationRule;
import dev.emend.schedule.ModelScheduler;
import dev.emend.schedule.Objectives;
import dev.emend.schedule.WindowCap;
import dev.emend.schedule.WindowScheduler;
import dev.emend.schedule.learn.Effect;
import dev.emend.schedule.learn.Estimate;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Learning;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.Share;
import dev.emend.schedule.learn.WindowLoad;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The worker takes a tenth of a second for a window and 60 ms for a fact. */
class SimulationTest {
  private static final WindowCap CAP = new WindowCap(128, ByteSize.parse("4MB"));
  private static final LearnedState CALIBRATION = calibration();
  private static final double CAPACITY = 128 / (0.1 + 0.06 * 128);

  @Property(tries = 20)
  void shouldServeEveryFactAndRepeatItselfWithTheSameSeed(
      @ForAll long seed, @ForAll Pattern chosen) {
    double[] arrivals = chosen.arrivals(CAPACITY, chosen.seconds(150, CAPACITY), new Random(seed));
    Tape once = run(scheduler(Floors.NONE, CALIBRATION), arrivals, seed);
    Tape again = run(scheduler(Floors.NONE, CALIBRATION), arrivals, seed);
    assertThat(once.facts()).isEqualTo(arrivals.length);
    assertThat(once.windows()).isEqualTo(again.windows());
    if (arrivals.length > 0) {
      assertThat(once.latency(0.99)).isEqualTo(again.latency(0.99));
    }
  }

  /** Two thirds of the capacity leave a deadline of five seconds room. */
  @Property(tries = 20)
  void shouldMeetTheStalenessWhereCapacityAllows(@ForAll long seed) {
    double[] arrivals =
        Pattern.STEADY_60.arrivals(
            CAPACITY, Pattern.STEADY_60.seconds(400, CAPACITY), new Random(seed));
    Tape tape = run(scheduler(Floors.NONE, CALIBRATION), arrivals, seed);
    assertThat(tape.latency(1)).isLessThan(5);
  }

  @Test
  void shouldPredictWhatComes() {
    double[] arrivals =
        Pattern.STEADY_60.arrivals(
            CAPACITY, Pattern.STEADY_60.seconds(1500, CAPACITY), new Random(4));
    List<Tape.Window> windows = run(scheduler(Floors.NONE, CALIBRATION), arrivals, 4).windows();
    long below = windows.stream().filter(w -> w.went().seconds() <= expected(w).high()).count();
    assertThat((double) below / windows.size()).isBetween(0.9, 1.0);
    double ratio =
        windows.stream()
            .mapToDouble(w -> w.went().seconds() / expected(w).mean())
            .average()
            .orElseThrow();
    assertThat(ratio).isCloseTo(1, within(0.05));
  }

  @Test
  void shouldKeepTheEffectAboveItsFloorUnderOverload() {
    double[] arrivals =
        Pattern.OVERLOAD.arrivals(
            CAPACITY, Pattern.OVERLOAD.seconds(1500, CAPACITY), new Random(9));
    Tape bounded = run(scheduler(new Floors(0.85, 0), CALIBRATION), arrivals, 9);
    Tape free = run(scheduler(Floors.NONE, CALIBRATION), arrivals, 9);
    assertThat(largest(free)).isGreaterThan(60);
    assertThat(largest(bounded)).isLessThan(60);
    assertThat(bounded.facts()).isEqualTo(free.facts());
  }

  @Test
  void shouldNotLoseAgainstWhatIsFixedInHindsight() {
    ScheduleBench bench =
        new ScheduleBench(objectives(Floors.NONE), CALIBRATION, Setting.STANDARD, 15);
    for (Pattern pattern : List.of(Pattern.STEADY_60, Pattern.STEADY_90, Pattern.SLOWDOWN)) {
      BenchRow row = bench.run(pattern, List.of(1L, 2L));
      assertThat(row.latencyRatio()).as("p99 of %s", row).isLessThanOrEqualTo(1.1);
      assertThat(row.throughputRatio()).as("throughput of %s", row).isGreaterThanOrEqualTo(0.95);
    }
  }

  /** What breaks the floor is no opponent, however fast; what remains keeps it. */
  @Test
  void shouldHoldAllToTheSameFloors() {
    Objectives floored = objectives(new Floors(0.85, 0));
    BenchRow row =
        new ScheduleBench(floored, CALIBRATION, Setting.STANDARD, 15)
            .run(Pattern.BURSTS, List.of(1L, 2L));
    assertThat(row.best().broken()).isLessThanOrEqualTo(0.01);
    assertThat(row.calibrated().broken()).as("windows below the floor").isLessThanOrEqualTo(0.05);
    assertThat(row.latencyRatios()).hasSize(2);
    assertThat(row.latencyRatio()).isLessThanOrEqualTo(1.1);
  }

  private static Estimate expected(Tape.Window window) {
    return window.prediction().seconds().orElseThrow();
  }

  private static int largest(Tape tape) {
    return tape.windows().stream().mapToInt(w -> w.went().load().facts()).max().orElseThrow();
  }

  private static Tape run(WindowScheduler scheduler, double[] arrivals, long seed) {
    SimulatedWorker worker = new SimulatedWorker(CALIBRATION, 0.1, seed);
    return new Simulation(scheduler, worker, Setting.STANDARD, second -> 1, seed).run(arrivals);
  }

  private static ModelScheduler scheduler(Floors floors, LearnedState start) {
    return new ModelScheduler(objectives(floors), start);
  }

  private static Objectives objectives(Floors floors) {
    return new Objectives(
        CAP,
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        floors,
        Optional.empty(),
        8,
        ConsolidationRule.NEVER);
  }

  private static LearnedState calibration() {
    Learning learning = Learning.withoutForgetting();
    for (int i = 0; i < 5; i++) {
      for (int facts : new int[] {1, 2, 4, 8, 16, 32, 64, 128}) {
        Share efficacy = new Share(facts <= 16 ? 0.95 : facts <= 64 ? 0.85 : 0.7, facts);
        learning.observe(
            new Observation(
                new WindowLoad(facts, 14.0 * facts, 20),
                0,
                0.1 + 0.06 * facts,
                Map.of(),
                0,
                new Effect(efficacy, Share.UNKNOWN, Share.UNKNOWN, Share.UNKNOWN)),
            Floors.NONE);
      }
    }
    return learning.state();
  }
}
