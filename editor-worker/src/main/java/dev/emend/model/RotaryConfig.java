package dev.emend.model;

import java.util.Optional;

/**
 * How queries and keys are rotated.
 *
 * @param theta base of the wave lengths
 * @param width number of leading coordinates of a head that are declared to rotate; where it is
 *     odd, one more does
 * @param scaling stretching of long wave lengths, if any
 */
public record RotaryConfig(double theta, int width, Optional<Scaling> scaling) {
  /** Checks the numbers. */
  public RotaryConfig {
    if (!(theta > 0) || width < 1) {
      throw new IllegalArgumentException("theta " + theta + ", rotary width " + width);
    }
  }

  /**
   * Stretches wave lengths: all of them ({@link Kind#LINEAR}) or the long ones, with a smooth
   * passage ({@link Kind#LLAMA3}).
   *
   * @param kind which formula
   * @param factor by how much
   * @param lowFrequencyFactor wave lengths above {@code originalPositions / lowFrequencyFactor} are
   *     stretched fully
   * @param highFrequencyFactor wave lengths below {@code originalPositions / highFrequencyFactor}
   *     stay
   * @param originalPositions positions the model was first trained with
   */
  public record Scaling(
      Kind kind,
      double factor,
      double lowFrequencyFactor,
      double highFrequencyFactor,
      int originalPositions) {
    /** Which formula. */
    public enum Kind {
      /** Every wave length by the factor. */
      LINEAR,
      /** The formula of Llama 3.1. */
      LLAMA3
    }
  }

  /** Angle per position of each rotated pair: {@code width / 2} of them, rounded up. */
  double[] frequencies() {
    double[] frequencies = new double[(width + 1) / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double plain = Math.pow(theta, -2.0 * i / width);
      frequencies[i] = scaling.map(how -> stretched(how, plain)).orElse(plain);
    }
    return frequencies;
  }

  private static double stretched(Scaling how, double frequency) {
    if (how.kind() == Scaling.Kind.LINEAR) {
      return frequency / how.factor();
    }
    double turns = how.originalPositions() * frequency / (2 * Math.PI);
    if (turns < how.lowFrequencyFactor()) {
      return frequency / how.factor();
    }
    if (turns > how.highFrequencyFactor()) {
      return frequency;
    }
    double smooth =
        (turns - how.lowFrequencyFactor()) / (how.highFrequencyFactor() - how.lowFrequencyFactor());
    return (1 - smooth) * frequency / how.factor() + smooth * frequency;
  }
}
