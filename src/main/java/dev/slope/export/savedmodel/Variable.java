package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * A trainable float32 variable and its value.
 *
 * @param name unique in the model: the attribute in Python, the resource's shared name, the root of
 *     the checkpoint's key
 * @param shape of the value
 * @param content the value, row by row, little endian
 */
public record Variable(String name, List<Long> shape, ByteString content) {
  /** What every variable holds. */
  static final DataType DTYPE = DataType.DT_FLOAT;

  public Variable {
    shape = List.copyOf(shape);
    long size = shape.stream().reduce(1L, (a, b) -> a * b);
    if (content.size() != size * Float.BYTES) {
      throw new IllegalArgumentException(
          "content of %s must be %d float32, but was %d bytes"
              .formatted(name, size, content.size()));
    }
  }

  /** A variable of the given values, rounded to float32. */
  public static Variable of(String name, List<Long> shape, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return new Variable(name, shape, ByteString.copyFrom(bytes.flip()));
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
