package dev.emend.delta;

import java.util.OptionalInt;

/** Looks for values that are NaN or infinite. */
final class FiniteValues {
  private FiniteValues() {}

  static void require(String what, float[] values) {
    OptionalInt bad = firstBad(values);
    if (bad.isPresent()) {
      int at = bad.getAsInt();
      throw new IllegalArgumentException(what + "[" + at + "] is " + values[at] + ", not finite");
    }
  }

  static OptionalInt firstBad(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
