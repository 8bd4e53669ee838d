package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/**
 * Where rows come into a training graph, raw; they are encoded on the way.
 *
 * @param raw raw columns, {@code [rows, columns]}
 * @param labels {@code [rows, label columns]}
 * @param weights {@code [rows, 1]}, with a mean of 1; null where rows have none
 * @param offsets {@code [rows, 1]}; null where rows have none
 * @param data what a {@link RowsObjective} of these rows is computed from
 */
public record RowsInput<T extends TFloating>(
    Placeholder<T> raw,
    Placeholder<T> labels,
    @Nullable Placeholder<T> weights,
    @Nullable Placeholder<T> offsets,
    List<Operand<T>> data) {
  public RowsInput {
    data = List.copyOf(data);
  }

  /** Adds the placeholders and the encoding of all rows at once. */
  public static <T extends TFloating> RowsInput<T> create(
      Ops tf, Class<T> type, FittedFeatures encoding, RowsShape shape) {
    return create(tf, type, encoding, null, shape);
  }

  /**
   * Adds the placeholders and the encoding of all rows at once.
   *
   * @param sparse how features are packed; null where each input is a value
   */
  public static <T extends TFloating> RowsInput<T> create(
      Ops tf,
      Class<T> type,
      FittedFeatures encoding,
      @Nullable SparseRows sparse,
      RowsShape shape) {
    return create(
        tf,
        type,
        encoding,
        sparse,
        shape.rows(),
        shape.labelColumns(),
        shape.weighted(),
        shape.offset());
  }

  /**
   * Adds the placeholders and the encoding of any number of rows.
   *
   * @param sparse how features are packed; null where each input is a value
   */
  public static <T extends TFloating> RowsInput<T> ofAnyRows(
      Ops tf,
      Class<T> type,
      FittedFeatures encoding,
      @Nullable SparseRows sparse,
      int labelColumns,
      boolean weighted,
      boolean offset) {
    return create(tf, type, encoding, sparse, Shape.UNKNOWN_SIZE, labelColumns, weighted, offset);
  }

  private static <T extends TFloating> RowsInput<T> create(
      Ops tf,
      Class<T> type,
      FittedFeatures encoding,
      @Nullable SparseRows sparse,
      long rows,
      int labelColumns,
      boolean weighted,
      boolean offset) {
    Placeholder<T> raw = matrix(tf, type, rows, encoding.columns().size());
    Placeholder<T> labels = matrix(tf, type, rows, labelColumns);
    Placeholder<T> weights = weighted ? matrix(tf, type, rows, 1) : null;
    Placeholder<T> offsets = offset ? matrix(tf, type, rows, 1) : null;
    List<Operand<T>> data = new ArrayList<>();
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
    return new RowsInput<>(raw, labels, weights, offsets, data);
  }

  /** The placeholders that are there, in the order of the components. */
  public List<Operand<T>> placeholders() {
    List<Operand<T>> placeholders = new ArrayList<>(List.of(raw, labels));
    if (weights != null) {
      placeholders.add(weights);
    }
    if (offsets != null) {
      placeholders.add(offsets);
    }
    return placeholders;
  }

  private static <T extends TFloating> Placeholder<T> matrix(
      Ops tf, Class<T> type, long rows, int columns) {
    return tf.placeholder(type, Placeholder.shape(Shape.of(rows, columns)));
  }
}
