package dev.slope.graph;

import dev.slope.config.Precision;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** TensorFlow's types of floating-point numbers. */
public final class FloatTypes {
  private FloatTypes() {}

  /** The type of a precision's tensors. */
  public static Class<? extends TFloating> of(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> TFloat32.class;
      case FLOAT64 -> TFloat64.class;
    };
  }
}
