package dev.slope.data;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * A date or a date with a time, as ISO 8601 writes them: {@code 2026-01-31}, {@code
 * 2026-01-31T12:30}, {@code 2026-01-31 12:30:00.25+01:00}. Without a zone it is UTC.
 */
final class TimeText {
  /** Stands for a text that is no such time. */
  static final long NONE = Long.MIN_VALUE;

  static final long SECONDS_A_DAY = 86_400;

  private static final int HOURS_A_DAY = 24;
  private static final int MINUTES_AN_HOUR = 60;
  private static final int SECONDS_AN_HOUR = 3_600;
  private static final int MOST_ZONE_HOURS = 18;

  private final String text;
  private int at;
  private boolean wrong;

  private TimeText(String text) {
    this.text = text;
  }

  /** The seconds from 1970-01-01T00:00:00 in UTC, fractions cut off, or {@link #NONE}. */
  static long secondsOrNone(String text) {
    return new TimeText(text.strip()).seconds();
  }

  private long seconds() {
    int year = digits(4);
    expect('-');
    int month = digits(2);
    expect('-');
    int day = digits(2);
    long seconds = 0;
    if (take('T') || take(' ')) {
      seconds = time();
    }
    seconds -= zone();
    if (wrong || at != text.length()) {
      return NONE;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + seconds;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private long time() {
    long seconds = bounded(digits(2), HOURS_A_DAY) * (long) SECONDS_AN_HOUR;
    expect(':');
    seconds += bounded(digits(2), MINUTES_AN_HOUR) * (long) MINUTES_AN_HOUR;
    if (take(':')) {
      seconds += bounded(digits(2), MINUTES_AN_HOUR);
      if (take('.')) {
        digits(1);
        while (isDigit()) {
          at++;
        }
      }
    }
    return seconds;
  }

  /** Seconds before UTC. */
  private long zone() {
    if (take('Z')) {
      return 0;
    }
    boolean after = take('+');
    if (!after && !take('-')) {
      return 0;
    }
    long seconds = bounded(digits(2), MOST_ZONE_HOURS + 1) * (long) SECONDS_AN_HOUR;
    if (take(':') || isDigit()) {
      seconds += bounded(digits(2), MINUTES_AN_HOUR) * (long) MINUTES_AN_HOUR;
    }
    return after ? seconds : -seconds;
  }

  private int bounded(int value, int end) {
    wrong |= value >= end;
    return value;
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (!isDigit()) {
        wrong = true;
        return 0;
      }
      value = value * 10 + (text.charAt(at) - '0');
      at++;
    }
    return value;
  }

  private boolean isDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private void expect(char wanted) {
    wrong |= !take(wanted);
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }
}
