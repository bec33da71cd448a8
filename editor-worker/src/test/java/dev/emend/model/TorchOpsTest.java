package dev.emend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values against plain Java, gradients against finite differences in float64. */
final class TorchOpsTest {
  private static final int ROWS = 3;
  private static final int WIDTH = 4;

  private static NDManager manager;
  private static TorchOps ops;

  @BeforeAll
  static void open() {
    manager = NDManager.newBaseManager();
    ops = TorchOps.open(manager, new TorchConstants(1e-5, 4, 1));
  }

  @AfterAll
  static void close() {
    ops.close();
    manager.close();
  }

  @Test
  void shouldGiveTheGradientsOfFiniteDifferences() {
    NDArray targets = longs(2, 0, 3);
    NDArray gain = doubles(1.5, -0.5, 2, 1);
    NDArray bias = doubles(0.1, 0.2, 0.3, 0.4);
    NDArray other = ops.logSoftmax(doubles(values(5)).reshape(ROWS, WIDTH));
    assertGradient("log_softmax", ops::logSoftmax);
    assertGradient("log_probability", x -> ops.logProbability(x, targets));
    assertGradient("cross_entropy", x -> ops.crossEntropy(x, targets));
    assertGradient("cross_entropy_rows", x -> ops.crossEntropyRows(x, targets));
    assertGradient("divergence", x -> ops.divergence(ops.logSoftmax(x), other));
    assertGradient("layer_norm", x -> ops.call("layer_norm", x, gain, bias));
    assertGradient("rms_norm", x -> ops.call("rms_norm", x, gain));
    assertGradient("gelu_tanh", x -> ops.call("gelu_tanh", x));
    assertGradient("gelu", x -> ops.call("gelu", x));
    assertGradient("silu", x -> ops.call("silu", x));
    assertGradient("select", x -> ops.select(x, longs(2, 2, 0)));
    assertGradient("copy", ops::copy);
    assertGradient("add_first", x -> ops.addToFirst(x.reshape(ROWS, 1, WIDTH), x));
    assertGradient("attend_plain", x -> attention("attend_plain", x));
    assertGradient("attend", x -> attention("attend", x));
  }

  @Test
  void shouldAttendTheSamePastWithAndWithoutAMask() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = doubles(values(3)).reshape(1, 1, ROWS, WIDTH);
      double[] causal = ops.attendCausal(x, x, x).toDoubleArray();
      assertClose(ops.attend(x, x, x, causalMask()).toDoubleArray(), causal);
      assertClose(ops.call("attend_plain", x, x, x, causalMask()).toDoubleArray(), causal);
    }
  }

  @Test
  void shouldIgnoreAbsentTargets() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = doubles(values(4)).reshape(ROWS, WIDTH);
      double[] rows = ops.crossEntropyRows(x, longs(1, -100, 2)).toDoubleArray();
      assertThat(rows[1]).isZero();
      double mean = ops.crossEntropy(x, longs(1, -100, 2)).getDouble();
      assertThat(mean).isCloseTo((rows[0] + rows[2]) / 2, within(1e-12));
    }
  }

  @Test
  void shouldLetGradientsThroughCasts() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = NativeArrays.floats(manager, new float[] {1.001f, -2.5f, 3}, 3);
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray rounded = ops.toFloat32(ops.toBfloat16(x));
        NDArray y = ops.toFloat64(ops.toFloat16(rounded).sum());
        collector.backward(y);
        assertThat(rounded.toFloatArray()).containsExactly(1, -2.5f, 3);
      }
      assertThat(x.getGradient().toFloatArray()).containsOnly(1);
    }
  }

  private static NDArray attention(String operation, NDArray x) {
    NDArray heads = x.reshape(1, 1, ROWS, WIDTH);
    return ops.call(operation, heads, heads, heads, causalMask());
  }

  private static NDArray causalMask() {
    double[] mask = new double[ROWS * ROWS];
    for (int t = 0; t < ROWS; t++) {
      for (int s = t + 1; s < ROWS; s++) {
        mask[t * ROWS + s] = Double.NEGATIVE_INFINITY;
      }
    }
    return doubles(mask).reshape(1, 1, ROWS, ROWS);
  }

  private static void assertGradient(String name, Function<NDArray, NDArray> operation) {
    double[] at = values(6);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = doubles(at).reshape(ROWS, WIDTH).duplicate();
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(weighted(operation.apply(x)));
      }
      double[] gradient = x.getGradient().toDoubleArray();
      for (int i = 0; i < at.length; i++) {
        double numeric = (moved(operation, at, i, 1e-5) - moved(operation, at, i, -1e-5)) / 2e-5;
        assertThat(gradient[i]).as(name + " " + i).isCloseTo(numeric, within(1e-7));
      }
    }
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).containsExactly(expected, within(1e-12));
  }

  private static double moved(
      Function<NDArray, NDArray> operation, double[] at, int coordinate, double step) {
    double[] values = at.clone();
    values[coordinate] += step;
    return weighted(operation.apply(doubles(values).reshape(ROWS, WIDTH))).getDouble();
  }

  /** A sum in which every value counts differently. */
  private static NDArray weighted(NDArray y) {
    NDArray flat = y.flatten();
    double[] weights = new double[Math.toIntExact(flat.size())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.sin(i + 1) + 0.3;
    }
    return flat.mul(doubles(weights)).sum();
  }

  private static double[] values(long seed) {
    return new Random(seed).doubles(ROWS * WIDTH, -1.5, 1.5).toArray();
  }

  private static NDArray doubles(double... values) {
    return manager.create(values).duplicate();
  }

  private static NDArray longs(long... values) {
    return NativeArrays.longs(manager, values, values.length);
  }
}
