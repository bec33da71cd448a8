package dev.emend.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.emend.model.TorchModule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OptimiserTest {
  private static final ModelSize SIZE = new ModelSize(1, 32, 2, 128, 300, 16);
  private static final String BLOCK = "transformer.h.0.";
  private static final double RATE = 0.01;

  private NDManager manager;
  private TorchModule torch;
  private Workers workers;
  private TrainedWeights weights;
  private Optimiser optimiser;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    torch = TorchModule.load(manager, NetworkSource.of(SIZE));
    workers = new Workers(1);
    weights = TrainedWeights.fresh(manager, SIZE, 300, 1);
    TrainOptions options = TinyContent.options(10, false);
    optimiser = new Optimiser(manager, torch, weights, workers, options);
  }

  @AfterEach
  void close() {
    workers.close();
    torch.close();
    manager.close();
  }

  /** One batch of random-looking tokens through the network, backward. */
  private void collectGradients() {
    TrainingRow row =
        new TrainingRow.Builder(16).add(new int[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5}, 1).build();
    MicroBatch batch = MicroBatch.of(List.of(row), 1).get(0);
    Network network = new Network(manager, torch, SIZE, Precision.FLOAT32);
    workers.all(true, List.of(() -> network.learn(weights, batch, batch.weight())));
  }

  @Test
  void shouldMoveAMatrixAlongAnOrthogonalOne() {
    collectGradients();
    String name = BLOCK + "attn.c_proj.weight";
    double[][] before = matrix(weights.get(name));
    optimiser.update(0, RATE);
    double[][] after = matrix(weights.get(name));
    double[][] moved = new double[32][32];
    for (int i = 0; i < 32; i++) {
      for (int j = 0; j < 32; j++) {
        double decayed = before[i][j] * (1 - RATE * 0.01);
        moved[i][j] = (after[i][j] - decayed) / (RATE * 0.2 * Math.sqrt(32));
      }
    }
    // Five Newton-Schulz steps bring the large singular values into 0.7..1.2; the sum of their
    // squares is the squared Frobenius norm, at most 32 of them.
    double squares = 0;
    for (double[] line : moved) {
      for (double value : line) {
        squares += value * value;
      }
    }
    assertThat(squares).isBetween(5.0, 32 * 1.5);
    assertThat(largestSingularValue(moved)).isBetween(0.6, 1.3);
  }

  @Test
  void shouldMoveTheFirstStepOfAdamByTheRateAgainstTheGradientsSign() {
    collectGradients();
    NDArray bias = weights.get(BLOCK + "mlp.c_fc.bias");
    float[] before = bias.toFloatArray();
    float[] gradient = bias.getGradient().toFloatArray();
    optimiser.update(0, RATE);
    float[] after = bias.toFloatArray();
    for (int i = 0; i < before.length; i++) {
      if (Math.abs(gradient[i]) > 1e-4) {
        double expected = before[i] - RATE * Math.signum(gradient[i]);
        assertThat((double) after[i]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void shouldClearGradients() {
    collectGradients();
    assertThat(optimiser.update(0, RATE)).isPositive();
    for (String name : weights.names()) {
      assertThat(weights.get(name).getGradient().abs().sum().getFloat()).as(name).isZero();
    }
  }

  private static double[][] matrix(NDArray array) {
    float[] values = array.toFloatArray();
    double[][] matrix = new double[32][32];
    for (int i = 0; i < values.length; i++) {
      matrix[i / 32][i % 32] = values[i];
    }
    return matrix;
  }

  /** Power iteration. */
  private static double largestSingularValue(double[][] a) {
    double[] v = new double[a.length];
    Arrays.fill(v, 1);
    double length = 0;
    for (int step = 0; step < 200; step++) {
      double[] u = times(a, v, false);
      v = times(a, u, true);
      length = Math.sqrt(norm(v));
      double scale = norm(v);
      for (int i = 0; i < v.length; i++) {
        v[i] /= scale;
      }
    }
    return length;
  }

  private static double[] times(double[][] a, double[] v, boolean transposed) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        result[i] += (transposed ? a[j][i] : a[i][j]) * v[j];
      }
    }
    return result;
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }
}
