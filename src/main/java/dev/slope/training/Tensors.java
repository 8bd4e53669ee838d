package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.nio.FloatBuffer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/** Between plain memory and tensors; whoever is given a tensor closes it. */
final class Tensors {
  private Tensors() {}

  /** All rows as one tensor: the variable that takes it keeps this very memory. */
  static TFloat32 matrix(FloatMatrix matrix) {
    return TFloat32.tensorOf(
        Shape.of(matrix.rows(), matrix.columns()),
        tensor -> {
          FloatDataBuffer target = tensor.asRawTensor().data().asFloats();
          long first = 0;
          for (FloatBlock block : matrix.blocks()) {
            long size = (long) block.rows() * block.columns();
            DataBuffers.of(block.values()).copyTo(target.offset(first), size);
            first += size;
          }
        });
  }

  /** A matrix row by row. */
  static TFloat32 matrix(long rows, long columns, float[] values) {
    return of(Shape.of(rows, columns), values);
  }

  /** Any shape, row by row. */
  static TFloat32 of(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  /** A matrix row by row. */
  static TFloat32 matrix(long rows, long columns, FloatBuffer values) {
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values));
  }

  static float scalar(Tensor tensor) {
    return ((TFloat32) tensor).getFloat();
  }

  static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
