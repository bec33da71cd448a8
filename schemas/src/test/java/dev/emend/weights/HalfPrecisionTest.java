package dev.emend.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {
  @Test
  void shouldWidenEveryHalfToItsDefinedValue() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfPrecision.fromHalf((short) bits);
      assertThat((double) value).as("half %04x", bits).isEqualTo((Double) definedValue(bits));
    }
  }

  @Test
  void shouldReturnEveryHalfUnchangedThroughFloat() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfPrecision.fromHalf((short) bits);
      int back = HalfPrecision.toHalf(value) & 0xffff;
      if (Float.isNaN(value)) {
        assertThat(back & 0x7c00).isEqualTo(0x7c00);
        assertThat(back & 0x3ff).isNotZero();
      } else {
        assertThat(back).isEqualTo(bits);
      }
    }
  }

  @Test
  void shouldRoundToNearestWithTiesToEven() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = HalfPrecision.fromHalf((short) bits);
      float high = HalfPrecision.fromHalf((short) (bits + 1));
      float middle = (float) ((low + (double) high) / 2);
      int even = (bits & 1) == 0 ? bits : bits + 1;
      assertThat(HalfPrecision.toHalf(middle)).isEqualTo((short) even);
      assertThat(HalfPrecision.toHalf(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(HalfPrecision.toHalf(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(HalfPrecision.toHalf(-middle)).isEqualTo((short) (even | 0x8000));
    }
  }

  @Test
  void shouldOverflowToInfinityFromHalfwayBeyondTheLargestHalf() {
    assertThat(HalfPrecision.toHalf(Math.nextDown(65520f))).isEqualTo((short) 0x7bff);
    assertThat(HalfPrecision.toHalf(65520f)).isEqualTo((short) 0x7c00);
    assertThat(HalfPrecision.toHalf(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfc00);
    assertThat(HalfPrecision.toHalf(Float.MIN_VALUE)).isZero();
    assertThat(HalfPrecision.toHalf(-0.0f)).isEqualTo((short) 0x8000);
  }

  @Test
  void shouldKeepTheUpperHalfOfAFloatAsBfloat16() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      int upper = random.nextInt(1 << 16);
      float value = HalfPrecision.fromBfloat16((short) upper);
      assertThat(Float.floatToRawIntBits(value)).isEqualTo(upper << 16);
    }
  }

  /** IEEE 754 binary16 by its definition, in doubles. */
  private static double definedValue(int bits) {
    double sign = (bits & 0x8000) == 0 ? 1 : -1;
    int exponent = bits >> 10 & 0x1f;
    double fraction = (bits & 0x3ff) / 1024.0;
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * fraction * Math.pow(2, -14)
        : sign * (1 + fraction) * Math.pow(2, exponent - 15);
  }
}
