package dev.slope.export;

import dev.slope.config.DatetimePart;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeature.Affine;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fitted transform of a column in {@code model.json}: what does not belong to its type is
 * absent. Every number is that of the training, a float32 written as a float64 where it trained in
 * those; read back, it is the float32 that the exported graph has.
 *
 * @param type as a config names it; a number with buckets is {@code bucketized}
 * @param scaling of a number
 * @param offset of a number: {@code (value - offset) / divisor}
 * @param divisor of a number
 * @param higherPowers of a number, from its square on; absent without
 * @param missing stands for a missing number; absent where such a row has no prediction
 * @param missingIndicator whether an input, or a bucket, says where a number is missing; absent
 *     where not
 * @param low the least value of a number, which those below become; absent where nothing does
 * @param high the largest
 * @param boundaries between the buckets of a number
 * @param vocabulary of a category: a place each, from 0
 * @param missingLevel of a category: whether missing values have the place behind them
 * @param otherLevel of a category: whether all others have the last place
 * @param refusesOthers of a category: whether a row with another value has no prediction
 * @param buckets of hashed values or words
 * @param ngrams of a text: the most words that count together
 * @param parts of a date and time
 */
public record Transform(
    String type,
    @Nullable Scaling scaling,
    @Nullable Double offset,
    @Nullable Double divisor,
    @Nullable List<Power> higherPowers,
    @Nullable Double missing,
    @Nullable Boolean missingIndicator,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable List<Double> boundaries,
    @Nullable List<String> vocabulary,
    @Nullable Boolean missingLevel,
    @Nullable Boolean otherLevel,
    @Nullable Boolean refusesOthers,
    @Nullable Integer buckets,
    @Nullable Integer ngrams,
    @Nullable List<Part> parts) {

  /** The scaling of a power: {@code (value^k - offset) / divisor}. */
  public record Power(double offset, double divisor) {}

  /**
   * A part of a date and time.
   *
   * @param part which
   * @param offset of a part that is a number; absent of levels
   * @param divisor of a part that is a number; absent of levels
   */
  public record Part(DatetimePart part, @Nullable Double offset, @Nullable Double divisor) {}

  static final String NUMERIC = "numeric";
  static final String BUCKETIZED = "bucketized";
  static final String CATEGORICAL = "categorical";
  static final String HASHED = "hashed";
  static final String TRUTH = "boolean";
  static final String DATETIME = "datetime";
  static final String TEXT = "text";

  /** Of a feature of one column. */
  static Transform of(FittedFeature feature) {
    Builder transform = new Builder();
    if (feature instanceof FittedFeature.Numeric numeric) {
      return transform.of(numeric);
    }
    if (feature instanceof FittedFeature.Bucketized bucketized) {
      return transform.of(bucketized);
    }
    if (feature instanceof FittedFeature.Categorical categorical) {
      return transform.of(categorical);
    }
    if (feature instanceof FittedFeature.Hashed hashed) {
      transform.buckets = hashed.buckets();
      return transform.build(HASHED);
    }
    if (feature instanceof FittedFeature.Truth) {
      return transform.build(TRUTH);
    }
    if (feature instanceof FittedFeature.Datetime datetime) {
      transform.parts = datetime.parts().stream().map(Transform::part).toList();
      return transform.build(DATETIME);
    }
    if (feature instanceof FittedFeature.Text text) {
      transform.buckets = text.buckets();
      transform.ngrams = text.ngrams();
      return transform.build(TEXT);
    }
    throw new AssertionError("no description of " + feature.getClass().getSimpleName());
  }

  /**
   * The feature that this was made of.
   *
   * @throws ModelException where the description is none that was exported
   */
  FittedFeature feature(RawColumn column) {
    try {
      return switch (type) {
        case NUMERIC -> numeric(column.name());
        case BUCKETIZED -> bucketized(column.name());
        case CATEGORICAL ->
            new FittedFeature.Categorical(
                column, given(vocabulary), is(missingLevel), is(otherLevel), is(refusesOthers));
        case HASHED -> new FittedFeature.Hashed(column, given(buckets));
        case TRUTH -> new FittedFeature.Truth(column.name());
        case DATETIME ->
            new FittedFeature.Datetime(
                column.name(), given(parts).stream().map(Transform::part).toList());
        case TEXT -> new FittedFeature.Text(column.name(), given(buckets), given(ngrams));
        default -> throw new IllegalArgumentException("no transform is called " + type);
      };
    } catch (NullPointerException | IllegalArgumentException e) {
      throw new ModelException(
          "the transform of column '%s' in %s is damaged; export the model again"
              .formatted(column.name(), ModelManifest.FILE_NAME),
          e);
    }
  }

  /** How many columns of the coded matrix it has. */
  int codedColumns() {
    return switch (type) {
      case TEXT -> given(buckets);
      case DATETIME -> 2;
      default -> 1;
    };
  }

  private FittedFeature.Numeric numeric(String column) {
    List<Affine> powers = new ArrayList<>(List.of(affine(offset, divisor)));
    for (Power power : higherPowers == null ? List.<Power>of() : higherPowers) {
      powers.add(affine(power.offset(), power.divisor()));
    }
    return new FittedFeature.Numeric(
        column,
        given(scaling),
        fill(),
        is(missingIndicator),
        low == null ? Double.NEGATIVE_INFINITY : low.floatValue(),
        high == null ? Double.POSITIVE_INFINITY : high.floatValue(),
        powers);
  }

  private FittedFeature.Bucketized bucketized(String column) {
    return new FittedFeature.Bucketized(
        column,
        given(boundaries).stream().map(Double::floatValue).toList(),
        fill(),
        is(missingIndicator));
  }

  private float fill() {
    return missing == null ? Float.NaN : missing.floatValue();
  }

  private static Part part(FittedFeature.Datetime.Part part) {
    boolean levels =
        switch (part.part()) {
          case MONTH, DAY_OF_WEEK, HOUR -> true;
          case YEAR, DAY, ELAPSED_DAYS -> false;
        };
    Affine scaling = part.scaling();
    return levels
        ? new Part(part.part(), null, null)
        : new Part(part.part(), scaling.offset(), scaling.divisor());
  }

  private static FittedFeature.Datetime.Part part(Part part) {
    return new FittedFeature.Datetime.Part(
        part.part(), part.divisor() == null ? Affine.NONE : affine(part.offset(), part.divisor()));
  }

  private static Affine affine(@Nullable Double offset, @Nullable Double divisor) {
    return new Affine(given(offset).floatValue(), given(divisor).floatValue());
  }

  private static <T> T given(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static boolean is(@Nullable Boolean value) {
    return value != null && value;
  }

  /** What is absent until it is set. */
  private static final class Builder {
    private @Nullable Scaling scaling;
    private @Nullable Double offset;
    private @Nullable Double divisor;
    private @Nullable List<Power> higherPowers;
    private @Nullable Double missing;
    private @Nullable Boolean missingIndicator;
    private @Nullable Double low;
    private @Nullable Double high;
    private @Nullable List<Double> boundaries;
    private @Nullable List<String> vocabulary;
    private @Nullable Boolean missingLevel;
    private @Nullable Boolean otherLevel;
    private @Nullable Boolean refusesOthers;
    private @Nullable Integer buckets;
    private @Nullable Integer ngrams;
    private @Nullable List<Part> parts;

    Transform of(FittedFeature.Numeric numeric) {
      scaling = numeric.scaling();
      offset = numeric.offset();
      divisor = numeric.divisor();
      if (numeric.powers().size() > 1) {
        higherPowers =
            numeric.powers().stream()
                .skip(1)
                .map(power -> new Power(power.offset(), power.divisor()))
                .toList();
      }
      missing(numeric.fill(), numeric.indicator());
      low = Double.isInfinite(numeric.low()) ? null : (Double) numeric.low();
      high = Double.isInfinite(numeric.high()) ? null : (Double) numeric.high();
      return build(NUMERIC);
    }

    Transform of(FittedFeature.Bucketized bucketized) {
      boundaries = bucketized.boundaries().stream().map(Float::doubleValue).toList();
      missing(bucketized.fill(), bucketized.indicator());
      return build(BUCKETIZED);
    }

    Transform of(FittedFeature.Categorical categorical) {
      vocabulary = categorical.vocabulary();
      missingLevel = categorical.missingLevel();
      otherLevel = categorical.otherLevel();
      refusesOthers = categorical.refusesOthers();
      return build(CATEGORICAL);
    }

    private void missing(double fill, boolean indicator) {
      missing = Double.isNaN(fill) ? null : (Double) fill;
      missingIndicator = indicator ? true : null;
    }

    Transform build(String type) {
      return new Transform(
          type,
          scaling,
          offset,
          divisor,
          higherPowers,
          missing,
          missingIndicator,
          low,
          high,
          boundaries,
          vocabulary,
          missingLevel,
          otherLevel,
          refusesOthers,
          buckets,
          ngrams,
          parts);
    }
  }
}
