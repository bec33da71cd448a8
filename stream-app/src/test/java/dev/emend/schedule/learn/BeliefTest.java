package dev.emend.schedule.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BeliefTest {
  private static final double[] RIDGE = {0.01, 0.02, 0.03};

  @Property(tries = 100)
  void shouldEqualLeastSquaresOverAllObservationsAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = new double[30][];
    double[] y = new double[30];
    double[] weights = new double[30];
    Belief belief = Belief.of(new double[3], RIDGE);
    for (int i = 0; i < x.length; i++) {
      x[i] = new double[] {1, random.nextInt(100), random.nextGaussian()};
      y[i] = 3 + 2 * x[i][1] - x[i][2] + random.nextGaussian();
      weights[i] = 0.1 + random.nextDouble();
      belief.learn(x[i], weights[i], y[i]);
    }
    assertThat(belief.mean())
        .containsExactly(Dense.leastSquares(x, weights, y, RIDGE), within(1e-8));
  }

  @Property(tries = 100)
  void shouldNotFindABetterNonNegativePointBySearchingForIt(@ForAll long seed) {
    Random random = new Random(seed);
    Belief belief = Belief.of(new double[] {0, 0, 0}, new double[] {1, 1, 1});
    for (int i = 0; i < 5; i++) {
      double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      belief.learn(x, 1, 3 * random.nextGaussian());
    }
    double[] best = belief.nonNegativeMean(1);
    assertThat(best[1]).isNotNegative();
    assertThat(best[2]).isNotNegative();
    double[] mean = belief.mean();
    for (int i = 0; i < 300; i++) {
      double[] other = best.clone();
      other[0] += 0.1 * random.nextGaussian();
      other[1] = Math.max(0, other[1] + 0.1 * random.nextGaussian());
      other[2] = Math.max(0, other[2] + 0.1 * random.nextGaussian());
      assertThat(distance(belief, other, mean))
          .isGreaterThanOrEqualTo(distance(belief, best, mean) - 1e-9);
    }
  }

  @Test
  void shouldForgetOnlyInTheDirectionOfWhatComes() {
    Belief belief = Belief.of(new double[] {1, 2}, new double[] {100, 50});
    double[] along = {1, 4};
    double before = belief.variance(along);
    belief.forget(along, 0.5);
    assertThat(belief.mean()).containsExactly(new double[] {1, 2}, within(1e-12));
    // The inverse of P - (1 - keep) P x x^T P / (x^T P x), by Sherman and Morrison.
    assertThat(belief.variance(along)).isCloseTo(before + 17 * 17 / 900.0, within(1e-12));
    double[] across = {4, -1};
    assertThat(belief.variance(across)).isCloseTo(16 / 100.0 + 1 / 50.0, within(1e-12));
  }

  @Test
  void shouldStaySolvableWhenTheSameIsSeenForEver() {
    Belief belief = Belief.of(new double[2], new double[] {1e-4, 1e-4});
    belief.learn(new double[] {1, 1}, 1, 3);
    belief.learn(new double[] {1, 9}, 1, 19);
    double[] line = belief.mean();
    for (int i = 0; i < 10_000; i++) {
      belief.forget(new double[] {1, 5}, 0.97);
      belief.learn(new double[] {1, 5}, 1, 11);
    }
    assertThat(belief.mean()).containsExactly(line, within(1e-2));
  }

  private static double distance(Belief belief, double[] from, double[] to) {
    double[] step = new double[from.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = from[i] - to[i];
    }
    // The precision times a vector, out of the numbers that a store keeps.
    double[] numbers = belief.numbers();
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        sum += step[i] * numbers[3 + 3 * i + j] * step[j];
      }
    }
    return sum;
  }
}
