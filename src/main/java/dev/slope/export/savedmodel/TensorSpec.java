package dev.slope.export.savedmodel;

import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * A named tensor at the border of a function.
 *
 * @param name a Python identifier
 * @param dtype what its elements are
 * @param shape -1 for a dimension that the caller chooses
 */
public record TensorSpec(String name, DataType dtype, List<Long> shape) {
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** A tensor of the given shape. */
  public static TensorSpec of(String name, DataType dtype, Long... shape) {
    return new TensorSpec(name, dtype, List.of(shape));
  }
}
