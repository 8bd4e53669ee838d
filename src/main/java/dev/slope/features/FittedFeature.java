package dev.slope.features;

import dev.slope.config.DatetimePart;
import dev.slope.config.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The transform of a feature with everything it learnt from the training rows.
 *
 * <p>It has two halves. <em>Coding</em> makes numbers of what is no number: a category becomes its
 * place in the vocabulary, a text becomes counts. It is done by {@code FeatureCoder} where rows are
 * read, and by lookups in the graph that is served. <em>Encoding</em> makes model inputs of those
 * numbers; training and serving do it in the same ops.
 */
public sealed interface FittedFeature {
  /** As the config names it: the column, or the name of a cross. */
  String name();

  /** The columns of the data that it needs. */
  List<RawColumn> rawColumns();

  /** The columns of the coded matrix that it is encoded from, in order. */
  List<String> codedColumns();

  /** Its model inputs, in order. */
  List<InputBlock> blocks();

  /** How many model inputs it makes; tells so without listing a million of them. */
  default int inputCount() {
    return blocks().stream().mapToInt(block -> block.inputs().size()).sum();
  }

  /**
   * What is subtracted from an input, and what the rest is divided by.
   *
   * @param offset 0 where nothing is
   * @param divisor never 0
   */
  record Affine(double offset, double divisor) {
    /** As it is. */
    public static final Affine NONE = new Affine(0, 1);

    public Affine {
      if (divisor == 0) {
        throw new IllegalArgumentException("divisor must not be 0");
      }
    }
  }

  /**
   * A number {@code x}. In this order: a missing one becomes {@code fill}; it is brought into
   * {@code [low, high]}; with scaling log1p it becomes {@code log(1 + x)}; then input k is {@code
   * (x^k - offset_k) / divisor_k}, all in the precision of the training. With an indicator the last
   * input is 1 where it was missing and 0 elsewhere.
   *
   * @param column of the data
   * @param scaling the rule that made offsets and divisors
   * @param fill stands for a missing one; NaN where such a row has no prediction
   * @param indicator whether an input says where it is missing
   * @param low negative infinity where nothing is clipped
   * @param high infinity where nothing is clipped
   * @param powers of the exponents from 1, at least one
   */
  record Numeric(
      String column,
      Scaling scaling,
      double fill,
      boolean indicator,
      double low,
      double high,
      List<Affine> powers)
      implements FittedFeature {
    public Numeric {
      powers = List.copyOf(powers);
      if (powers.isEmpty()) {
        throw new IllegalArgumentException("powers must have the first one");
      }
    }

    /** A number that is scaled, with no prediction where it is missing. */
    public Numeric(String column, Scaling scaling, double offset, double divisor) {
      this(
          column,
          scaling,
          Double.NaN,
          false,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          List.of(new Affine(offset, divisor)));
    }

    /** Of the number itself. */
    public double offset() {
      return powers.get(0).offset();
    }

    /** Of the number itself. */
    public double divisor() {
      return powers.get(0).divisor();
    }

    /** Whether values are brought into a range. */
    public boolean isClipped() {
      return low != Double.NEGATIVE_INFINITY || high != Double.POSITIVE_INFINITY;
    }

    /** Whether it is one input, {@code (x - offset) / divisor}, but for missing numbers. */
    public boolean isAffine() {
      return powers.size() == 1 && !indicator && !isClipped() && scaling != Scaling.LOG1P;
    }

    @Override
    public String name() {
      return column;
    }

    @Override
    public List<RawColumn> rawColumns() {
      return List.of(new RawColumn(column, RawColumn.Type.NUMBER));
    }

    @Override
    public List<String> codedColumns() {
      return List.of(column);
    }

    @Override
    public List<InputBlock> blocks() {
      List<ModelInput> inputs = new ArrayList<>(List.of(new ModelInput(column, null)));
      for (int exponent = 2; exponent <= powers.size(); exponent++) {
        inputs.add(ModelInput.ofPower(column, exponent));
      }
      if (indicator) {
        inputs.add(new ModelInput(column, "missing"));
      }
      return List.of(new InputBlock.Dense(inputs));
    }
  }

  /**
   * A number as the bucket that it is in: bucket i holds {@code boundaries[i-1] <= x <
   * boundaries[i]}. A missing one becomes {@code fill}; with an indicator it is a bucket of its
   * own, the last.
   *
   * @param column of the data
   * @param boundaries ascending, at least one
   * @param fill stands for a missing one; NaN where such a row has no prediction
   * @param indicator whether missing numbers have a bucket of their own
   */
  record Bucketized(String column, List<Float> boundaries, float fill, boolean indicator)
      implements FittedFeature {
    public Bucketized {
      boundaries = List.copyOf(boundaries);
    }

    @Override
    public String name() {
      return column;
    }

    @Override
    public List<RawColumn> rawColumns() {
      return List.of(new RawColumn(column, RawColumn.Type.NUMBER));
    }

    @Override
    public List<String> codedColumns() {
      return List.of(column);
    }

    @Override
    public int inputCount() {
      return boundaries.size() + (indicator ? 2 : 1);
    }

    @Override
    public List<InputBlock> blocks() {
      List<ModelInput> levels = new ArrayList<>();
      int last = boundaries.size() - 1;
      levels.add(new ModelInput(column, "< " + boundaries.get(0)));
      for (int i = 0; i < last; i++) {
        levels.add(new ModelInput(column, boundaries.get(i) + " to < " + boundaries.get(i + 1)));
      }
      levels.add(new ModelInput(column, ">= " + boundaries.get(last)));
      if (indicator) {
        levels.add(new ModelInput(column, "missing"));
      }
      return List.of(new InputBlock.OneHot(List.copyOf(levels)));
    }
  }

  /**
   * One of several values. Coded as its place: first the vocabulary, then missing where that is a
   * level, then all others where they are. -1 counts nothing; NaN has no prediction.
   *
   * @param column its raw column: a string, or an integer
   * @param vocabulary each once; the texts of integers where the column holds some
   * @param missingLevel whether a missing value is a level: where training had one
   * @param otherLevel whether all other values are a level: where training had one
   * @param refusesOthers whether a row with any other value has no prediction
   */
  record Categorical(
      RawColumn column,
      List<String> vocabulary,
      boolean missingLevel,
      boolean otherLevel,
      boolean refusesOthers)
      implements FittedFeature {
    public Categorical {
      vocabulary = List.copyOf(vocabulary);
    }

    /** The code of a missing value. */
    public float missingCode() {
      return missingLevel ? vocabulary.size() : otherCode();
    }

    /** The code of a value that is not in the vocabulary. */
    public float otherCode() {
      if (refusesOthers) {
        return Float.NaN;
      }
      return otherLevel ? vocabulary.size() + (missingLevel ? 1 : 0) : -1;
    }

    /** Whether there may be a value, or none, that is no input and has the code -1. */
    public boolean mayCountNothing() {
      return otherCode() == -1 || missingCode() == -1;
    }

    @Override
    public String name() {
      return column.name();
    }

    @Override
    public List<RawColumn> rawColumns() {
      return List.of(column);
    }

    @Override
    public List<String> codedColumns() {
      return List.of(column.name());
    }

    @Override
    public int inputCount() {
      return vocabulary.size() + (missingLevel ? 1 : 0) + (otherLevel ? 1 : 0);
    }

    @Override
    public List<InputBlock> blocks() {
      List<String> levels = new ArrayList<>(vocabulary);
      if (missingLevel) {
        levels.add(unused("(missing)"));
      }
      if (otherLevel) {
        levels.add(unused("(other)"));
      }
      return List.of(new InputBlock.OneHot(new LevelInputs(name(), levels.size(), levels::get)));
    }

    /** A name that no value of the vocabulary has. */
    private String unused(String wanted) {
      return vocabulary.contains(wanted) ? unused("(" + wanted + ")") : wanted;
    }
  }

  /**
   * A value by its hash: coded as {@code fingerprint(text) mod buckets}, the fingerprint being
   * FarmHash's Fingerprint64 of the UTF-8 bytes, unsigned. A missing value is the empty text.
   *
   * @param column its raw column: a string, or an integer, whose text is its decimal digits
   * @param buckets how many
   */
  record Hashed(RawColumn column, int buckets) implements FittedFeature {
    @Override
    public String name() {
      return column.name();
    }

    @Override
    public List<RawColumn> rawColumns() {
      return List.of(column);
    }

    @Override
    public List<String> codedColumns() {
      return List.of(column.name());
    }

    @Override
    public int inputCount() {
      return buckets;
    }

    @Override
    public List<InputBlock> blocks() {
      return List.of(new InputBlock.OneHot(numbered(name(), buckets)));
    }
  }

  /**
   * A combination of several columns' values by its hash: as {@link Hashed}, of the values' texts
   * joined by {@link #SEPARATOR}.
   *
   * @param name of the cross
   * @param parts at least two
   * @param buckets how many
   */
  record Crossed(String name, List<CrossedColumn> parts, int buckets) implements FittedFeature {
    /** The unit separator of ASCII, which is in no ordinary text. */
    public static final String SEPARATOR = "\u001f";

    public Crossed {
      parts = List.copyOf(parts);
    }

    /**
     * A column of a cross. Its text is that of a string or an integer, or {@code true} or {@code
     * false}, and empty where it is missing; or the number from 0 of a number's bucket, which a
     * missing one has as its feature says: the fill's or its own, and without either no prediction.
     *
     * @param column any but a time
     * @param bucketized the buckets of a number; null of any other column
     */
    public record CrossedColumn(RawColumn column, @Nullable Bucketized bucketized) {}

    @Override
    public List<RawColumn> rawColumns() {
      return parts.stream().map(CrossedColumn::column).toList();
    }

    @Override
    public List<String> codedColumns() {
      return List.of(name);
    }

    @Override
    public int inputCount() {
      return buckets;
    }

    @Override
    public List<InputBlock> blocks() {
      return List.of(new InputBlock.OneHot(numbered(name, buckets)));
    }
  }

  /**
   * True or false: 1 or 0; NaN, where it is missing, has no prediction.
   *
   * @param column of the data
   */
  record Truth(String column) implements FittedFeature {
    @Override
    public String name() {
      return column;
    }

    @Override
    public List<RawColumn> rawColumns() {
      return List.of(new RawColumn(column, RawColumn.Type.TRUTH));
    }

    @Override
    public List<String> codedColumns() {
      return List.of(column);
    }

    @Override
    public List<InputBlock> blocks() {
      return List.of(new InputBlock.Dense(List.of(new ModelInput(column, null))));
    }
  }

  /**
   * A date and time in UTC, by its parts of the proleptic Gregorian calendar. Coded as days since
   * 1970-01-01 and seconds of the day, both NaN where it is missing, which has no prediction.
   *
   * @param column of the data
   * @param parts in order
   */
  record Datetime(String column, List<Part> parts) implements FittedFeature {
    public Datetime {
      parts = List.copyOf(parts);
    }

    /**
     * A part.
     *
     * @param part which
     * @param scaling of a part that is a number; {@link Affine#NONE} of levels
     */
    public record Part(DatetimePart part, Affine scaling) {}

    @Override
    public String name() {
      return column;
    }

    @Override
    public List<RawColumn> rawColumns() {
      return List.of(new RawColumn(column, RawColumn.Type.TIME));
    }

    @Override
    public List<String> codedColumns() {
      return List.of(column + "#day", column + "#second");
    }

    @Override
    public List<InputBlock> blocks() {
      return parts.stream().map(part -> block(part.part())).toList();
    }

    private InputBlock block(DatetimePart part) {
      return switch (part) {
        case YEAR, DAY, ELAPSED_DAYS ->
            new InputBlock.Dense(List.of(new ModelInput(column, part.key())));
        case MONTH -> levels(part, 1, 12);
        case DAY_OF_WEEK -> levels(part, 1, 7);
        case HOUR -> levels(part, 0, 23);
      };
    }

    private InputBlock levels(DatetimePart part, int first, int last) {
      return new InputBlock.OneHot(
          IntStream.rangeClosed(first, last)
              .mapToObj(level -> new ModelInput(column, part.key() + " " + level))
              .toList());
    }
  }

  /**
   * How often each word occurs, words hashed into buckets as {@link Hashed}.
   *
   * <p>In this order: the text ends at its first U+0000, where TensorFlow's StringLower ends it;
   * letters become lower case, by Unicode's rules of no language; the Greek final sigma becomes the
   * other one, for where a word ends is another question to Java than to TensorFlow; each run of
   * what is neither letter nor number (Unicode's categories L and N), as {@link #separators()} has
   * it, becomes a blank; what is between blanks is a word. Each word counts, and each run of 2 to
   * {@code ngrams} neighbouring ones, joined by a blank. A missing text has no words.
   *
   * <p>In TensorFlow's ops: StringLower with encoding utf-8, RegexReplace of the final sigma,
   * RegexReplace of the separators, StringSplit, StringNGrams, StringToHashBucketFast.
   *
   * @param column of the data
   * @param buckets each a column of the coded matrix and an input
   * @param ngrams at least 1
   */
  record Text(String column, int buckets, int ngrams) implements FittedFeature {
    /**
     * What parts words, as a regular expression of RE2's. It lists code points: RE2's own classes
     * have letters of a newer Unicode than Java's, which then would be of a word in one and not in
     * the other.
     */
    public static String separators() {
      return Words.separators();
    }

    @Override
    public String name() {
      return column;
    }

    @Override
    public List<RawColumn> rawColumns() {
      return List.of(new RawColumn(column, RawColumn.Type.STRING));
    }

    @Override
    public List<String> codedColumns() {
      return IntStream.range(0, buckets).mapToObj(bucket -> column + "#" + bucket).toList();
    }

    @Override
    public int inputCount() {
      return buckets;
    }

    @Override
    public List<InputBlock> blocks() {
      return List.of(new InputBlock.Dense(numbered(column, buckets)));
    }
  }

  private static List<ModelInput> numbered(String feature, int buckets) {
    return new LevelInputs(feature, buckets, bucket -> "bucket " + bucket);
  }
}
