package dev.emend.weights;

import java.util.SplittableRandom;

/** How a 32-bit float becomes one of 16 bits. */
public interface Rounding {
  /** The nearest one, ties to even: a change smaller than half a step is lost. */
  Rounding NEAREST =
      (value, dtype) ->
          dtype == Dtype.F16 ? HalfPrecision.toHalf(value) : HalfPrecision.toBfloat16(value);

  /**
   * The stored bits of a value.
   *
   * @param dtype F16 or BF16
   */
  short round(float value, Dtype dtype);

  /**
   * One of the two neighbours, each the likelier the closer it is, so that small changes survive on
   * average; values that have a 16-bit form keep it. The same seed and order of values give the
   * same bits. Not thread-safe.
   */
  static Rounding stochastic(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (value, dtype) -> {
      short nearest = NEAREST.round(value, dtype);
      double close = HalfPrecision.from(nearest, dtype);
      if (close == value || !Float.isFinite(value) || Double.isInfinite(close)) {
        return nearest;
      }
      short other = HalfPrecision.neighbour(nearest, value > close);
      double far = HalfPrecision.from(other, dtype);
      boolean leave = random.nextDouble() < (value - close) / (far - close);
      return leave && !Double.isInfinite(far) ? other : nearest;
    };
  }
}
