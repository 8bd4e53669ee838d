package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Dates of the proleptic Gregorian calendar from days since 1970-01-01, in integers.
 *
 * <p>Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years begin in
 * March, so that the day that a leap year adds is its last, and repeat every 400 years, an era.
 */
final class CalendarParts<T extends TFloating> {
  /** Beyond so many days float32 doesn't hold every day: 45,000 years. */
  private static final double MOST_DAYS = 1 << 24;

  private static final int DAYS_FROM_MARCH_OF_YEAR_0 = 719_468;
  private static final int DAYS_OF_ERA = 146_097;
  private static final int YEARS_OF_ERA = 400;

  private final Ops tf;
  private final Operand<T> dayNumbers;
  private final Operand<T> seconds;
  private final Operand<TBool> valid;
  private final Operand<TInt32> days;

  /**
   * Dates.
   *
   * @param dayNumbers days since 1970-01-01; NaN, or beyond 2^24, has no parts
   * @param seconds of the day, NaN where the day is
   */
  CalendarParts(Ops tf, Operand<T> dayNumbers, Operand<T> seconds) {
    this.tf = tf;
    this.dayNumbers = dayNumbers;
    this.seconds = seconds;
    this.valid =
        tf.math.lessEqual(tf.math.abs(dayNumbers), Constants.scalar(tf, MOST_DAYS, dayNumbers));
    this.days =
        tf.dtypes.cast(
            tf.select(valid, dayNumbers, Constants.scalar(tf, 0, dayNumbers)), TInt32.class);
  }

  /** The year, NaN where there is no date. */
  Operand<T> year() {
    Civil civil = civil();
    Operand<TInt32> afterTurn =
        tf.dtypes.cast(tf.math.greaterEqual(civil.monthFromMarch, tf.constant(10)), TInt32.class);
    return number(tf.math.add(civil.yearFromMarch, afterTurn));
  }

  /** The month from 0, January. */
  Operand<T> month() {
    Operand<TInt32> fromMarch = civil().monthFromMarch;
    Operand<TInt32> fromJanuary = tf.math.add(fromMarch, tf.constant(2));
    return number(
        tf.select(
            tf.math.less(fromMarch, tf.constant(10)),
            fromJanuary,
            tf.math.sub(fromJanuary, tf.constant(12))));
  }

  /** The day of the month, from 1. */
  Operand<T> day() {
    return number(civil().day);
  }

  /** The day of the week from 0, Monday; 1970-01-01 is a Thursday. */
  Operand<T> dayOfWeek() {
    Operand<TInt32> fromMonday = tf.math.add(days, tf.constant(3));
    return number(tf.math.sub(fromMonday, times(over(fromMonday, 7), 7)));
  }

  /** The hour, from 0. Quotients of so small integers are far enough from the next one. */
  Operand<T> hour() {
    Operand<T> hours = tf.math.floor(tf.math.div(seconds, Constants.scalar(tf, 3600, dayNumbers)));
    return tf.select(valid, hours, Constants.scalar(tf, Double.NaN, dayNumbers));
  }

  /** The days with their fraction. */
  Operand<T> elapsedDays() {
    Operand<T> elapsed =
        tf.math.add(dayNumbers, tf.math.div(seconds, Constants.scalar(tf, 86_400, dayNumbers)));
    return tf.select(valid, elapsed, Constants.scalar(tf, Double.NaN, dayNumbers));
  }

  private Civil civil() {
    Operand<TInt32> shifted = tf.math.add(days, tf.constant(DAYS_FROM_MARCH_OF_YEAR_0));
    Operand<TInt32> era = over(shifted, DAYS_OF_ERA);
    Operand<TInt32> dayOfEra = tf.math.sub(shifted, times(era, DAYS_OF_ERA));
    Operand<TInt32> withoutLeapDays =
        tf.math.sub(
            tf.math.add(tf.math.sub(dayOfEra, over(dayOfEra, 1_460)), over(dayOfEra, 36_524)),
            over(dayOfEra, DAYS_OF_ERA - 1));
    Operand<TInt32> yearOfEra = over(withoutLeapDays, 365);
    Operand<TInt32> daysBefore =
        tf.math.sub(tf.math.add(times(yearOfEra, 365), over(yearOfEra, 4)), over(yearOfEra, 100));
    Operand<TInt32> dayOfYear = tf.math.sub(dayOfEra, daysBefore);
    Operand<TInt32> month = over(tf.math.add(times(dayOfYear, 5), tf.constant(2)), 153);
    Operand<TInt32> daysBeforeMonth = over(tf.math.add(times(month, 153), tf.constant(2)), 5);
    return new Civil(
        tf.math.add(yearOfEra, times(era, YEARS_OF_ERA)),
        month,
        tf.math.add(tf.math.sub(dayOfYear, daysBeforeMonth), tf.constant(1)));
  }

  /** Rounded towards negative infinity. */
  private Operand<TInt32> over(Operand<TInt32> dividend, int divisor) {
    return tf.math.floorDiv(dividend, tf.constant(divisor));
  }

  private Operand<TInt32> times(Operand<TInt32> factor, int other) {
    return tf.math.mul(factor, tf.constant(other));
  }

  private Operand<T> number(Operand<TInt32> part) {
    return tf.select(
        valid,
        tf.dtypes.cast(part, dayNumbers.type()),
        Constants.scalar(tf, Double.NaN, dayNumbers));
  }

  /**
   * A date of years that begin in March.
   *
   * @param yearFromMarch the calendar's year, less 1 in January and February
   * @param monthFromMarch from 0, March
   * @param day of the month, from 1
   */
  private record Civil(
      Operand<TInt32> yearFromMarch, Operand<TInt32> monthFromMarch, Operand<TInt32> day) {}
}
