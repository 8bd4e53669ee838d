package dev.slope.training.secondorder;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Between plain arrays and tensors; the caller closes what it gets. */
final class Tensors {
  private Tensors() {}

  /** A matrix of values that stand row by row. */
  static TFloat64 matrix(int rows, int columns, double[] values) {
    return TFloat64.tensorOf(Shape.of(rows, columns), DataBuffers.of(values, true, false));
  }

  /** The same rounded to float32; values beyond the matrix are left out. */
  static TFloat32 floatMatrix(int rows, int columns, double[] values) {
    float[] floats = new float[rows * columns];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(floats, true, false));
  }

  /** All rows as one tensor. */
  static TFloat32 rows(FloatMatrix matrix) {
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

  /** A copy of the values, row by row. */
  static double[] doubles(Tensor tensor) {
    TFloat64 typed = (TFloat64) tensor;
    double[] values = new double[Math.toIntExact(typed.size())];
    typed.copyTo(DataBuffers.of(values, false, false));
    return values;
  }
}
