package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one column enters the model; {@code crossed} joins several. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FeatureConfig.Numeric.class, name = "numeric"),
  @JsonSubTypes.Type(value = FeatureConfig.Categorical.class, name = "categorical"),
  @JsonSubTypes.Type(value = FeatureConfig.Hashed.class, name = "hashed"),
  @JsonSubTypes.Type(value = FeatureConfig.Crossed.class, name = "crossed"),
  @JsonSubTypes.Type(value = FeatureConfig.Truth.class, name = "boolean"),
  @JsonSubTypes.Type(value = FeatureConfig.Datetime.class, name = "datetime"),
  @JsonSubTypes.Type(value = FeatureConfig.Text.class, name = "text"),
  @JsonSubTypes.Type(value = FeatureConfig.Auto.class, name = "auto")
})
public sealed interface FeatureConfig {
  /** The most buckets of a hash: each has a float32 of its own. */
  int MOST_BUCKETS = 1 << 24;

  /** The most buckets of a text, each of which is a column of the rows. */
  int MOST_TEXT_BUCKETS = 1 << 14;

  /** The {@code type} that configs name it by. */
  default String typeName() {
    return ConfigNames.typeName(FeatureConfig.class, getClass());
  }

  /**
   * A number.
   *
   * @param scaling how it is scaled
   * @param missing what stands for a missing one
   * @param missingIndicator whether another input says where it is missing
   * @param clip the range that values are brought into before all else: [low, high]
   * @param degree the highest power of it that is an input
   * @param boundaries between buckets, which then are the levels of a category; a value that equals
   *     one is in the bucket above
   * @param quantiles how many buckets of about as many training rows each
   */
  record Numeric(
      @Default("\"standard\"") @JsonPropertyDescription("How the number is scaled.")
          Scaling scaling,
      @Default("\"mean\"")
          @JsonPropertyDescription(
              "What stands for a missing number: mean or median of the training rows, or a number;"
                  + " with drop such a row does not train, with error training refuses it; neither"
                  + " has a prediction.")
          MissingConfig missing,
      @Default("false")
          @JsonPropertyDescription("Whether another input says where the number is missing.")
          boolean missingIndicator,
      @JsonPropertyDescription(
              "[low, high]: values outside are brought to the nearer one before all else.")
          @Nullable List<Double> clip,
      @Min(1)
          @Max(10)
          @Default("1")
          @JsonPropertyDescription("The highest power of the number that is an input.")
          int degree,
      @NotEmpty
          @JsonPropertyDescription(
              "Ascending numbers between buckets, each of which gets a weight of its own in place"
                  + " of the number's.")
          @Nullable List<Double> boundaries,
      @Min(2)
          @Max(10_000)
          @JsonPropertyDescription(
              "How many buckets of about as many training rows each, in place of 'boundaries'.")
          @Nullable Integer quantiles)
      implements FeatureConfig {
    public Numeric {
      Constraints.check(
          Numeric.class, scaling, missing, missingIndicator, clip, degree, boundaries, quantiles);
      clip = clip == null ? null : List.copyOf(clip);
      boundaries = boundaries == null ? null : List.copyOf(boundaries);
    }

    /** As {@code "numeric"} alone says it. */
    public static Numeric byDefault() {
      return ConfigBinder.byDefault(Numeric.class);
    }

    /** A number of one scaling, the rest by default. */
    public static Numeric of(Scaling scaling) {
      return new Numeric(scaling, new MissingConfig.Mean(), false, null, 1, null, null);
    }

    /** Whether buckets of it are the inputs. */
    public boolean isBucketized() {
      return boundaries != null || quantiles != null;
    }
  }

  /**
   * One of several values; a missing one is a level of its own.
   *
   * @param vocabulary the values that have a weight; learnt from the training rows where absent
   * @param maxSize the most values of a learnt vocabulary: the most frequent, of equal ones the one
   *     that sorts first
   * @param minCount in how many training rows a value of a learnt vocabulary occurs, at least
   * @param oov what becomes of a value that is not in the vocabulary
   */
  record Categorical(
      @NotEmpty
          @LiteralText
          @JsonPropertyDescription(
              "The values that have a weight each; learnt from the training rows where left out.")
          @Nullable List<String> vocabulary,
      @Min(1)
          @Max(MOST_BUCKETS)
          @Default("1000")
          @JsonPropertyDescription(
              "The most values of a learnt vocabulary: the most frequent ones.")
          int maxSize,
      @Min(1)
          @Default("1")
          @JsonPropertyDescription(
              "In how many training rows a value of a learnt vocabulary must occur.")
          int minCount,
      @Default("\"own_bucket\"")
          @JsonPropertyDescription(
              "What becomes of a value outside the vocabulary: one weight for all of them, nothing,"
                  + " or an error.")
          UnknownLevel oov)
      implements FeatureConfig {
    public Categorical {
      Constraints.check(Categorical.class, vocabulary, maxSize, minCount, oov);
      vocabulary = vocabulary == null ? null : List.copyOf(vocabulary);
    }

    /** As {@code "categorical"} alone says it. */
    public static Categorical byDefault() {
      return ConfigBinder.byDefault(Categorical.class);
    }
  }

  /**
   * One of any number of values, hashed into buckets; a missing one is the empty text.
   *
   * @param buckets how many
   */
  record Hashed(
      @Min(2)
          @Max(MOST_BUCKETS)
          @JsonPropertyDescription("How many weights the values share by their hashes.")
          int buckets)
      implements FeatureConfig {
    public Hashed {
      Constraints.check(Hashed.class, buckets);
    }
  }

  /**
   * The combinations of several columns' values, hashed into buckets.
   *
   * @param columns at least two; numbers among them must be bucketised features
   * @param buckets how many
   */
  record Crossed(
      @NotEmpty
          @JsonPropertyDescription(
              "The columns whose combinations have weights; numbers among them must be features"
                  + " with 'boundaries' or 'quantiles'.")
          List<String> columns,
      @Min(2)
          @Max(MOST_BUCKETS)
          @JsonPropertyDescription("How many weights the combinations share by their hashes.")
          int buckets)
      implements FeatureConfig {
    public Crossed {
      Constraints.check(Crossed.class, columns, buckets);
      columns = List.copyOf(columns);
    }
  }

  /** True or false: 1 or 0. */
  record Truth() implements FeatureConfig {}

  /**
   * A date, or a date and time, in UTC.
   *
   * @param parts what the model sees of it
   */
  record Datetime(
      @NotEmpty
          @Default("[\"year\", \"month\", \"day_of_week\", \"hour\"]")
          @JsonPropertyDescription("What the model sees of the date and time, in UTC.")
          List<DatetimePart> parts)
      implements FeatureConfig {
    public Datetime {
      Constraints.check(Datetime.class, parts);
      parts = List.copyOf(parts);
    }

    /** As {@code "datetime"} alone says it. */
    public static Datetime byDefault() {
      return ConfigBinder.byDefault(Datetime.class);
    }
  }

  /**
   * A bag of words: how often each occurs, words hashed into buckets.
   *
   * @param buckets how many
   * @param ngrams the most neighbouring words that count together
   */
  record Text(
      @Min(2)
          @Max(MOST_TEXT_BUCKETS)
          @Default("1024")
          @JsonPropertyDescription("How many weights the words share by their hashes.")
          int buckets,
      @Min(1)
          @Max(5)
          @Default("1")
          @JsonPropertyDescription(
              "The most neighbouring words that count together, besides each by itself.")
          int ngrams)
      implements FeatureConfig {
    public Text {
      Constraints.check(Text.class, buckets, ngrams);
    }
  }

  /** What the column's kind says: a number, a category, true or false, or a date. */
  record Auto() implements FeatureConfig {}
}
