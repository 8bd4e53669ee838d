package dev.slope.graph;

import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The one interpreter of fitted transforms: training and serving both encode through it, which is
 * how they stay equal.
 */
public final class FeatureEncoding {
  private FeatureEncoding() {}

  /**
   * The inputs of rows, one-hot ones by their place.
   *
   * @param dense the values of all other inputs, {@code [rows, inputs]}; null where there are none
   * @param places for each block of one-hot inputs the row of the weight matrix that counts, or -1,
   *     {@code [rows, blocks]}
   */
  public record Sparse(@Nullable Operand<TFloat32> dense, Operand<TInt32> places) {}

  /**
   * Adds the ops that make model inputs of coded columns.
   *
   * @param coded the coded columns, {@code [rows, columns]}
   * @return {@code [rows, inputs]}
   */
  public static Operand<TFloat32> encode(Ops tf, FittedFeatures features, Operand<TFloat32> coded) {
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    int column = 0;
    for (FittedFeature feature : features.features()) {
      Operand<TFloat32> values = column(tf, coded, column++);
      if (feature instanceof FittedFeature.Numeric numeric) {
        inputs.add(affine(tf, numeric, values));
      } else {
        Operand<TInt32> places =
            tf.squeeze(tf.dtypes.cast(values, TInt32.class), Squeeze.axis(List.of(1L)));
        inputs.add(
            tf.oneHot(
                places,
                tf.constant(feature.blocks().get(0).inputs().size()),
                tf.constant(1f),
                tf.constant(0f)));
      }
    }
    return beside(tf, inputs);
  }

  /**
   * Adds the ops that make sparse model inputs of coded columns.
   *
   * @param coded the coded columns, {@code [rows, columns]}
   */
  public static Sparse encodeSparse(Ops tf, FittedFeatures features, Operand<TFloat32> coded) {
    List<Operand<TFloat32>> dense = new ArrayList<>();
    List<Operand<TInt32>> places = new ArrayList<>();
    int column = 0;
    int first = 0;
    for (FittedFeature feature : features.features()) {
      Operand<TFloat32> values = column(tf, coded, column++);
      if (feature instanceof FittedFeature.Numeric numeric) {
        dense.add(affine(tf, numeric, values));
      } else {
        Operand<TInt32> place = tf.dtypes.cast(values, TInt32.class);
        places.add(
            tf.select(
                tf.math.less(place, tf.constant(0)),
                place,
                tf.math.add(place, tf.constant(first))));
      }
      first += feature.inputs().size();
    }
    return new Sparse(dense.isEmpty() ? null : beside(tf, dense), beside(tf, places));
  }

  private static <T extends TType> Operand<T> beside(Ops tf, List<Operand<T>> columns) {
    return columns.size() == 1 ? columns.get(0) : tf.concat(columns, tf.constant(1));
  }

  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> coded, int column) {
    return tf.slice(coded, tf.constant(new int[] {0, column}), tf.constant(new int[] {-1, 1}));
  }

  private static Operand<TFloat32> affine(
      Ops tf, FittedFeature.Numeric numeric, Operand<TFloat32> values) {
    return tf.math.div(
        tf.math.sub(values, tf.constant(numeric.offset())), tf.constant(numeric.divisor()));
  }
}
