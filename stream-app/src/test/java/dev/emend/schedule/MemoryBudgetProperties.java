package dev.emend.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.emend.schedule.learn.Effect;
import dev.emend.schedule.learn.Floors;
import dev.emend.schedule.learn.LearnedState;
import dev.emend.schedule.learn.Observation;
import dev.emend.schedule.learn.WindowLoad;
import dev.emend.size.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MemoryBudgetProperties {
  private static final double MEGABYTE = 1 << 20;
  private static final int LETTERS_PER_TOKEN = 2;

  /**
   * Where memory is what the scheduler takes it for, no window ever passes the budget, also not
   * while nothing is known yet; only a single fact may, because it cannot be cut.
   */
  @Property(tries = 150)
  void shouldNeverPassTheBudget(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 20) int perFact,
      @ForAll @IntRange(min = 0, max = 8) int perFactAndLongest,
      @ForAll @IntRange(min = 50, max = 1500) int room) {
    Random random = new Random(seed);
    double rest = 400 * MEGABYTE;
    double budget = rest + room * MEGABYTE;
    ModelScheduler scheduler = scheduler(budget);
    scheduler.workerStarted(Math.round(rest));
    WaitingRoom waiting = new WaitingRoom();
    Instant now = Instant.EPOCH;
    long arrivals = 0;
    for (long sequence = 1; sequence <= 40; sequence++) {
      for (int i = random.nextInt(80); i >= 0; i--) {
        int letters = LETTERS_PER_TOKEN * (5 + random.nextInt(60));
        waiting.add(new Waiting("f" + arrivals, arrivals++, now, 100, letters, false, null));
      }
      now = now.plusSeconds(60);
      Decision decision = scheduler.decide(waiting, WorkerState.IDLE, now);
      WindowShape shape = WindowShape.of(take(waiting, decision));
      double longest = (double) shape.longest() / LETTERS_PER_TOKEN;
      double extra = perFact * shape.facts() + perFactAndLongest * shape.facts() * longest / 64;
      double peak = rest + MEGABYTE * extra;
      assertThat(shape.facts() == 1 || peak <= budget)
          .as(
              "window %d of %s needs %.0f of %.0f MB",
              sequence, shape, peak / MEGABYTE, budget / MEGABYTE)
          .isTrue();
      scheduler.handedOver(sequence, shape, now);
      scheduler.finished(new Report(sequence, went(shape, peak), 0.1, arrivals, false), now);
    }
  }

  private static List<Waiting> take(WaitingRoom waiting, Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Close.class);
    return waiting.take(((Decision.Close) decision).cap());
  }

  private static Observation went(WindowShape shape, double peak) {
    WindowLoad load =
        new WindowLoad(
            shape.facts(),
            (double) shape.letters() / LETTERS_PER_TOKEN,
            (double) shape.longest() / LETTERS_PER_TOKEN);
    return new Observation(load, 0, 1, Map.of(), Math.round(peak), Effect.UNKNOWN);
  }

  private static ModelScheduler scheduler(double budget) {
    return new ModelScheduler(
        new Objectives(
            new WindowCap(64, ByteSize.parse("4MB")),
            Duration.ZERO,
            Duration.ofSeconds(5),
            Floors.NONE,
            Optional.of(new ByteSize(Math.round(budget))),
            8,
            ConsolidationRule.NEVER),
        LearnedState.NONE);
  }
}
