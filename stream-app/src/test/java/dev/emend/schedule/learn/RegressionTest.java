package dev.emend.schedule.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static final double[] PRECISIONS = {1e-4, 1e-4};

  @Property(tries = 100)
  void shouldNotDependOnTheOrderWhenNothingIsForgotten(@ForAll long seed) {
    Random random = new Random(seed);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double n = 1 + random.nextInt(60);
      rows.add(new double[] {n, (1 + 0.1 * n) * (1 + 0.05 * random.nextGaussian())});
    }
    Estimate forwards = learned(rows, 1).predict(new double[] {1, 30}, 1);
    Collections.shuffle(rows, random);
    Estimate shuffled = learned(rows, 1).predict(new double[] {1, 30}, 1);
    assertThat(shuffled.mean()).isCloseTo(forwards.mean(), within(1e-8));
    assertThat(shuffled.high()).isCloseTo(forwards.high(), within(1e-6));
  }

  @Test
  void shouldHoldNineteenOfTwentyBelowTheUpperEnd() {
    Random random = new Random(7);
    Regression model = new Regression(PRECISIONS, 0.97, 0.2);
    int below = 0;
    int tries = 2000;
    for (int i = -20; i < tries; i++) {
      double[] x = {1, 1 + random.nextInt(60)};
      double mean = 0.5 + 0.07 * x[1];
      double y = mean * (1 + 0.1 * random.nextGaussian());
      Estimate predicted = model.predict(x, 1 / (mean * mean));
      below += i >= 0 && y <= predicted.high() ? 1 : 0;
      model.observe(x, 1 / (y * y), y);
    }
    assertThat((double) below / tries).isBetween(0.93, 0.98);
  }

  @Test
  void shouldBelieveAWorkerThatHasBecomeThreeTimesSlower() {
    Random random = new Random(3);
    Regression model = new Regression(PRECISIONS, 0.97, 0.2);
    feed(model, random, 200, 1);
    feed(model, random, 5, 3);
    assertThat(model.mean(new double[] {1, 20})).isCloseTo(3 * (0.5 + 1.4), within(0.6));
  }

  @Test
  void shouldNotBelieveASingleStall() {
    Random random = new Random(3);
    Regression model = new Regression(PRECISIONS, 0.97, 0.2);
    feed(model, random, 200, 1);
    double before = model.mean(new double[] {1, 20});
    feed(model, random, 1, 10);
    feed(model, random, 1, 1);
    assertThat(model.mean(new double[] {1, 20})).isCloseTo(before, within(0.1 * before));
  }

  @Test
  void shouldRememberWhatSizesCostThoughOnlyOneIsSeenForDays() {
    Random random = new Random(5);
    Regression model = new Regression(PRECISIONS, 0.97, 0.2);
    feed(model, random, 100, 1);
    for (int i = 0; i < 5000; i++) {
      double y = (0.5 + 0.07 * 4) * (1 + 0.05 * random.nextGaussian());
      model.observe(new double[] {1, 4}, 1 / (y * y), y);
    }
    assertThat(model.mean(new double[] {1, 60})).isCloseTo(0.5 + 4.2, within(0.5));
  }

  private static void feed(Regression model, Random random, int windows, double slower) {
    for (int i = 0; i < windows; i++) {
      double[] x = {1, 1 + random.nextInt(60)};
      double y = slower * (0.5 + 0.07 * x[1]) * (1 + 0.05 * random.nextGaussian());
      model.observe(x, 1 / (y * y), y);
    }
  }

  private static Regression learned(List<double[]> rows, double keep) {
    // Noise of one second: no observation counts as an outlier, which would depend on the order.
    Regression model = new Regression(PRECISIONS, keep, 1);
    rows.forEach(row -> model.observe(new double[] {1, row[0]}, 1 / (row[1] * row[1]), row[1]));
    return model;
  }
}
