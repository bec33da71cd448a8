package dev.emend.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BoundedAdamTest {
  @Test
  void shouldFollowThePublishedRule() {
    Random random = new Random(4);
    MethodOptions.Descent numbers = new MethodOptions.Descent(1, 0.01, Double.POSITIVE_INFINITY);
    BoundedAdam adam = new BoundedAdam(new float[] {1, -2, 0.5f}, numbers);
    double[] expected = {1, -2, 0.5};
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= 6; t++) {
      float[] gradient = new float[3];
      for (int i = 0; i < 3; i++) {
        gradient[i] = (float) random.nextGaussian();
        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
        double first = m[i] / (1 - Math.pow(0.9, t));
        double second = v[i] / (1 - Math.pow(0.999, t));
        expected[i] -= 0.01 * first / (Math.sqrt(second) + 1e-8);
      }
      float[] moved = adam.step(gradient);
      for (int i = 0; i < 3; i++) {
        assertThat((double) moved[i]).as("step %d", t).isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @Test
  void shouldStayWithinTheBound() {
    BoundedAdam adam = new BoundedAdam(new float[] {1, 1}, new MethodOptions.Descent(1, 0.5, 0.1));
    adam.step(new float[] {3, -3});
    assertThat(adam.step(new float[] {3, -3})).containsExactly(0.9f, 1.1f);
  }
}
