package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The static shapes of rows, which a compiled loop needs to know.
 *
 * @param rows at least 1
 * @param inputs of the model; at least 1
 * @param labelColumns one for a classifier, one an output for a regression
 * @param weighted whether each row has a weight
 * @param offset whether each row has an offset that is added to its scores
 */
public record RowsShape(long rows, int inputs, int labelColumns, boolean weighted, boolean offset) {
  public RowsShape {
    ModelShape.requirePositive("rows", rows);
    ModelShape.requirePositive("inputs", inputs);
    ModelShape.requirePositive("labelColumns", labelColumns);
  }

  /** Features, labels, then weights and offsets where there are any: each with its rows first. */
  List<Shape> tensors() {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(Shape.of(rows, inputs));
    shapes.add(Shape.of(rows, labelColumns));
    if (weighted) {
      shapes.add(Shape.of(rows, 1));
    }
    if (offset) {
      shapes.add(Shape.of(rows, 1));
    }
    return shapes;
  }

  /** How many columns a row has where everything of it stands side by side. */
  public int packedColumns() {
    return inputs + labelColumns + (weighted ? 1 : 0) + (offset ? 1 : 0);
  }

  /**
   * Adds the slices that take packed rows apart.
   *
   * @param packed {@code [rows, packed columns]}
   * @return the tensors of {@link #tensors}
   */
  List<Operand<TFloat32>> unpack(Ops tf, Operand<TFloat32> packed) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    long first = 0;
    for (Shape shape : tensors()) {
      long columns = shape.get(1);
      parts.add(
          tf.slice(
              packed, tf.constant(new long[] {0, first}), tf.constant(new long[] {rows, columns})));
      first += columns;
    }
    return parts;
  }
}
