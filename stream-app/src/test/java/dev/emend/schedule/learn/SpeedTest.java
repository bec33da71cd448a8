package dev.emend.schedule.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final double NOISE = 0.1;

  @Property(tries = 200)
  void shouldBelieveANewSpeedAfterAFewWindows(
      @ForAll long seed, @ForAll @DoubleRange(min = 1.7, max = 10) double slower) {
    Random random = new Random(seed);
    Speed speed = steady(random, 50);
    for (int i = 0; i < 3; i++) {
      observe(speed, slower, random);
    }
    assertThat(speed.factor()).isCloseTo(slower, within(0.3 * slower));
  }

  @Property(tries = 200)
  void shouldBelieveAFasterWorkerAsSoon(@ForAll long seed) {
    Random random = new Random(seed);
    Speed speed = steady(random, 50);
    for (int i = 0; i < 3; i++) {
      observe(speed, 0.4, random);
    }
    assertThat(speed.factor()).isCloseTo(0.4, within(0.12));
  }

  @Property(tries = 200)
  void shouldNotBelieveASingleStall(@ForAll long seed) {
    Random random = new Random(seed);
    Speed speed = steady(random, 50);
    double before = speed.factor();
    observe(speed, 20, random);
    observe(speed, 1, random);
    observe(speed, 1, random);
    assertThat(speed.factor()).isCloseTo(before, within(0.3));
  }

  @Test
  void shouldSeldomTakeChanceForANewSpeed() {
    Random random = new Random(5);
    Speed speed = new Speed();
    int alarms = 0;
    for (int i = 0; i < 10_000; i++) {
      alarms += observe(speed, 1, random) ? 1 : 0;
    }
    assertThat(alarms).isLessThan(10);
    assertThat(speed.factor()).isCloseTo(1, within(0.2));
  }

  @Test
  void shouldGoOnAfterARestart() {
    Random random = new Random(6);
    Speed before = steady(random, 10);
    observe(before, 2, random);
    Speed after = new Speed();
    after.restore(before.numbers());
    assertThat(observe(after, 2, new Random(1))).isTrue();
    assertThat(observe(before, 2, new Random(1))).isTrue();
    assertThat(after.factor()).isEqualTo(before.factor());
  }

  /** What sizes cost beside each other is not learned anew because the worker is slower. */
  @Test
  void shouldCarryTheNewSpeedOverToSizesThatWereNotSeenSince() {
    Learning learning = Learning.from(LearnedState.NONE);
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      learning.observe(window(1 + random.nextInt(60), 1, random), Floors.NONE);
    }
    for (int i = 0; i < 4; i++) {
      learning.observe(window(3, 3, random), Floors.NONE);
    }
    double expected = 3 * (0.5 + 0.05 * 60);
    assertThat(learning.latency().seconds(load(60)).mean())
        .isCloseTo(expected, within(0.2 * expected));
  }

  private static Speed steady(Random random, int windows) {
    Speed speed = new Speed();
    for (int i = 0; i < windows; i++) {
      observe(speed, 1, random);
    }
    return speed;
  }

  private static boolean observe(Speed speed, double slower, Random random) {
    return speed.observe(slower * Math.exp(NOISE * random.nextGaussian()), NOISE * NOISE);
  }

  private static Observation window(int facts, double slower, Random random) {
    double seconds = slower * (0.5 + 0.05 * facts) * Math.exp(0.05 * random.nextGaussian());
    return new Observation(load(facts), 0, seconds, Map.of(), 0, Effect.UNKNOWN);
  }

  private static WindowLoad load(int facts) {
    return new WindowLoad(facts, 12.0 * facts, 16);
  }
}
