package dev.emend.delta;

import dev.emend.event.WeightLayout;

/** The definition of the update, element by element: the oracle of the fast kernel. */
final class NaiveUpdate {
  private NaiveUpdate() {}

  static float[] apply(float[] weight, MatrixShape shape, LowRankFactors factors) {
    float[] result = weight.clone();
    for (int r = 0; r < factors.rank(); r++) {
      for (int o = 0; o < shape.out(); o++) {
        for (int i = 0; i < shape.in(); i++) {
          float product =
              factors.resid().get(r * shape.out() + o) * factors.adj().get(r * shape.in() + i);
          result[index(shape, o, i)] += product;
        }
      }
    }
    return result;
  }

  private static int index(MatrixShape shape, int o, int i) {
    return shape.layout() == WeightLayout.OUT_IN ? o * shape.in() + i : i * shape.out() + o;
  }
}
