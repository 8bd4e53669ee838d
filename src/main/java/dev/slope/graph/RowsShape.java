package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

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
}
