package dev.emend.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scores as the tables show them. */
final class Percent {
  private Percent() {}

  /** One decimal; a dash for what was not scored. */
  static String of(@Nullable Double score) {
    return score == null ? "-" : String.format(Locale.ROOT, "%.1f", score);
  }

  /** As {@link #of(Double)}, with the spread over subsets behind it. */
  static String of(@Nullable Double score, @Nullable Double spread) {
    return spread == null ? of(score) : of(score) + " ±" + of(spread);
  }
}
