package dev.slope.features;

import dev.slope.config.BinaryLink;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.ColumnInfo;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the label columns mean to a model: how a trainer sees them, and what a score stands for.
 * Learnt from the training rows, written into the model.
 */
public sealed interface FittedLabels {
  /** The raw label columns, in order. */
  List<String> columns();

  /** The names of the model's scores: the columns of its weight matrix. */
  List<String> outputs();

  /**
   * The labels as a trainer takes them, one row each, columns named as {@link #columns()}.
   *
   * @param rows have the label columns, coded as {@link #coded} says, and any others
   * @param source what messages call the data
   * @throws DataException where a row's label is none that the model knows
   */
  FloatMatrix encode(CodedRows rows, String source);

  /** {@link #encode(CodedRows, String)} of labels that are numbers, and of nothing else. */
  default FloatMatrix encode(FloatMatrix raw, String source) {
    return encode(CodedRows.ofNumbers(raw), source);
  }

  /**
   * How a label column is read: a class may be a text, and a missing label is NaN.
   *
   * @param column of the source
   * @param classes whether labels say classes
   */
  static CodedColumn coded(ColumnInfo column, boolean classes) {
    boolean text = classes && column.kind() != ColumnInfo.Kind.NUMERIC;
    return new CodedColumn(column.name(), text ? CellCoding.TEXT : CellCoding.OPTIONAL_NUMBER);
  }

  /**
   * How the labels are read from a source.
   *
   * @param columns the source's, among them all labels
   */
  default List<CodedColumn> coded(List<ColumnInfo> columns) {
    return columns().stream()
        .map(
            label ->
                columns.stream()
                    .filter(column -> column.name().equals(label))
                    .findFirst()
                    .map(column -> coded(column, this instanceof Classes))
                    .orElseThrow(() -> new IllegalArgumentException("no column " + label)))
        .toList();
  }

  /**
   * Numbers, each predicted by a score of its own.
   *
   * @param columns at least one
   */
  record Regression(List<String> columns) implements FittedLabels {
    public Regression {
      columns = List.copyOf(columns);
    }

    @Override
    public List<String> outputs() {
      return columns;
    }

    @Override
    public FloatMatrix encode(CodedRows rows, String source) {
      return LabelColumns.of(rows, columns);
    }
  }

  /** One column that says which class a row is of. */
  sealed interface Classes extends FittedLabels {
    /** The raw label column. */
    String column();

    /** The names of the classes: a row's encoded label is its class's place here. */
    List<String> classes();

    /** Whether scores become probabilities; else they are margins. */
    boolean hasProbabilities();

    /**
     * The place of the class that a row's scores stand for.
     *
     * @param scores as many columns as {@link #outputs()}, finite
     */
    int decide(FloatBlock scores, int row);

    @Override
    default List<String> columns() {
      return List.of(column());
    }

    @Override
    default FloatMatrix encode(CodedRows rows, String source) {
      return new ClassEncoder(column(), classes()).encode(rows, source);
    }
  }

  /**
   * Two classes and one score, which grows with the evidence for the positive one.
   *
   * @param column the raw label column
   * @param negativeClass encoded as 0
   * @param positiveClass encoded as 1
   * @param threshold the probability from which on a row is of the positive class, between 0 and 1;
   *     absent where the score is a margin, which decides by its sign
   * @param link from the probability to the score; absent where there is no threshold
   */
  record Binary(
      String column,
      String negativeClass,
      String positiveClass,
      @Nullable Double threshold,
      @Nullable BinaryLink link)
      implements Classes {
    public Binary {
      if ((threshold == null) != (link == null)) {
        throw new IllegalArgumentException(
            "threshold and link must both be there or both not, but were %s and %s"
                .formatted(threshold, link));
      }
      if (threshold != null && !(threshold > 0 && threshold < 1)) {
        throw new IllegalArgumentException("threshold must be > 0 and < 1, but was " + threshold);
      }
    }

    /** Whose probabilities are the logistic function's. */
    public Binary(
        String column, String negativeClass, String positiveClass, @Nullable Double threshold) {
      this(
          column,
          negativeClass,
          positiveClass,
          threshold,
          threshold == null ? null : BinaryLink.LOGIT);
    }

    /**
     * The link of a model that has probabilities.
     *
     * @throws NullPointerException where scores are margins
     */
    public BinaryLink probabilityLink() {
      return Objects.requireNonNull(link, "margins have no probabilities");
    }

    @Override
    public List<String> classes() {
      return List.of(negativeClass, positiveClass);
    }

    @Override
    public List<String> outputs() {
      return List.of(positiveClass);
    }

    @Override
    public boolean hasProbabilities() {
      return threshold != null;
    }

    /** The least score of a row of the positive class: the threshold's own, in float32. */
    public float scoreThreshold() {
      return threshold == null ? 0 : (float) ClassProbability.score(probabilityLink(), threshold);
    }

    @Override
    public int decide(FloatBlock scores, int row) {
      return scores.get(row, 0) >= scoreThreshold() ? 1 : 0;
    }
  }

  /**
   * Any number of classes with a score each; the largest decides, of equal ones the first.
   *
   * @param column the raw label column
   * @param classes at least two
   */
  record MultiClass(String column, List<String> classes) implements Classes {
    public MultiClass {
      classes = List.copyOf(classes);
    }

    @Override
    public List<String> outputs() {
      return classes;
    }

    @Override
    public boolean hasProbabilities() {
      return true;
    }

    @Override
    public int decide(FloatBlock scores, int row) {
      int best = 0;
      for (int output = 1; output < scores.columns(); output++) {
        if (scores.get(row, output) > scores.get(row, best)) {
          best = output;
        }
      }
      return best;
    }
  }
}
