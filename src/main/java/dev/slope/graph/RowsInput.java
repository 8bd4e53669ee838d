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

  /** Adds the placeholders and the encoding. */
  public static RowsInput create(Ops tf, FittedFeatures encoding, RowsShape shape) {
    Placeholder<TFloat32> raw = rows(tf, shape, encoding.columns().size());
    Placeholder<TFloat32> labels = rows(tf, shape, shape.labelColumns());
    Placeholder<TFloat32> weights = shape.weighted() ? rows(tf, shape, 1) : null;
    Placeholder<TFloat32> offsets = shape.offset() ? rows(tf, shape, 1) : null;
    List<Operand<TFloat32>> data = new ArrayList<>();
    data.add(FeatureEncoding.encode(tf, encoding, raw));
    data.add(labels);
    if (weights != null) {
      data.add(weights);
    }
    if (offsets != null) {
      data.add(offsets);
    }
    return new RowsInput(raw, labels, weights, offsets, data);
  }

  private static Placeholder<TFloat32> rows(Ops tf, RowsShape shape, int columns) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape.rows(), columns)));
  }
}
