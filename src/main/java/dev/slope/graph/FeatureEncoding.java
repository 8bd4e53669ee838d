package dev.slope.graph;

import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The one interpreter of fitted transforms: training and serving both encode through it, which is
 * how they stay equal. It keeps to ops that TFLite, ONNX and XLA know.
 */
public final class FeatureEncoding {
  private FeatureEncoding() {}

  /**
   * Rows with their places in the weight matrix in place of columns of zeros and ones.
   *
   * @param dense the inputs with a value each, {@code [rows, denseRows]}; null where there are none
   * @param denseRows which rows of the weight matrix they are of, ascending
   * @param places rows of the weight matrix whose input is 1, {@code [rows, blocks]} of int32; -1
   *     where a block has none; null where there are no such blocks
   * @param noPrediction NaN where the row has no prediction and 0 elsewhere, {@code [rows, 1]};
   *     null where {@code dense} alone tells
   */
  public record Sparse<T extends TFloating>(
      @Nullable Operand<T> dense,
      List<Integer> denseRows,
      @Nullable Operand<TInt32> places,
      @Nullable Operand<T> noPrediction) {
    public Sparse {
      denseRows = List.copyOf(denseRows);
    }
  }

  /**
   * Adds the ops that make model inputs of coded columns. Where nothing is scaled it adds none.
   *
   * @param coded the columns of the features, {@code [rows, columns]}
   * @return {@code [rows, inputs]}; NaN or infinite where the row has no prediction
   */
  public static <T extends TFloating> Operand<T> encode(
      Ops tf, FittedFeatures features, Operand<T> coded) {
    List<Operand<T>> inputs = new ArrayList<>();
    for (EncodedPart<T> part : FeatureParts.of(tf, features, coded)) {
      inputs.addAll(part.inputs(tf));
    }
    return joined(tf, inputs);
  }

  /**
   * Adds the ops that make the same inputs without the zeros and ones of levels.
   *
   * @param coded the columns of the features, {@code [rows, columns]}
   */
  public static <T extends TFloating> Sparse<T> encodeSparse(
      Ops tf, FittedFeatures features, Operand<T> coded) {
    return encodeSparse(tf, features, coded, true);
  }

  /**
   * The same.
   *
   * @param gaps whether a row may have no place in a block
   */
  static <T extends TFloating> Sparse<T> encodeSparse(
      Ops tf, FittedFeatures features, Operand<T> coded, boolean gaps) {
    List<Operand<T>> dense = new ArrayList<>();
    List<Integer> denseRows = new ArrayList<>();
    List<Operand<TInt32>> places = new ArrayList<>();
    Operand<T> noPrediction = null;
    int row = 0;
    for (EncodedPart<T> part : FeatureParts.of(tf, features, coded)) {
      if (part instanceof EncodedPart.Values<T> values) {
        dense.add(values.operand());
        for (int i = 0; i < values.count(); i++) {
          denseRows.add(row + i);
        }
      } else if (part instanceof EncodedPart.Levels<T> levels) {
        places.add(gaps ? levels.rows(tf, row) : levels.rowsWithoutGaps(tf, row));
        if (levels.optional()) {
          Operand<T> marked = levels.noPrediction(tf);
          noPrediction = noPrediction == null ? marked : tf.math.add(noPrediction, marked);
        }
      }
      row += part.count();
    }
    return new Sparse<>(
        dense.isEmpty() ? null : joined(tf, dense),
        denseRows,
        places.isEmpty() ? null : joined(tf, places),
        noPrediction);
  }

  /**
   * Adds the bucket of each number.
   *
   * @param values {@code [rows]}, or {@code [rows, 1]}
   * @return its place in the order of the feature's inputs; NaN where the row has no prediction
   */
  public static <T extends TFloating> Operand<T> bucket(
      Ops tf, FittedFeature.Bucketized feature, Operand<T> values) {
    return Buckets.places(tf, feature, values);
  }

  private static <T extends org.tensorflow.types.family.TType> Operand<T> joined(
      Ops tf, List<Operand<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(1));
  }
}
