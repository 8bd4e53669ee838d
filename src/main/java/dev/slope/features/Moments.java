package dev.slope.features;

import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.data.DataException;
import dev.slope.data.FloatArray;

/**
 * What scaling learns from numbers, summed in float64 one after the other: the mean in a first
 * pass, and squares of what is left of it in a second, so that nothing cancels.
 */
final class Moments {
  private final Precision precision;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long count;
  private double sum;
  private double mean;
  private double squares;

  /**
   * Of no numbers yet.
   *
   * @param precision of what they scale
   */
  Moments(Precision precision) {
    this.precision = precision;
  }

  /** Takes a number in the first pass. */
  void add(double value) {
    count++;
    sum += value;
    // Most are inside, and comparing is quicker than what keeps -0 apart from 0.
    if (!(value > min && value < max)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }

  /**
   * Takes numbers that are equally far apart in the first pass, as {@link #add} one by one.
   *
   * @return how many are NaN, which are left out
   */
  int addColumn(FloatArray cells, int from, int step, int length) {
    int absent = 0;
    // In variables of its own, as fields are written back each time.
    double total = sum;
    double least = min;
    double most = max;
    for (int i = 0, at = from; i < length; i++, at += step) {
      double value = cells.get(at);
      if (Double.isNaN(value)) {
        absent++;
        continue;
      }
      total += value;
      if (!(value > least && value < most)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    sum = total;
    min = least;
    max = most;
    count += length - absent;
    return absent;
  }

  /** Takes the same numbers again in the second pass, as {@link #addSquare} one by one. */
  void addSquares(FloatArray cells, int from, int step, int length) {
    double total = squares;
    for (int i = 0, at = from; i < length; i++, at += step) {
      double difference = cells.get(at) - mean;
      if (!Double.isNaN(difference)) {
        total += difference * difference;
      }
    }
    squares = total;
  }

  /** Ends the first pass. */
  void endFirstPass() {
    mean = sum / count;
  }

  /** Takes a number again in the second pass. */
  void addSquare(double value) {
    double difference = value - mean;
    squares += difference * difference;
  }

  /** Takes one number many times, after all passes. */
  void addAgain(double value, long times) {
    if (times == 0) {
      return;
    }
    double before = mean;
    long others = count;
    count += times;
    sum += value * times;
    mean = sum / count;
    squares += others * squared(before - mean) + times * squared(value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** The least number, in the precision. */
  double min() {
    return precision.round(min);
  }

  /** The arithmetic mean. */
  double mean() {
    return mean;
  }

  /**
   * The scaling of these numbers.
   *
   * @param name what messages call them
   * @throws DataException where their spread is more than float32 holds
   */
  FittedFeature.Affine scaling(String name, Scaling scaling) {
    return switch (scaling) {
      case NONE -> FittedFeature.Affine.NONE;
      // The population form: divided by the number of rows.
      case STANDARD, LOG1P ->
          new FittedFeature.Affine(
              precision.round(mean), divisor(name, Math.sqrt(squares / count)));
      case MIN_MAX -> new FittedFeature.Affine(precision.round(min), divisor(name, max - min));
    };
  }

  /**
   * Fails where float32 doesn't hold the numbers.
   *
   * @param name what messages call them
   */
  void requireFloats(String name) {
    if (Float.isInfinite((float) min) || Float.isInfinite((float) max)) {
      throw new DataException(
          "%s must be at most %s in size, but runs from %s to %s; scale the column down, set 'clip', or use a lower 'degree'"
              .formatted(name, Float.MAX_VALUE, min, max));
    }
  }

  private double divisor(String name, double spread) {
    double divisor = precision.round(spread);
    if (Float.isInfinite((float) spread)) {
      throw new DataException(
          "%s must span at most %s, but runs from %s to %s"
              .formatted(
                  name,
                  Float.MAX_VALUE,
                  Precision.text(precision.round(min)),
                  Precision.text(precision.round(max))));
    }
    // A spread so small that float32, in which models are served, has no number for it scales
    // nothing.
    return min == max || (float) spread == 0 ? 1 : divisor;
  }

  private static double squared(double value) {
    return value * value;
  }
}
