package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Neighbouring inputs of a model that are encoded by the same ops. */
sealed interface EncodedPart<T extends TFloating> {
  /** How many features it is of: the next ones, in the order of the features. */
  int features();

  /** Whether another part of the same feature follows. */
  boolean unfinished();

  /** How many inputs. */
  int count();

  /** The inputs as columns of numbers, in order. */
  List<Operand<T>> inputs(Ops tf);

  /**
   * Inputs with a value each.
   *
   * @param features one, or as many as there are inputs
   * @param operand {@code [rows, count]}
   */
  record Values<T extends TFloating>(
      int features, boolean unfinished, int count, Operand<T> operand) implements EncodedPart<T> {
    @Override
    public List<Operand<T>> inputs(Ops tf) {
      return List.of(operand);
    }
  }

  /**
   * Blocks of which at most one input is 1, one block a feature.
   *
   * @param sizes how many inputs each block has
   * @param operand the place of that input in each block, -1 where there is none, {@code [rows,
   *     blocks]}
   * @param optional whether it may be NaN, where the row has no prediction
   */
  record Levels<T extends TFloating>(
      boolean unfinished, List<Integer> sizes, Operand<T> operand, boolean optional)
      implements EncodedPart<T> {
    public Levels {
      sizes = List.copyOf(sizes);
    }

    @Override
    public int features() {
      return sizes.size();
    }

    @Override
    public int count() {
      return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public List<Operand<T>> inputs(Ops tf) {
      List<Operand<T>> inputs = new ArrayList<>();
      for (int block = 0; block < sizes.size(); block++) {
        Operand<T> place = FeatureParts.columns(tf, operand, block, 1, sizes.size());
        Operand<T> ones =
            tf.oneHot(
                tf.reshape(known(tf, place), tf.array(-1)),
                tf.constant(sizes.get(block)),
                Constants.scalar(tf, 1, operand),
                Constants.scalar(tf, 0, operand));
        inputs.add(optional ? tf.math.add(ones, nanOrZero(tf, place)) : ones);
      }
      return inputs;
    }

    /**
     * The rows of the weight matrix, -1 where there is none.
     *
     * @param first the row of the first input
     */
    Operand<TInt32> rows(Ops tf, int first) {
      Operand<TInt32> places = known(tf, operand);
      Operand<TInt32> there =
          tf.dtypes.cast(tf.math.greaterEqual(places, tf.constant(0)), TInt32.class);
      // Choosing between a matrix and a number, which is repeated first, takes longer.
      return tf.math.sub(
          tf.math.mul(tf.math.add(places, tf.constant(firsts(first + 1))), there), tf.constant(1));
    }

    /** The same of rows that have a place in each block: a third of the time. */
    Operand<TInt32> rowsWithoutGaps(Ops tf, int first) {
      return tf.math.add(tf.dtypes.cast(operand, TInt32.class), tf.constant(firsts(first)));
    }

    private int[] firsts(int first) {
      int[] firsts = new int[sizes.size()];
      int row = first;
      for (int block = 0; block < firsts.length; block++) {
        firsts[block] = row;
        row += sizes.get(block);
      }
      return firsts;
    }

    /** {@code [rows, blocks]}: NaN where a block says that the row has no prediction, else 0. */
    Operand<T> refusals(Ops tf) {
      return nanOrZero(tf, operand);
    }

    /** {@code [rows, 1]}: NaN where the row has no prediction, else 0. */
    Operand<T> noPrediction(Ops tf) {
      Operand<T> marked = refusals(tf);
      return sizes.size() == 1
          ? marked
          : tf.reduceSum(marked, tf.constant(1), org.tensorflow.op.core.ReduceSum.keepDims(true));
    }

    /** Places with -1 where they may be NaN, of which nobody knows what integer it becomes. */
    private Operand<TInt32> known(Ops tf, Operand<T> places) {
      Operand<T> numbers =
          optional
              ? tf.select(
                  tf.math.greaterEqual(places, Constants.scalar(tf, 0, places)),
                  places,
                  Constants.scalar(tf, -1, places))
              : places;
      return tf.dtypes.cast(numbers, TInt32.class);
    }

    private static <T extends TFloating> Operand<T> nanOrZero(Ops tf, Operand<T> places) {
      return tf.select(
          tf.math.notEqual(places, places),
          Constants.scalar(tf, Double.NaN, places),
          Constants.scalar(tf, 0, places));
    }
  }
}
