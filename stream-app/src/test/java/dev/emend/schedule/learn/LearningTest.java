package dev.emend.schedule.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearningTest {
  private static final WindowLoad LOAD = new WindowLoad(20, 240, 18);

  @Test
  void shouldPredictTheSameAfterARestart() {
    Learning before = Learning.from(LearnedState.NONE);
    before.observe(Observation.atRest(400L << 20), Floors.NONE);
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      before.observe(window(1 + random.nextInt(40), random), Floors.NONE);
    }
    before.observeTokens(4000, 90, LOAD);
    before.observeTransit(0.3);
    before.stockIs(321);

    Learning after = Learning.from(before.state());

    assertThat(after.state()).isEqualTo(before.state());
    assertThat(after.latency().seconds(LOAD)).isEqualTo(before.latency().seconds(LOAD));
    assertThat(after.memory().bytes(LOAD)).isEqualTo(before.memory().bytes(LOAD));
    assertThat(after.effect().efficacy().share(20, 321))
        .isEqualTo(before.effect().efficacy().share(20, 321));
    assertThat(after.stock()).isEqualTo(321);
    assertThat(after.growth().proven()).isEqualTo(before.growth().proven());
    assertThat(after.fading().windows()).isEqualTo(40);
  }

  @Test
  void shouldTakeForgottenAndBrokenNumbersForNothingLearned() {
    LearnedState broken =
        new LearnedState(
            Map.of("latency", List.of(1.0), "memory", List.of(Double.NaN), "later", List.of(7.0)));
    assertThat(Learning.from(broken).latency().learned()).isFalse();
    assertThat(Learning.from(broken).memory().learned()).isFalse();
  }

  @Test
  void shouldLearnEveryPhase() {
    Learning learning = Learning.withoutForgetting();
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      learning.observe(window(1 + random.nextInt(40), random), Floors.NONE);
    }
    double seconds = 0.2 + 0.05 * 20 + 0.001 * 240;
    assertThat(learning.latency().seconds(LOAD).mean()).isCloseTo(seconds, within(0.05));
    assertThat(learning.latency().seconds(LOAD, Phase.TARGETS))
        .isCloseTo(0.8 * seconds, within(0.05));
    assertThat(learning.latency().seconds(LOAD, Phase.SOLVE)).isCloseTo(0, within(1e-6));
  }

  @Test
  void shouldNeverPredictNegativeTimesFromWindowsOfOneSize() {
    Learning learning = Learning.withoutForgetting();
    for (int i = 0; i < 20; i++) {
      learning.observe(window(30, new Random(i)), Floors.NONE);
    }
    WindowCost cost = learning.latency().cost();
    assertThat(cost.perWindow()).isNotNegative();
    assertThat(cost.perFact()).isNotNegative();
    assertThat(learning.latency().seconds(new WindowLoad(1, 12, 18)).low()).isNotNegative();
  }

  @Test
  void shouldGrowToTwiceWhatWentWellAndShrinkOnceItDoesNot() {
    Growth growth = new Growth();
    assertThat(growth.most(4)).isEqualTo(4);
    growth.observe(4, true);
    assertThat(growth.most(4)).isEqualTo(8);
    growth.observe(8, true);
    growth.observe(8, false);
    assertThat(growth.proven()).isEqualTo(4);
    assertThat(growth.most(4)).isEqualTo(8);
  }

  @Test
  void shouldNoticeThatOlderFactsFadeButNotThatFewWereAsked() {
    Fading fading = new Fading();
    for (int i = 0; i < 3; i++) {
      fading.observe(new Share(1, 10));
    }
    fading.observe(new Share(0.9, 10));
    assertThat(fading.surelyFallen()).isNegative();
    for (int i = 0; i < 6; i++) {
      fading.observe(new Share(0.6, 10));
    }
    assertThat(fading.surelyFallen()).isGreaterThan(0.1);
    fading.consolidated();
    assertThat(fading.windows()).isZero();
    assertThat(fading.surelyFallen()).isNegative();
  }

  private static Observation window(int facts, Random random) {
    WindowLoad load = new WindowLoad(facts, 12.0 * facts, 18);
    double seconds =
        (0.2 + 0.05 * facts + 0.001 * load.tokens()) * (1 + 0.02 * random.nextGaussian());
    Share share = new Share(0.9, facts);
    return new Observation(
        load,
        100,
        seconds,
        Map.of(Phase.TARGETS, 0.8 * seconds, Phase.KEYS, 0.2 * seconds, Phase.SOLVE, 0.0),
        (500L << 20) + ((long) facts << 20),
        new Effect(share, share, share, share));
  }
}
