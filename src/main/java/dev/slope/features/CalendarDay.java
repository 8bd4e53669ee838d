package dev.slope.features;

/** Parts of a date of the proleptic Gregorian calendar, by the days since 1970-01-01. */
final class CalendarDay {
  private static final long DAYS_OF_400_YEARS = 146_097;

  private CalendarDay() {}

  /** The year. */
  static int year(long day) {
    long shifted = shifted(day);
    long era = Math.floorDiv(shifted, DAYS_OF_400_YEARS);
    int dayOfYear = dayOfYear(shifted);
    // Years begin in March here: a leap day is then the last of its year.
    return (int) (era * 400 + yearOfEra(shifted) + (dayOfYear >= 306 ? 1 : 0));
  }

  /** The day of the month, from 1. */
  static int dayOfMonth(long day) {
    int dayOfYear = dayOfYear(shifted(day));
    int month = (5 * dayOfYear + 2) / 153;
    return dayOfYear - (153 * month + 2) / 5 + 1;
  }

  /** Days since 0000-03-01: Howard Hinnant's civil_from_days. */
  private static long shifted(long day) {
    return day + 719_468;
  }

  private static int yearOfEra(long shifted) {
    int day = (int) Math.floorMod(shifted, DAYS_OF_400_YEARS);
    return (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
  }

  private static int dayOfYear(long shifted) {
    int day = (int) Math.floorMod(shifted, DAYS_OF_400_YEARS);
    int year = yearOfEra(shifted);
    return day - (365 * year + year / 4 - year / 100);
  }
}
