package dev.slope.graph;

import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.InputBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * How the features of a row are packed where one-hot inputs are many: first, for each block of
 * one-hot inputs, the row of the weight matrix that counts, then the values of all other inputs,
 * and a 1 that the intercept is the weight of.
 *
 * <p>A place is an int32 whose bits are kept as a float32's, so that a packed row is one piece of
 * memory and places are exact however many weights there are. Nothing computes with such a float.
 *
 * @param inputs of the model, the rows of its weight matrix
 * @param places how many blocks of one-hot inputs there are; at least 1
 * @param dense the rows of the weight matrix that belong to the other inputs, in order
 * @param gaps whether a row may have no place in a block
 */
public record SparseRows(int inputs, int places, List<Integer> dense, boolean gaps) {
  public SparseRows {
    dense = List.copyOf(dense);
    ModelShape.requirePositive("places", places);
  }

  /** The packing of a model's rows; null where it has no one-hot inputs. */
  public static @Nullable SparseRows of(FittedFeatures features) {
    int inputs = 0;
    int places = 0;
    boolean gaps = false;
    List<Integer> dense = new ArrayList<>();
    for (FittedFeature feature : features.features()) {
      gaps |=
          feature instanceof FittedFeature.Categorical categorical && categorical.mayCountNothing();
      for (InputBlock block : feature.blocks()) {
        int end = inputs + block.inputs().size();
        if (block instanceof InputBlock.OneHot) {
          places++;
        } else {
          for (int input = inputs; input < end; input++) {
            dense.add(input);
          }
        }
        inputs = end;
      }
    }
    return places == 0 ? null : new SparseRows(inputs, places, dense, gaps);
  }

  /** The same of rows that all have a place in each block. */
  public SparseRows withoutGaps() {
    return new SparseRows(inputs, places, dense, false);
  }

  /** How many values the features of a packed row have. */
  public int columns() {
    return places + dense.size() + 1;
  }

  /**
   * Adds the encoding of coded rows.
   *
   * @param coded {@code [rows, coded columns]}
   * @return {@code [rows, columns]}
   */
  <T extends TFloating> Operand<T> encode(Ops tf, FittedFeatures features, Operand<T> coded) {
    FeatureEncoding.Sparse<T> encoded = FeatureEncoding.encodeSparse(tf, features, coded, gaps);
    if (encoded.places() == null) {
      throw new IllegalArgumentException("features must have one-hot inputs");
    }
    Operand<T> bits = tf.bitcast(encoded.places(), coded.type());
    Operand<T> ones =
        tf.onesLike(tf.slice(bits, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1})));
    return tf.concat(
        encoded.dense() == null ? List.of(bits, ones) : List.of(bits, encoded.dense(), ones),
        tf.constant(1));
  }

  /**
   * The squares of rows' lengths, of any features.
   *
   * @param coded {@code [rows, coded columns]}
   * @return {@code [rows]}
   */
  public static <T extends TFloating> Operand<T> squares(
      Ops tf, FittedFeatures features, Operand<T> coded) {
    FeatureEncoding.Sparse<T> encoded = FeatureEncoding.encodeSparse(tf, features, coded);
    List<Operand<T>> terms = new ArrayList<>();
    if (encoded.places() != null) {
      Operand<TBool> there = tf.math.greaterEqual(encoded.places(), tf.constant(0));
      terms.add(tf.dtypes.cast(there, coded.type()));
    }
    if (encoded.dense() != null) {
      terms.add(tf.math.square(encoded.dense()));
    }
    return tf.sum(
        terms.size() == 1 ? terms.get(0) : tf.concat(terms, tf.constant(1)), tf.constant(1));
  }

  /**
   * The places of packed rows, -1 for none.
   *
   * @param packed {@code [rows, at least columns]}
   */
  <T extends TFloating> Operand<TInt32> placesOf(Ops tf, Operand<T> packed) {
    return tf.bitcast(columnsOf(tf, packed, 0, places), TInt32.class);
  }

  /**
   * The values of packed rows' other inputs; only where there are some.
   *
   * @param packed {@code [rows, at least columns]}
   */
  <T extends TFloating> Operand<T> denseOf(Ops tf, Operand<T> packed) {
    return columnsOf(tf, packed, places, dense.size());
  }

  private static <T extends TFloating> Operand<T> columnsOf(
      Ops tf, Operand<T> packed, int from, int columns) {
    return tf.slice(packed, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, columns}));
  }

  /** The rows of the weight matrix of the inputs that aren't one-hot. */
  Operand<TInt32> denseRows(Ops tf) {
    return tf.constant(dense.stream().mapToInt(Integer::intValue).toArray());
  }
}
