package dev.slope.training.secondorder;

import dev.slope.config.Scaling;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.graph.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.ConfigProto;

/** Rows and problems for tests. */
final class Samples {
  private Samples() {}

  /** Some columns named {@code x0}, {@code x1}, ... of values that stand row by row. */
  static FloatMatrix matrix(int columns, float... values) {
    return new FloatMatrix(
        IntStream.range(0, columns).mapToObj(i -> "x" + i).toList(),
        List.of(FloatBlock.of(columns, values)));
  }

  static FloatMatrix matrix(int columns, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return matrix(columns, floats);
  }

  /** Rows that nothing scales. */
  static SecondOrderRows rows(FloatMatrix features, FloatMatrix labels) {
    return rows(features, labels, null, null);
  }

  static SecondOrderRows rows(
      FloatMatrix features,
      FloatMatrix labels,
      @Nullable FloatMatrix weights,
      @Nullable FloatMatrix offsets) {
    List<FittedFeature> fitted = new ArrayList<>();
    for (String name : features.names()) {
      fitted.add(new FittedFeature.Numeric(name, Scaling.NONE, 0, 1));
    }
    return new SecondOrderRows(features, new FittedFeatures(fitted), labels, weights, offsets);
  }

  /** A problem on the CPU. */
  static SecondOrderProblem problem(
      SecondOrderRows rows, Loss loss, int outputs, double l2, boolean fitIntercept) {
    return new SecondOrderProblem(
        rows,
        loss,
        outputs,
        l2,
        fitIntercept,
        DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.CPU).deviceIndex(0).build(),
        ConfigProto.getDefaultInstance());
  }

  /** {@code count} standard normal numbers that float32 holds. */
  static double[] gaussians(SplittableRandom random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** y = 2x + 1 at x = 0, 1, ..., 10. */
  static SecondOrderRows line() {
    float[] x = new float[11];
    float[] y = new float[11];
    for (int i = 0; i < 11; i++) {
      x[i] = i;
      y[i] = 2 * i + 1;
    }
    return rows(matrix(1, x), matrix(1, y));
  }
}
