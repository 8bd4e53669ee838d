package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Constants of a floating-point type that is known when the graph is built: the nearest numbers.
 */
final class Constants {
  private Constants() {}

  /** A number of the type of another operand. */
  static <T extends TFloating> Operand<T> scalar(Ops tf, double value, Operand<T> like) {
    return scalar(tf, value, like.type());
  }

  static <T extends TFloating> Operand<T> scalar(Ops tf, double value, Class<T> type) {
    return isFloat32(type) ? as(type, tf.constant((float) value)) : as(type, tf.constant(value));
  }

  /** {@code part / whole}, computed in the type of another operand. */
  static <T extends TFloating> Operand<T> share(Ops tf, long part, long whole, Operand<T> like) {
    return isFloat32(like.type())
        ? as(like.type(), tf.constant((float) part / whole))
        : as(like.type(), tf.constant((double) part / whole));
  }

  /** Numbers of the type of another operand. */
  static <T extends TFloating> Operand<T> vector(Ops tf, double[] values, Operand<T> like) {
    return of(tf, Shape.of(values.length), values, like.type());
  }

  /** Numbers in a column, of the type of another operand. */
  static <T extends TFloating> Operand<T> column(Ops tf, double[] values, Operand<T> like) {
    return of(tf, Shape.of(values.length, 1), values, like.type());
  }

  /** Numbers row by row, of the type of another operand. */
  static <T extends TFloating> Operand<T> matrix(
      Ops tf, int columns, double[] values, Operand<T> like) {
    return of(tf, Shape.of(values.length / columns, columns), values, like.type());
  }

  /** The identity matrix of the type of another operand. */
  static <T extends TFloating> Operand<T> identity(Ops tf, int size, Operand<T> like) {
    double[] values = new double[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = 1;
    }
    return of(tf, Shape.of(size, size), values, like.type());
  }

  /** The float32 nearest to each number, without an op where they are such. */
  static <T extends TFloating> Operand<TFloat32> float32(Ops tf, Operand<T> values) {
    return isFloat32(values.type())
        ? values.asOutput().expect(TFloat32.class)
        : tf.dtypes.cast(values, TFloat32.class);
  }

  private static <T extends TFloating> Operand<T> of(
      Ops tf, Shape shape, double[] values, Class<T> type) {
    if (!isFloat32(type)) {
      return as(type, tf.constant(shape, DataBuffers.of(values)));
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return as(type, tf.constant(shape, DataBuffers.of(rounded)));
  }

  private static boolean isFloat32(Class<?> type) {
    return type == TFloat32.class;
  }

  private static <T extends TFloating> Operand<T> as(Class<T> type, Operand<?> constant) {
    return constant.asOutput().expect(type);
  }
}
