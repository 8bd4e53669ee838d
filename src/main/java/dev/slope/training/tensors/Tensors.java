package dev.slope.training.tensors;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.graph.FloatTypes;
import java.nio.ByteBuffer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Between plain memory and tensors; whoever is given a tensor closes it. */
public final class Tensors {
  private Tensors() {}

  /** A tensor of a precision whose values are anything. */
  public static Tensor blank(Precision precision, Shape shape) {
    return Tensor.of(FloatTypes.of(precision), shape);
  }

  /** All rows as one tensor: the variable that takes it keeps this very memory. */
  public static Tensor matrix(FloatMatrix matrix) {
    Tensor tensor = blank(matrix.precision(), Shape.of(matrix.rows(), matrix.columns()));
    long first = 0;
    for (FloatBlock block : matrix.blocks()) {
      ByteBuffer bytes = block.bytes();
      int count = bytes.remaining();
      TensorMemory.of(tensor, first, count).put(bytes);
      first += count;
    }
    return tensor;
  }

  /** The rows of a block. */
  public static Tensor matrix(FloatBlock block) {
    Tensor tensor = blank(block.precision(), Shape.of(block.rows(), block.columns()));
    TensorMemory.of(tensor).put(block.bytes());
    return tensor;
  }

  /** A matrix of float64, row by row. */
  public static TFloat64 matrix(long rows, long columns, double[] values) {
    return TFloat64.tensorOf(Shape.of(rows, columns), DataBuffers.of(values, true, false));
  }

  /** A tensor of the nearest numbers, row by row; values beyond its shape are left out. */
  public static Tensor of(Precision precision, Shape shape, double[] values) {
    int count = Math.toIntExact(shape.size());
    return switch (precision) {
      case FLOAT32 -> {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
          floats[i] = (float) values[i];
        }
        yield TFloat32.tensorOf(shape, DataBuffers.of(floats, true, false));
      }
      case FLOAT64 -> TFloat64.tensorOf(shape, DataBuffers.of(values, true, false).slice(0, count));
    };
  }

  /** The nearest number. */
  public static Tensor scalar(Precision precision, double value) {
    return of(precision, Shape.scalar(), new double[] {value});
  }

  /** The value of a scalar. */
  public static double scalar(Tensor tensor) {
    return tensor instanceof TFloat32 single ? single.getFloat() : ((TFloat64) tensor).getDouble();
  }

  /** A copy of floating-point values, row by row. */
  public static double[] doubles(Tensor tensor) {
    int count = Math.toIntExact(tensor.shape().size());
    double[] values = new double[count];
    if (tensor instanceof TFloat32 singles) {
      float[] floats = new float[count];
      singles.copyTo(DataBuffers.of(floats, false, false));
      for (int i = 0; i < count; i++) {
        values[i] = floats[i];
      }
    } else {
      ((TFloat64) tensor).copyTo(DataBuffers.of(values, false, false));
    }
    return values;
  }

  /** A copy of float32 values, row by row. */
  public static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  /** A tensor of float32 of any shape. */
  public static TFloat32 of(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }
}
