package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Where rows come into a training graph, raw; they are encoded on the way.
 *
 * @param raw raw columns, {@code [rows, columns]}
 * @param labels {@code [rows, label columns]}
 * @param weights {@code [rows, 1]}, with a mean of 1; null where rows have none
 * @param offsets {@code [rows, 1]}; null where rows have none
 * @param data what a {@link RowsObjective} of these rows is computed from
 */
public record RowsInput(
    Placeholder<TFloat32> raw,
    Placeholder<TFloat32> labels,
    @Nullable Placeholder<TFloat32> weights,
    @Nullable Placeholder<TFloat32> offsets,
    List<Operand<TFloat32>> data) {
  public RowsInput {
    data = List.copyOf(data);
  }

  /** Adds the placeholders and the encoding of all rows at once. */
  public static RowsInput create(Ops tf, FittedFeatures encoding, RowsShape shape) {
    return create(tf, encoding, null, shape);
  }

  /**
   * Adds the placeholders and the encoding of all rows at once.
   *
   * @param sparse how features are packed; null where each input is a value
   */
  public static RowsInput create(
      Ops tf, FittedFeatures encoding, @Nullable SparseRows sparse, RowsShape shape) {
    return create(
        tf, encoding, sparse, shape.rows(), shape.labelColumns(), shape.weighted(), shape.offset());
  }

  /**
   * Adds the placeholders and the encoding of any number of rows.
   *
   * @param sparse how features are packed; null where each input is a value
   */
  public static RowsInput ofAnyRows(
      Ops tf,
      FittedFeatures encoding,
      @Nullable SparseRows sparse,
      int labelColumns,
      boolean weighted,
      boolean offset) {
    return create(tf, encoding, sparse, Shape.UNKNOWN_SIZE, labelColumns, weighted, offset);
  }

  private static RowsInput create(
      Ops tf,
      FittedFeatures encoding,
      @Nullable SparseRows sparse,
      long rows,
      int labelColumns,
      boolean weighted,
      boolean offset) {
    Placeholder<TFloat32> raw = matrix(tf, rows, encoding.columns().size());
    Placeholder<TFloat32> labels = matrix(tf, rows, labelColumns);
    Placeholder<TFloat32> weights = weighted ? matrix(tf, rows, 1) : null;
    Placeholder<TFloat32> offsets = offset ? matrix(tf, rows, 1) : null;
    List<Operand<TFloat32>> data = new ArrayList<>();
    data.add(
        sparse == null
            ? FeatureEncoding.encode(tf, encoding, raw)
            : sparse.encode(tf, encoding, raw));
    data.add(labels);
    if (weights != null) {
      data.add(weights);
    }
    if (offsets != null) {
      data.add(offsets);
    }
    return new RowsInput(raw, labels, weights, offsets, data);
  }

  /** The placeholders that are there, in the order of the components. */
  public List<Operand<TFloat32>> placeholders() {
    List<Operand<TFloat32>> placeholders = new ArrayList<>(List.of(raw, labels));
    if (weights != null) {
      placeholders.add(weights);
    }
    if (offsets != null) {
      placeholders.add(offsets);
    }
    return placeholders;
  }

  private static Placeholder<TFloat32> matrix(Ops tf, long rows, int columns) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(rows, columns)));
  }
}
