package dev.slope.graph;

import org.tensorflow.ndarray.Shape;

/**
 * The static shapes of a training, which a compiled loop needs to know.
 *
 * @param rows of the training data; at least 1
 * @param inputs of the model; at least 1
 * @param outputs of the model; at least 1
 */
public record ModelShape(long rows, int inputs, int outputs) {
  public ModelShape {
    requirePositive("rows", rows);
    requirePositive("inputs", inputs);
    requirePositive("outputs", outputs);
  }

  Shape features() {
    return Shape.of(rows, inputs);
  }

  Shape labels() {
    return Shape.of(rows, outputs);
  }

  Shape weights() {
    return Shape.of(inputs, outputs);
  }

  Shape intercepts() {
    return Shape.of(outputs);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
  }
}
