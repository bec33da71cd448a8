package dev.emend.size;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, at least zero. Text form: a number with an optional unit B, KB, MB, GB or TB,
 * each 1024 times the one before, for example {@code 4GB} or {@code 512 MB}.
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([KMGT]?)B?");
  private static final String UNITS = "KMGT";

  /** Refuses negative sizes with {@link IllegalArgumentException}. */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is at least 0 bytes, not " + bytes);
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text is no size or does not fit 63 bits
   */
  public static ByteSize parse(String text) {
    Matcher match = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size; write for example 512MB or 4GB");
    }
    int power = match.group(2).isEmpty() ? 0 : UNITS.indexOf(match.group(2)) + 1;
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(match.group(1)), 1L << (10 * power)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too large for a size", e);
    }
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The size with the largest unit that leaves at least 1, for example {@code 1.5 GB}. */
  @Override
  public String toString() {
    double value = bytes;
    int power = 0;
    while (value >= 1024 && power < UNITS.length()) {
      value /= 1024;
      power++;
    }
    String unit = power == 0 ? "B" : UNITS.charAt(power - 1) + "B";
    return power == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, unit);
  }
}
