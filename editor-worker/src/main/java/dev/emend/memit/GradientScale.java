package dev.emend.memit;

import java.util.Arrays;

/**
 * How large each value of a gradient usually is, over the facts so far: dividing by it keeps the
 * few values that are large for every fact from giving all deltas the same direction. Counts each
 * gradient with the length one, and starts as if some had had equal values, so that the first facts
 * are left nearly as they are. Not thread-safe.
 */
final class GradientScale {
  private static final double FACTS_BEFORE = 10;

  private final double[] squares;
  private double facts = FACTS_BEFORE;

  GradientScale(int width) {
    squares = new double[width];
    Arrays.fill(squares, FACTS_BEFORE / width);
  }

  /**
   * Takes the gradients of some facts, one after the other, into account and divides each by what
   * is known up to then: the same in whatever groups facts come.
   */
  void scale(float[] gradients) {
    int width = squares.length;
    for (int from = 0; from < gradients.length; from += width) {
      count(gradients, from);
      for (int i = 0; i < width; i++) {
        gradients[from + i] /= (float) Math.sqrt(squares[i] / facts);
      }
    }
  }

  private void count(float[] gradients, int from) {
    double length = 0;
    for (int i = 0; i < squares.length; i++) {
      length += (double) gradients[from + i] * gradients[from + i];
    }
    if (length > 0 && Double.isFinite(length)) {
      for (int i = 0; i < squares.length; i++) {
        squares[i] += gradients[from + i] * (double) gradients[from + i] / length;
      }
      facts++;
    }
  }
}
