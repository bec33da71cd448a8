package dev.emend.schedule.learn;

/**
 * A measured share of prompts.
 *
 * @param value 0..1; of no meaning if nothing was asked
 * @param asked prompts behind it
 */
public record Share(double value, int asked) {
  /** Nothing was asked. */
  public static final Share UNKNOWN = new Share(0, 0);

  /** Refuses what is no share. */
  public Share {
    if (!(value >= 0 && value <= 1) || asked < 0) {
      throw new IllegalArgumentException("no share: %s of %d".formatted(value, asked));
    }
  }

  /** Whether anything was asked. */
  public boolean known() {
    return asked > 0;
  }

  /** Prompts that were answered as wanted. */
  public double hits() {
    return value * asked;
  }
}
