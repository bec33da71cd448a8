package dev.emend.dataset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date as data sets write it: {@code 2021}, {@code 2021-03}, {@code 2021-03-05}, with {@code 00}
 * for an unknown month or day, optionally with a sign before the year and a time after the day
 * ({@code +2021-03-05T12:00:00Z}); years may have four to six digits. Without an offset it is UTC.
 *
 * @param start first instant of the period that the text names
 * @param end first instant after that period; equal to {@code start} if a time is given
 */
public record DateText(Instant start, Instant end) {
  private static final Pattern TEXT =
      Pattern.compile("([+-]?)(\\d{4,6})(?:-(\\d{2})(?:-(\\d{2})(?:[T ](.+))?)?)?");

  /**
   * Reads a date.
   *
   * @throws IllegalArgumentException if the text is no date
   */
  public static DateText parse(String text) {
    Matcher match = TEXT.matcher(text.strip());
    try {
      if (match.matches()) {
        return period(match);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no date: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no date; write 2021, 2021-03, 2021-03-05 or 2021-03-05T12:00:00Z");
  }

  private static DateText period(Matcher match) {
    int year = Integer.parseInt(match.group(2)) * (match.group(1).equals("-") ? -1 : 1);
    int month = number(match.group(3));
    int day = number(match.group(4));
    if (month == 0) {
      LocalDate first = LocalDate.of(year, 1, 1);
      return between(first, first.plusYears(1));
    }
    if (day == 0) {
      LocalDate first = LocalDate.of(year, month, 1);
      return between(first, first.plusMonths(1));
    }
    LocalDate date = LocalDate.of(year, month, day);
    if (match.group(5) == null || isMidnight(match.group(5))) {
      return between(date, date.plusDays(1));
    }
    Instant instant = instant(date, match.group(5));
    return new DateText(instant, instant);
  }

  /** Wikidata writes days as midnights. */
  private static boolean isMidnight(String time) {
    return time.equals("00:00:00Z");
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static DateText between(LocalDate from, LocalDate to) {
    return new DateText(startOf(from), startOf(to));
  }

  private static Instant startOf(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Instant instant(LocalDate date, String time) {
    String text = "2000-01-01T" + time;
    boolean hasOffset =
        time.endsWith("Z") || time.lastIndexOf('+') > 0 || time.lastIndexOf('-') > 0;
    if (!hasOffset) {
      return LocalDateTime.of(date, LocalTime.parse(time)).toInstant(ZoneOffset.UTC);
    }
    OffsetDateTime parsed = OffsetDateTime.parse(text);
    return LocalDateTime.of(date, parsed.toLocalTime()).toInstant(parsed.getOffset());
  }
}
