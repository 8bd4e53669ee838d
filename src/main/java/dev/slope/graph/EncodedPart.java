package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Neighbouring inputs of a model that are encoded by the same ops. */
sealed interface EncodedPart {
  /** How many features it is of: the next ones, in the order of the features. */
  int features();

  /** Whether another part of the same feature follows. */
  boolean unfinished();

  /** How many inputs. */
  int count();

  /** The inputs as columns of numbers, in order. */
  List<Operand<TFloat32>> inputs(Ops tf);

  /**
   * Inputs with a value each.
   *
   * @param features one, or as many as there are inputs
   * @param operand {@code [rows, count]}
   */
  record Values(int features, boolean unfinished, int count, Operand<TFloat32> operand)
      implements EncodedPart {
    @Override
    public List<Operand<TFloat32>> inputs(Ops tf) {
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
  record Levels(
      boolean unfinished, List<Integer> sizes, Operand<TFloat32> operand, boolean optional)
      implements EncodedPart {
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
    public List<Operand<TFloat32>> inputs(Ops tf) {
      List<Operand<TFloat32>> inputs = new ArrayList<>();
      for (int block = 0; block < sizes.size(); block++) {
        Operand<TFloat32> place = FeatureParts.columns(tf, operand, block, 1, sizes.size());
        Operand<TFloat32> ones =
            tf.oneHot(
                tf.reshape(known(tf, place), tf.array(-1)),
                tf.constant(sizes.get(block)),
                tf.constant(1f),
                tf.constant(0f));
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
      int[] firsts = new int[sizes.size()];
      int row = first;
      for (int block = 0; block < firsts.length; block++) {
        firsts[block] = row;
        row += sizes.get(block);
      }
      Operand<TInt32> places = known(tf, operand);
      return tf.select(
          tf.math.less(places, tf.constant(0)),
          tf.constant(-1),
          tf.math.add(places, tf.constant(firsts)));
    }

    /** {@code [rows, 1]}: NaN where the row has no prediction, else 0. */
    Operand<TFloat32> noPrediction(Ops tf) {
      Operand<TFloat32> marked = nanOrZero(tf, operand);
      return sizes.size() == 1
          ? marked
          : tf.reduceSum(marked, tf.constant(1), org.tensorflow.op.core.ReduceSum.keepDims(true));
    }

    private static Operand<TInt32> known(Ops tf, Operand<TFloat32> places) {
      Operand<TFloat32> numbers =
          tf.select(tf.math.greaterEqual(places, tf.constant(0f)), places, tf.constant(-1f));
      return tf.dtypes.cast(numbers, TInt32.class);
    }

    private static Operand<TFloat32> nanOrZero(Ops tf, Operand<TFloat32> places) {
      return tf.select(tf.math.notEqual(places, places), tf.constant(Float.NaN), tf.constant(0f));
    }
  }
}
