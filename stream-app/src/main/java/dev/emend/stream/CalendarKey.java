package dev.emend.stream;

import dev.emend.event.FactChange;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Key of the calendar: sorts by time, at the same time ends before begins, then by event id.
 *
 * @param due when, to the millisecond
 * @param isBegin whether the change begins to hold, or else ends
 * @param eventId the event
 */
record CalendarKey(Instant due, boolean isBegin, String eventId) {
  /** Sorts before every key: nothing is due before 1970 that was ahead when it came. */
  static final String FIRST = "0";

  private static final int DIGITS = 16;

  static CalendarKey begin(Instant due, FactChange change) {
    return new CalendarKey(due, true, change.getEventId());
  }

  static CalendarKey end(Instant due, FactChange change) {
    return new CalendarKey(due, false, change.getEventId());
  }

  static CalendarKey parse(String text) {
    long due = HexFormat.fromHexDigitsToLong(text, 0, DIGITS);
    return new CalendarKey(
        Instant.ofEpochMilli(due), text.charAt(DIGITS + 1) == 'b', text.substring(DIGITS + 3));
  }

  /** Sorts after every key that is due by then, and before every other. */
  static String after(Instant now) {
    return HexFormat.of().toHexDigits(now.toEpochMilli() + 1);
  }

  String text() {
    return HexFormat.of().toHexDigits(due.toEpochMilli()) + (isBegin ? "|b|" : "|a|") + eventId;
  }
}
