package dev.emend.delta;

import dev.emend.event.WeightLayout;
import java.util.List;
import java.util.Objects;

/**
 * The shape of a weight matrix together with which side is which: a linear layer stores (out x in),
 * GPT-2's Conv1D stores (in x out). The layout is stated, never guessed from the sizes.
 *
 * @param layout which side comes first in storage
 * @param out size of the layer's output
 * @param in size of the layer's input
 */
public record MatrixShape(WeightLayout layout, int out, int in) {
  /** Refuses sizes below one and matrices that no array holds. */
  public MatrixShape {
    Objects.requireNonNull(layout, "layout");
    if (out < 1 || in < 1 || (long) out * in > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no matrix of " + out + " x " + in + " elements");
    }
  }

  /**
   * Reads a stored shape.
   *
   * @throws IllegalArgumentException if it has not two sizes
   */
  public static MatrixShape of(WeightLayout layout, List<Long> stored) {
    if (stored.size() != 2) {
      throw new IllegalArgumentException("a matrix has two sizes, not " + stored);
    }
    int rows = size(stored.get(0));
    int columns = size(stored.get(1));
    return layout == WeightLayout.OUT_IN
        ? new MatrixShape(layout, rows, columns)
        : new MatrixShape(layout, columns, rows);
  }

  private static int size(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no matrix has a side of " + size);
    }
    return (int) size;
  }

  /** Number of stored rows. */
  public int rows() {
    return layout == WeightLayout.OUT_IN ? out : in;
  }

  /** Number of stored columns. */
  public int columns() {
    return layout == WeightLayout.OUT_IN ? in : out;
  }

  /** Number of elements. */
  public int elements() {
    return out * in;
  }
}
