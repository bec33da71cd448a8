package dev.emend.weights;

/** Exact widening of 16-bit floats and correctly rounded narrowing to them. */
public final class HalfPrecision {
  private static final int FLOAT_MANTISSA_BITS = 23;
  private static final int HALF_MANTISSA_BITS = 10;
  private static final int DROPPED = FLOAT_MANTISSA_BITS - HALF_MANTISSA_BITS;
  private static final int BIAS_SHIFT = 127 - 15;
  private static final int HALF_INFINITY = 0x7c00;
  private static final float SMALLEST_HALF = 0x1p-24f;

  private HalfPrecision() {}

  /** The value of a binary16, exactly; NaN payloads are kept. */
  public static float fromHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half & HALF_INFINITY) >>> HALF_MANTISSA_BITS;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = mantissa * SMALLEST_HALF;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + BIAS_SHIFT;
    return Float.intBitsToFloat(sign | wide << FLOAT_MANTISSA_BITS | mantissa << DROPPED);
  }

  /** The value of a bfloat16, exactly. */
  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The bfloat16 nearest to {@code value}, ties to even; a NaN stays a NaN. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
  }

  /** The value of a 16-bit float of type F16 or BF16, exactly. */
  static float from(short bits, Dtype dtype) {
    return dtype == Dtype.F16 ? fromHalf(bits) : fromBfloat16(bits);
  }

  /**
   * The next finite or infinite 16-bit float above or below one that is neither infinite nor NaN.
   */
  static short neighbour(short bits, boolean above) {
    boolean negative = bits < 0;
    boolean zero = (bits & 0x7fff) == 0;
    if (zero) {
      return (short) (above ? 1 : 0x8001);
    }
    return (short) (negative == above ? bits - 1 : bits + 1);
  }

  /**
   * The binary16 nearest to {@code value}, ties to even; infinity beyond 65,520; a NaN stays a NaN.
   */
  public static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    return (short) (sign | magnitudeToHalf(magnitude));
  }

  private static int magnitudeToHalf(int magnitude) {
    if (magnitude > 0x7f800000) {
      return HALF_INFINITY | 0x200 | ((magnitude >>> DROPPED) & 0x3ff);
    }
    int exponent = (magnitude >>> FLOAT_MANTISSA_BITS) - BIAS_SHIFT;
    if (exponent >= 0x1f) {
      return HALF_INFINITY;
    }
    if (exponent >= 1) {
      // A carry out of the mantissa rightly raises the exponent, up to infinity.
      return roundedShift(magnitude - (BIAS_SHIFT << FLOAT_MANTISSA_BITS), DROPPED);
    }
    int shift = DROPPED + 1 - exponent;
    return shift > 31 ? 0 : roundedShift((magnitude & 0x7fffff) | 0x800000, shift);
  }

  /** {@code value / 2^shift}, rounded to nearest, ties to even. */
  private static int roundedShift(int value, int shift) {
    int quotient = value >>> shift;
    int rest = value - (quotient << shift);
    int half = 1 << (shift - 1);
    boolean up = rest > half || (rest == half && (quotient & 1) == 1);
    return up ? quotient + 1 : quotient;
  }
}
