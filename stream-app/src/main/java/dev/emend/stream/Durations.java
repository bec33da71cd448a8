package dev.emend.stream;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 100ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 7d}.
 */
final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /**
   * Reads the short form, or the ISO form, for example {@code PT5S}.
   *
   * @throws java.time.DateTimeException if the text is neither
   */
  static Duration parse(String text) {
    Matcher match = SHORT.matcher(text.strip());
    if (!match.matches()) {
      return Duration.parse(text.strip());
    }
    return UNITS
        .getOrDefault(match.group(2), Duration.ZERO)
        .multipliedBy(Long.parseLong(match.group(1)));
  }
}
