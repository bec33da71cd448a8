package dev.emend.schedule.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShareModelTest {
  @Test
  void shouldFindTheShareBehindTheCounts() {
    Random random = new Random(11);
    ShareModel model = new ShareModel("efficacy", 1);
    for (int i = 0; i < 400; i++) {
      int facts = 1 + random.nextInt(100);
      int stock = random.nextInt(800);
      model.observe(facts, stock, drawn(random, truth(facts, stock), facts));
    }
    for (int facts : new int[] {1, 10, 100}) {
      for (int stock : new int[] {0, 400, 800}) {
        Estimate share = model.share(facts, stock);
        assertThat(share.mean()).isCloseTo(truth(facts, stock), within(0.03));
        assertThat(share.high() - share.low()).isLessThan(0.1);
      }
    }
  }

  @Property(tries = 200)
  void shouldNeverRiseWithSizeOrStock(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int facts) {
    Random random = new Random(seed);
    ShareModel model = new ShareModel("efficacy", 0.98);
    for (int i = 0; i < 20; i++) {
      int size = 1 + random.nextInt(64);
      model.observe(size, random.nextInt(500), new Share(random.nextDouble(), size));
    }
    double share = model.share(facts, 100).mean();
    assertThat(share).isBetween(0.0, 1.0);
    assertThat(model.share(facts + 1, 100).mean()).isLessThanOrEqualTo(share + 1e-12);
    assertThat(model.share(facts, 200).mean()).isLessThanOrEqualTo(share + 1e-12);
  }

  /** The oracle climbs to the top of the posterior of all counts at once, by plain Newton steps. */
  @Test
  void shouldComeCloseToTheMostLikelyCoefficientsOfAllCountsTogether() {
    Random random = new Random(5);
    ShareModel model = new ShareModel("efficacy", 1);
    double[][] x = new double[60][];
    double[] trials = new double[60];
    double[] hits = new double[60];
    for (int i = 0; i < 60; i++) {
      int facts = 1 + random.nextInt(60);
      int stock = random.nextInt(600);
      Share share = drawn(random, truth(facts, stock), facts);
      model.observe(facts, stock, share);
      x[i] = new double[] {1, -Math.sqrt(facts / 32.0), -Math.sqrt(stock / 256.0)};
      trials[i] = share.asked();
      hits[i] = share.hits();
    }
    double[] top = newton(x, trials, hits);
    double logit = top[0] - top[1] * Math.sqrt(30 / 32.0) - top[2] * Math.sqrt(300 / 256.0);
    assertThat(model.share(30, 300).mean()).isCloseTo(1 / (1 + Math.exp(-logit)), within(0.01));
  }

  private static double[] newton(double[][] x, double[] trials, double[] hits) {
    double[] mean = {2, 0.3, 0.3};
    double[] ridge = {0.5, 2, 2};
    double[] beta = mean.clone();
    for (int step = 0; step < 50; step++) {
      double[][] hessian = new double[3][3];
      double[] gradient = new double[3];
      for (int i = 0; i < 3; i++) {
        hessian[i][i] = ridge[i];
        gradient[i] = -ridge[i] * (beta[i] - mean[i]);
      }
      for (int row = 0; row < x.length; row++) {
        double p =
            1 / (1 + Math.exp(-(x[row][0] * beta[0] + x[row][1] * beta[1] + x[row][2] * beta[2])));
        for (int i = 0; i < 3; i++) {
          gradient[i] += (hits[row] - trials[row] * p) * x[row][i];
          for (int j = 0; j < 3; j++) {
            hessian[i][j] += trials[row] * p * (1 - p) * x[row][i] * x[row][j];
          }
        }
      }
      double[] move = Dense.solve(hessian, gradient);
      for (int i = 0; i < 3; i++) {
        beta[i] += move[i];
      }
    }
    return beta;
  }

  private static double truth(int facts, int stock) {
    double logit = 3 - 0.6 * Math.sqrt(facts / 32.0) - 0.8 * Math.sqrt(stock / 256.0);
    return 1 / (1 + Math.exp(-logit));
  }

  private static Share drawn(Random random, double share, int asked) {
    int hits = 0;
    for (int i = 0; i < asked; i++) {
      hits += random.nextDouble() < share ? 1 : 0;
    }
    return new Share((double) hits / asked, asked);
  }
}
