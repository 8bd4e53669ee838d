package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * A trainable float32 variable.
 *
 * @param name unique in the model: the attribute in Python, the resource's shared name, the root of
 *     the checkpoint's key
 * @param shape of the value
 */
public record Variable(String name, List<Long> shape) {
  /** What every variable holds. */
  static final DataType DTYPE = DataType.DT_FLOAT;

  public Variable {
    shape = List.copyOf(shape);
  }

  /**
   * A value of it, little endian.
   *
   * @param values row by row; rounded to float32
   */
  ByteString content(double[] values) {
    long size = shape.stream().reduce(1L, (a, b) -> a * b);
    if (values.length != size) {
      throw new IllegalArgumentException(
          "values of %s must be %d, but were %d".formatted(name, size, values.length));
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return ByteString.copyFrom(bytes.flip());
  }

  /** Where the checkpoint keeps the value. */
  String checkpointKey() {
    return checkpointKey(name);
  }

  /** Where the checkpoint keeps the value of the variable of that name. */
  static String checkpointKey(String name) {
    return name + "/.ATTRIBUTES/VARIABLE_VALUE";
  }
}
