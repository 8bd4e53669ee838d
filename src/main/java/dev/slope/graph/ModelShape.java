package dev.slope.graph;

import org.tensorflow.ndarray.Shape;

/**
 * The size of a linear model.
 *
 * @param inputs of the model; at least 1
 * @param outputs scores a row; at least 1
 */
public record ModelShape(int inputs, int outputs) {
  public ModelShape {
    requirePositive("inputs", inputs);
    requirePositive("outputs", outputs);
  }

  Shape weights() {
    return Shape.of(inputs, outputs);
  }

  Shape intercepts() {
    return Shape.of(outputs);
  }

  static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
  }
}
