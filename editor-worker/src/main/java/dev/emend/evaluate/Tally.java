package dev.emend.evaluate;

import org.jspecify.annotations.Nullable;

/** Mean over cases of the share of a case's prompts that hold. Not thread-safe. */
final class Tally {
  private double sum;
  private int cases;
  private int held;
  private int asked;

  /** One prompt of the current case. */
  void ask(boolean holds) {
    asked++;
    held += holds ? 1 : 0;
  }

  /** Ends the current case; one without prompts does not count. */
  void endCase() {
    if (asked > 0) {
      sum += (double) held / asked;
      cases++;
    }
    asked = 0;
    held = 0;
  }

  /** Counts the ended cases of another tally as well. */
  void add(Tally other) {
    sum += other.sum;
    cases += other.cases;
  }

  /** The mean in percent; null without a case. */
  @Nullable Double percent() {
    return cases == 0 ? null : 100 * sum / cases;
  }
}
