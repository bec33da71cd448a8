package dev.emend.method;

import java.util.Objects;
import java.util.Optional;

/**
 * What can be set for the methods, beside the numbers of the editor that all of them share.
 *
 * @param window facts that a method edits together; each has its own default
 * @param consolidate whether memit-mass consolidates after every window
 * @param projection AlphaEdit's
 * @param descent fine-tuning's
 */
public record MethodOptions(
    Optional<Integer> window, boolean consolidate, Projection projection, Descent descent) {

  /** As published: AlphaEdit for models of billions of parameters, fine-tuning for GPT-2 XL. */
  public static final MethodOptions PUBLISHED =
      new MethodOptions(
          Optional.empty(),
          false,
          new Projection(2e-2, 10),
          new Descent(25, 5e-4, Double.POSITIVE_INFINITY));

  /** Refuses an empty window. */
  public MethodOptions {
    Objects.requireNonNull(projection, "projection");
    Objects.requireNonNull(descent, "descent");
    if (window.isPresent() && window.get() < 1) {
      throw new IllegalArgumentException("a window holds at least 1 fact, not " + window.get());
    }
  }

  /**
   * AlphaEdit's numbers.
   *
   * @param threshold eigenvalues of C below it count as zero
   * @param ridge L2, the weight of the update's own size
   */
  public record Projection(double threshold, double ridge) {
    /** Refuses what is not above 0. */
    public Projection {
      requirePositive(threshold, "the null-space threshold");
      requirePositive(ridge, "L2");
    }
  }

  /**
   * Fine-tuning's numbers.
   *
   * @param steps of Adam over all facts of a window
   * @param rate learning rate
   * @param bound largest change of a single weight; infinite for plain fine-tuning
   */
  public record Descent(int steps, double rate, double bound) {
    /** Refuses what is not above 0. */
    public Descent {
      if (steps < 1) {
        throw new IllegalArgumentException("fine-tuning needs at least one step, not " + steps);
      }
      requirePositive(rate, "the learning rate");
      requirePositive(bound, "the bound");
    }
  }

  private static void requirePositive(double value, String name) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be above 0, not " + value);
    }
  }
}
