package dev.slope.data;

import dev.slope.config.Precision;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers of one precision in Java's own memory: some rows of a {@link FloatBlock} at hand. */
public final class FloatArray {
  // One of the two, by the precision.
  private final float @Nullable [] singles;
  private final double @Nullable [] doubles;

  private FloatArray(float @Nullable [] singles, double @Nullable [] doubles) {
    this.singles = singles;
    this.doubles = doubles;
  }

  /** An array of zeros. */
  public FloatArray(Precision precision, int length) {
    this(
        precision == Precision.FLOAT32 ? new float[length] : null,
        precision == Precision.FLOAT64 ? new double[length] : null);
  }

  /** An array of the given float32. */
  static FloatArray of(float... values) {
    return new FloatArray(values.clone(), null);
  }

  /** The type of its numbers. */
  public Precision precision() {
    return singles != null ? Precision.FLOAT32 : Precision.FLOAT64;
  }

  /** How many numbers. */
  public int length() {
    return singles != null ? singles.length : doubles().length;
  }

  /** A number. */
  public double get(int index) {
    return singles != null ? singles[index] : doubles()[index];
  }

  /** Sets a number, which becomes the nearest of the precision. */
  public void set(int index, double value) {
    if (singles != null) {
      singles[index] = (float) value;
    } else {
      doubles()[index] = value;
    }
  }

  /** Sets neighbouring numbers, from one to before another. */
  public void fill(int from, int to, double value) {
    if (singles != null) {
      Arrays.fill(singles, from, to, (float) value);
    } else {
      Arrays.fill(doubles(), from, to, value);
    }
  }

  /**
   * Copies numbers that are equally far apart, as those of a column are.
   *
   * @param to an array of the same precision
   */
  public void copyColumn(int from, int step, FloatArray to, int toFrom, int toStep, int count) {
    if (singles != null) {
      float[] target = to.singles();
      for (int i = 0, cell = from, code = toFrom; i < count; i++) {
        target[code] = singles[cell];
        cell += step;
        code += toStep;
      }
    } else {
      double[] source = doubles();
      double[] target = to.doubles();
      for (int i = 0, cell = from, code = toFrom; i < count; i++) {
        target[code] = source[cell];
        cell += step;
        code += toStep;
      }
    }
  }

  /**
   * Sets numbers that are equally far apart.
   *
   * @param numbers are taken from {@code first} on
   */
  void setColumn(int[] numbers, int first, int from, int step, int count) {
    if (singles != null) {
      float[] target = singles;
      for (int i = first, cell = from; i < first + count; i++, cell += step) {
        target[cell] = numbers[i];
      }
    } else {
      double[] target = doubles();
      for (int i = first, cell = from; i < first + count; i++, cell += step) {
        target[cell] = numbers[i];
      }
    }
  }

  /**
   * Copies what a table has for each of some indices, equally far apart.
   *
   * @param missing what stands for NaN
   * @param to an array of the same precision; may be this one
   */
  public void lookUpColumn(
      int from,
      int step,
      float[] table,
      float missing,
      FloatArray to,
      int toFrom,
      int toStep,
      int count) {
    if (singles != null) {
      float[] target = to.singles();
      for (int i = 0, cell = from, code = toFrom; i < count; i++) {
        float index = singles[cell];
        target[code] = index >= 0 ? table[(int) index] : missing;
        cell += step;
        code += toStep;
      }
    } else {
      double[] source = doubles();
      double[] target = to.doubles();
      for (int i = 0, cell = from, code = toFrom; i < count; i++) {
        double index = source[cell];
        target[code] = index >= 0 ? table[(int) index] : missing;
        cell += step;
        code += toStep;
      }
    }
  }

  /** Whether one of some numbers that are equally far apart is below 0. */
  public boolean hasNegative(int from, int step, int count) {
    boolean negative = false;
    if (singles != null) {
      float[] source = singles;
      for (int i = 0, at = from; i < count; i++, at += step) {
        negative |= source[at] < 0;
      }
    } else {
      double[] source = doubles();
      for (int i = 0, at = from; i < count; i++, at += step) {
        negative |= source[at] < 0;
      }
    }
    return negative;
  }

  /** The same numbers, and zeros behind them up to a length. */
  FloatArray grown(int length) {
    return singles != null
        ? new FloatArray(Arrays.copyOf(singles, length), null)
        : new FloatArray(null, Arrays.copyOf(doubles(), length));
  }

  /** Copies neighbouring numbers to the same precision. */
  void copyTo(int from, FloatArray to, int toFrom, int count) {
    if (singles != null) {
      System.arraycopy(singles, from, to.singles(), toFrom, count);
    } else {
      System.arraycopy(doubles(), from, to.doubles(), toFrom, count);
    }
  }

  float[] singles() {
    if (singles == null) {
      throw new IllegalStateException("the numbers must be float32, but are float64");
    }
    return singles;
  }

  double[] doubles() {
    if (doubles == null) {
      throw new IllegalStateException("the numbers must be float64, but are float32");
    }
    return doubles;
  }
}
