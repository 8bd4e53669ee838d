package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.DatetimePart;
import dev.slope.config.FeatureConfig;
import dev.slope.config.MissingConfig;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.UnknownLevel;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What is learnt is learnt from the training rows alone, whatever blocks they are in. */
class TrainingRowsPropertyTest {
  private static Map<String, FeatureConfig> features() {
    Map<String, FeatureConfig> features = new LinkedHashMap<>();
    features.put(
        "mean",
        new FeatureConfig.Numeric(
            Scaling.STANDARD, new MissingConfig.Mean(), true, null, 3, null, null));
    features.put(
        "median",
        new FeatureConfig.Numeric(
            Scaling.MIN_MAX, new MissingConfig.Median(), false, List.of(-1.0, 1.0), 1, null, null));
    features.put(
        "quantiles",
        new FeatureConfig.Numeric(
            Scaling.NONE, new MissingConfig.Median(), false, null, 1, null, 7));
    features.put("category", new FeatureConfig.Categorical(null, 4, 2, UnknownLevel.OWN_BUCKET));
    features.put("cross", new FeatureConfig.Crossed(List.of("category", "quantiles"), 16));
    features.put(
        "date",
        new FeatureConfig.Datetime(
            List.of(DatetimePart.YEAR, DatetimePart.HOUR, DatetimePart.ELAPSED_DAYS)));
    return features;
  }

  /** Rows of a few letters, so that some occur more than once; every seventh cell is missing. */
  private static final class Table {
    final float[] mean;
    final float[] median;
    final float[] quantiles;
    final @Nullable String[] category;
    final float[] days;
    final float[] seconds;

    Table(int rows) {
      mean = new float[rows];
      median = new float[rows];
      quantiles = new float[rows];
      category = new String[rows];
      days = new float[rows];
      seconds = new float[rows];
    }

    void fill(int row, Random random, String alphabet) {
      mean[row] = number(random);
      median[row] = number(random);
      quantiles[row] = number(random);
      category[row] =
          random.nextInt(7) == 0
              ? null
              : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
      days[row] = random.nextInt(40_000) - 10_000;
      seconds[row] = random.nextInt(86_400);
    }

    private static float number(Random random) {
      return random.nextInt(7) == 0 ? Float.NaN : (float) random.nextGaussian();
    }

    CodedRows rows(int blockRows) {
      return new CodedRowsSample()
          .number("mean", mean)
          .number("median", median)
          .number("quantiles", quantiles)
          .text("category", category)
          .date("date", days, seconds)
          .rows(blockRows);
    }
  }

  private static CodedRows select(CodedRows rows, BitSet chosen) {
    FloatBlock all = rows.values().blocks().get(0);
    FloatBlock selected = new FloatBlock(chosen.cardinality(), all.columns());
    int next = 0;
    for (int row = chosen.nextSetBit(0); row >= 0; row = chosen.nextSetBit(row + 1)) {
      for (int column = 0; column < all.columns(); column++) {
        selected.set(next, column, all.get(row, column));
      }
      next++;
    }
    return rows.with(new FloatMatrix(rows.values().names(), List.of(selected)));
  }

  private static String fit(CodedRows rows) {
    return FeatureFitter.fit(features(), rows).features().toString();
  }

  @Property(tries = 100)
  void otherRowsChangeNothing(@ForAll @IntRange(min = 20, max = 200) int rows, @ForAll long seed) {
    Random random = new Random(seed);
    BitSet training = new BitSet();
    Table table = new Table(rows);
    for (int row = 0; row < rows; row++) {
      table.fill(row, random, "abcdef");
      training.set(row, row < 10 || random.nextBoolean());
    }
    table.category[0] = "a";
    table.category[1] = "a";
    Arrays.fill(table.mean, 0, 2, 1);
    Arrays.fill(table.median, 0, 2, 1);
    Arrays.fill(table.quantiles, 0, 2, 1);
    String learnt = fit(select(table.rows(rows), training));
    Random others = new Random(~seed);
    for (int row = training.nextClearBit(0); row < rows; row = training.nextClearBit(row + 1)) {
      table.fill(row, others, "wxyzafb");
      table.mean[row] *= 1e6f;
    }

    assertThat(fit(select(table.rows(rows), training))).isEqualTo(learnt);
  }

  @Property(tries = 100)
  void blocksChangeNothing(
      @ForAll @IntRange(min = 20, max = 200) int rows,
      @ForAll @IntRange(min = 1, max = 50) int blockRows,
      @ForAll long seed) {
    Random random = new Random(seed);
    Table table = new Table(rows);
    for (int row = 0; row < rows; row++) {
      table.fill(row, random, "ab");
    }

    assertThat(fit(table.rows(blockRows))).isEqualTo(fit(table.rows(rows)));
  }

  // A second implementation: all numbers sorted, and interpolated by numpy's definition.
  @Property(tries = 200)
  void quantilesAreThoseOfSortedNumbers(
      @ForAll float[] any, @ForAll @IntRange(min = 2, max = 50) int parts) {
    float[] numbers = new float[any.length + 1];
    for (int i = 0; i < any.length; i++) {
      numbers[i] = Float.isFinite(any[i]) ? any[i] : i % 3;
    }
    Quantiles quantiles = new Quantiles(parts, Precision.FLOAT32);
    int pass = 0;
    do {
      for (float number : numbers) {
        quantiles.add(number);
      }
      if (pass == 0) {
        quantiles.endFirstPass(numbers.length);
      }
    } while (pass++ == 0 || quantiles.endPass());

    Arrays.sort(numbers);
    double[] expected = new double[parts - 1];
    for (int part = 1; part < parts; part++) {
      long scaled = (numbers.length - 1L) * part;
      int below = (int) (scaled / parts);
      double fraction = (double) (scaled % parts) / parts;
      double from = numbers[below];
      double to = numbers[Math.min(below + 1, numbers.length - 1)];
      expected[part - 1] = (float) (from + fraction * (to - from)) + 0f;
    }
    assertThat(quantiles.values()).containsExactly(expected);
  }

  // numpy.quantile's formula on the sorted doubles.
  @Property(tries = 200)
  void quantilesOfDoublesAreThoseOfSortedDoubles(
      @ForAll double[] any, @ForAll @IntRange(min = 2, max = 50) int parts) {
    double[] numbers = new double[any.length + 1];
    for (int i = 0; i < any.length; i++) {
      numbers[i] = Math.abs(any[i]) < 1e300 ? any[i] : i % 3;
    }
    Quantiles quantiles = new Quantiles(parts, Precision.FLOAT64);
    int pass = 0;
    do {
      for (double number : numbers) {
        quantiles.add(number);
      }
      if (pass == 0) {
        quantiles.endFirstPass(numbers.length);
      }
    } while (pass++ == 0 || quantiles.endPass());

    Arrays.sort(numbers);
    double[] expected = new double[parts - 1];
    for (int part = 1; part < parts; part++) {
      long scaled = (numbers.length - 1L) * part;
      int below = (int) (scaled / parts);
      double fraction = (double) (scaled % parts) / parts;
      double to = numbers[Math.min(below + 1, numbers.length - 1)];
      expected[part - 1] =
          (fraction == 0 ? numbers[below] : numbers[below] + fraction * (to - numbers[below]))
              + 0.0;
    }
    assertThat(quantiles.values()).containsExactly(expected);
  }
}
