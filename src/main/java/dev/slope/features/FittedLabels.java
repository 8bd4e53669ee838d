package dev.slope.features;

import dev.slope.config.BinaryLink;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
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
   * @param raw the label columns
   * @param source what messages call the data
   * @throws DataException where a row's label is none that the model knows
   */
  FloatMatrix encode(FloatMatrix raw, String source);

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
    public FloatMatrix encode(FloatMatrix raw, String source) {
      return raw;
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
    default FloatMatrix encode(FloatMatrix raw, String source) {
      return new ClassEncoder(column(), classes()).encode(raw, source);
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

  /** Numbers that stand for classes, each to its class's place. */
  final class ClassEncoder {
    private final String column;
    private final List<String> classes;
    private final float[] sorted;
    private final int[] places;

    private ClassEncoder(String column, List<String> classes) {
      this.column = column;
      this.classes = classes;
      List<Float> values = new ArrayList<>();
      classes.forEach(name -> values.add(Float.valueOf(name)));
      this.sorted = new float[values.size()];
      this.places = new int[values.size()];
      List<Float> ascending = values.stream().sorted().toList();
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = ascending.get(i);
        places[i] = values.indexOf(ascending.get(i));
      }
    }

    private FloatMatrix encode(FloatMatrix raw, String source) {
      List<FloatBlock> blocks = new ArrayList<>();
      long before = 0;
      for (FloatBlock block : raw.blocks()) {
        FloatBlock encoded = new FloatBlock(block.rows(), 1);
        for (int row = 0; row < block.rows(); row++) {
          // Adding 0 makes one zero of the two.
          float value = block.get(row, 0) + 0f;
          int found = Arrays.binarySearch(sorted, value);
          if (found < 0) {
            throw new DataException(
                "%s, row %d: '%s' must be one of the model's classes %s, but was '%s'"
                    .formatted(source, before + row + 1, column, classes, ClassText.of(value)));
          }
          encoded.set(row, 0, places[found]);
        }
        blocks.add(encoded);
        before += block.rows();
      }
      return new FloatMatrix(raw.names(), blocks);
    }
  }
}
