package dev.slope.training.tensors;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.nio.FloatBuffer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Between plain memory and tensors; whoever is given a tensor closes it. */
public final class Tensors {
  private Tensors() {}

  /** All rows as one tensor: the variable that takes it keeps this very memory. */
  public static TFloat32 matrix(FloatMatrix matrix) {
    return TFloat32.tensorOf(
        Shape.of(matrix.rows(), matrix.columns()),
        tensor -> {
          long first = 0;
          for (FloatBlock block : matrix.blocks()) {
            FloatBuffer values = block.values();
            int count = values.remaining();
            TensorMemory.of(tensor, first, count).put(values);
            first += count;
          }
        });
  }

  /** A matrix row by row, of all that remains of a buffer, whose position stays. */
  public static TFloat32 matrix(long rows, long columns, FloatBuffer values) {
    return TFloat32.tensorOf(
        Shape.of(rows, columns), tensor -> TensorMemory.of(tensor).put(values.duplicate()));
  }

  /** A matrix row by row. */
  public static TFloat32 matrix(long rows, long columns, float[] values) {
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values, true, false));
  }

  /** A matrix row by row. */
  public static TFloat64 matrix(long rows, long columns, double[] values) {
    return TFloat64.tensorOf(Shape.of(rows, columns), DataBuffers.of(values, true, false));
  }

  /** A tensor of any shape. */
  public static TFloat32 of(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  /** The same rounded to float32; values beyond the matrix are left out. */
  public static TFloat32 floatMatrix(int rows, int columns, double[] values) {
    float[] floats = new float[rows * columns];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return matrix(rows, columns, floats);
  }

  /** The value of a float32 scalar. */
  public static float scalar(Tensor tensor) {
    return ((TFloat32) tensor).getFloat();
  }

  /** A copy of float32 values, row by row. */
  public static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  /** A copy of float64 values, row by row. */
  public static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.shape().size())];
    ((TFloat64) tensor).copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  /** Each value rounded to float32. */
  public static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Each value as it is. */
  public static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
