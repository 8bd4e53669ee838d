package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.MissingConfig;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.data.DataException;
import dev.slope.data.FloatArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Learns a number's statistics. Mean, median and quantiles are those of the numbers that are there,
 * clipped. Offsets and divisors are those of the whole training column as the model sees it: with
 * the missing ones filled in, clipped and, where asked for, as logarithms; which is what
 * scikit-learn's SimpleImputer followed by its StandardScaler learns.
 */
final class NumberLearner implements FeatureLearner {
  private final String name;
  private final FeatureConfig.Numeric config;
  private final int column;
  private final Precision precision;
  private final double low;
  private final double high;
  private final boolean logarithm;
  private final @Nullable Quantiles median;
  private final @Nullable Quantiles buckets;
  private final Moments numbers;
  private final List<Moments> powers = new ArrayList<>();

  /** Whether nothing but the moments of the numbers as they are is learnt. */
  private final boolean momentsOnly;

  private long rows;
  private long missing;
  private int pass;

  /**
   * A learner.
   *
   * @param column its place in the rows
   * @param precision of the rows
   */
  NumberLearner(String name, FeatureConfig.Numeric config, int column, Precision precision) {
    this.name = name;
    this.config = config;
    this.column = column;
    this.precision = precision;
    this.numbers = new Moments(precision);
    List<Double> clip = config.clip();
    this.low = clip == null ? Double.NEGATIVE_INFINITY : precision.round(clip.get(0));
    this.high = clip == null ? Double.POSITIVE_INFINITY : precision.round(clip.get(1));
    this.logarithm = config.scaling() == Scaling.LOG1P && !config.isBucketized();
    this.median =
        config.missing() instanceof MissingConfig.Median ? new Quantiles(2, precision) : null;
    this.buckets = config.quantiles() == null ? null : new Quantiles(config.quantiles(), precision);
    int degree = config.isBucketized() ? 0 : config.degree();
    for (int exponent = logarithm ? 1 : 2; exponent <= degree; exponent++) {
      powers.add(new Moments(precision));
    }
    this.momentsOnly = clip == null && median == null && buckets == null && powers.isEmpty();
  }

  @Override
  public void accept(FloatArray cells, int width, int count, long first) {
    if (momentsOnly && pass == 1) {
      numbers.addSquares(cells, column, width, count);
    } else if (!momentsOnly || numbers.addColumn(cells, column, width, count) > 0) {
      acceptEach(cells, width, count, first);
    }
    if (pass == 0) {
      rows += count;
    }
  }

  private void acceptEach(FloatArray cells, int width, int count, long first) {
    for (int row = 0, cell = column; row < count; row++, cell += width) {
      double value = cells.get(cell);
      if (Double.isNaN(value)) {
        missing(first + row);
      } else if (!momentsOnly) {
        accept(clipped(value), first + row);
      }
    }
  }

  private void missing(long row) {
    if (pass > 0) {
      return;
    }
    missing++;
    if (config.missing() instanceof MissingConfig.Refuse) {
      throw new DataException(
          "training row %d: column '%s' must have a number, but has none; fill it in, or set the feature's 'missing' to mean, median, a number or drop"
              .formatted(row + 1, name));
    }
  }

  private void accept(double value, long row) {
    if (pass == 0) {
      numbers.add(value);
    } else if (pass == 1) {
      numbers.addSquare(value);
    }
    if (median != null) {
      median.add(value);
    }
    if (buckets != null) {
      buckets.add(value);
    }
    if (!powers.isEmpty() && pass < 2) {
      acceptPowers(value, row);
    }
  }

  private void acceptPowers(double value, long row) {
    double base = value;
    if (logarithm) {
      if (!(value > -1)) {
        throw new DataException(
            "training row %d: column '%s' must be above -1 for the scaling log1p, but was %s; use another scaling, or set 'clip'"
                .formatted(row + 1, name, Precision.text(value)));
      }
      base = logarithm(value);
    }
    double power = logarithm ? 1 : base;
    for (Moments moments : powers) {
      power *= base;
      if (pass == 0) {
        moments.add(power);
      } else {
        moments.addSquare(power);
      }
    }
  }

  @Override
  public boolean endPass() {
    pass++;
    if (pass > 1) {
      boolean wantsMedian = median != null && median.endPass();
      boolean wantsBuckets = buckets != null && buckets.endPass();
      return wantsMedian || wantsBuckets;
    }
    long present = rows - missing;
    if (present == 0) {
      requireConstantFill();
      return false;
    }
    numbers.endFirstPass();
    powers.forEach(Moments::endFirstPass);
    if (median != null) {
      median.endFirstPass(present);
    }
    if (buckets != null) {
      buckets.endFirstPass(present);
    }
    boolean scaled = config.scaling() == Scaling.STANDARD || logarithm;
    return median != null || buckets != null || (scaled && !config.isBucketized());
  }

  private void requireConstantFill() {
    if (!(config.missing() instanceof MissingConfig.Constant) || buckets != null) {
      throw new DataException(
          "column '%s' must have a number in a training row, but has none in all %d; leave it out with /ignore%s"
              .formatted(
                  name,
                  rows,
                  buckets == null ? ", or set the feature's 'missing' to a number" : ""));
    }
  }

  @Override
  public FittedFeature fitted() {
    double fill = fill();
    boolean indicator = config.missingIndicator() && !Double.isNaN(fill);
    if (config.isBucketized()) {
      return new FittedFeature.Bucketized(name, boundaries(), (float) fill, indicator);
    }
    fillIn(fill);
    List<FittedFeature.Affine> affine = new ArrayList<>();
    if (!logarithm) {
      affine.add(numbers.scaling("column '%s'".formatted(name), config.scaling()));
    }
    for (Moments moments : powers) {
      int exponent = affine.size() + 1;
      String what =
          logarithm
              ? "log1p of column '%s' to the power of %d".formatted(name, exponent)
              : "column '%s' to the power of %d".formatted(name, exponent);
      moments.requireFloats(what);
      affine.add(moments.scaling(what, config.scaling()));
    }
    return new FittedFeature.Numeric(name, config.scaling(), fill, indicator, low, high, affine);
  }

  private double fill() {
    MissingConfig rule = config.missing();
    if (rule instanceof MissingConfig.Mean) {
      // Rounding must not carry it out of the range.
      return clipped(precision.round(numbers.mean()));
    }
    if (median != null) {
      return median.values()[0];
    }
    if (rule instanceof MissingConfig.Constant constant) {
      return precision.round(constant.value());
    }
    if (rule instanceof MissingConfig.Drop || rule instanceof MissingConfig.Refuse) {
      return Double.NaN;
    }
    throw new AssertionError("no fill for " + rule.getClass().getSimpleName());
  }

  /** Counts the missing ones as what stands for them. */
  private void fillIn(double fill) {
    if (Double.isNaN(fill)) {
      return;
    }
    double value = clipped(fill);
    double base = value;
    if (logarithm) {
      if (!(value > -1)) {
        throw new DataException(
            "the 'missing' of column '%s' must be above -1 for the scaling log1p, but was %s"
                .formatted(name, Precision.text(value)));
      }
      base = logarithm(value);
    }
    numbers.addAgain(value, missing);
    double power = logarithm ? 1 : base;
    for (Moments moments : powers) {
      power *= base;
      moments.addAgain(power, missing);
    }
  }

  /** Those inside the range that numbers are clipped to, each once: the others part nothing. */
  private List<Float> boundaries() {
    List<Float> boundaries = new ArrayList<>();
    if (buckets != null) {
      float least = (float) numbers.min();
      for (double quantile : buckets.values()) {
        if ((float) quantile > least) {
          addOnce(boundaries, (float) quantile);
        }
      }
      return boundaries.isEmpty() ? List.of(least) : boundaries;
    }
    for (double boundary : Objects.requireNonNull(config.boundaries())) {
      if ((float) boundary > low && (float) boundary <= high) {
        addOnce(boundaries, (float) boundary);
      }
    }
    if (boundaries.isEmpty()) {
      throw new DataException(
          "a boundary of column '%s' must be above %s and at most %s, which is its 'clip', but they are %s"
              .formatted(name, Precision.text(low), Precision.text(high), config.boundaries()));
    }
    return boundaries;
  }

  private static void addOnce(List<Float> ascending, float value) {
    float plusZero = value + 0f;
    if (ascending.isEmpty() || ascending.get(ascending.size() - 1) < plusZero) {
      ascending.add(plusZero);
    }
  }

  private double clipped(double value) {
    // Most are inside, and comparing is quicker than what keeps -0 apart from 0.
    return value > low && value < high ? value : Math.min(Math.max(value, low), high);
  }

  /** As the precision has it, which is what the model sees. */
  private double logarithm(double value) {
    return precision.round(Math.log1p(value));
  }
}
