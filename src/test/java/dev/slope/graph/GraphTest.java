package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class GraphTest {
  // (7 - 5) / 2 * 3 + 1 = 4 and (7 - 5) / 2 * -1 + 0.5 = -0.5; the second column: (1 - 0) / 1.
  @Test
  void scoreEncodesAndThenMultiplies() {
    FittedFeatures features =
        new FittedFeatures(
            List.of(
                new FittedFeature.Numeric("u", Scaling.STANDARD, 5, 2),
                new FittedFeature.Numeric("v", Scaling.NONE, 0, 1)));
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> scores =
          ForwardPass.score(
              tf,
              features,
              tf.constant(new float[][] {{7, 1}}),
              tf.constant(new float[][] {{3, -1}, {10, 20}}),
              tf.constant(new float[] {1, 0.5f}));
      assertThat(fetch(session, scores)).containsExactly(14, 19.5f);
    }
  }

  @Test
  void whatIsNotScaledCostsNoOp() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> raw = tf.constant(new float[][] {{7, 1}});

      assertThat(
              FeatureEncoding.encode(
                  tf,
                  new FittedFeatures(
                      List.of(
                          new FittedFeature.Numeric("u", Scaling.NONE, 0, 1),
                          new FittedFeature.Numeric("v", Scaling.NONE, 0, 1))),
                  raw))
          .isSameAs(raw);
    }
  }

  // Central differences of the same loss in float64.
  @Test
  void squaredErrorHasTheGradientOfItsFiniteDifferences() {
    int rows = 9;
    int inputs = 4;
    int outputs = 2;
    Random random = new Random(3);
    double[] x = gaussians(random, rows * inputs);
    double[] y = gaussians(random, rows * outputs);
    double[] parameters = gaussians(random, inputs * outputs + outputs);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> weights = matrix(tf, inputs, outputs, parameters, 0);
      Operand<TFloat32> intercepts =
          tf.reshape(
              matrix(tf, 1, outputs, parameters, inputs * outputs), tf.constant(new int[] {-1}));
      Operand<TFloat32> loss =
          Loss.of(new ModelConfig.LinearRegression(new InitializerConfig.Zeros()), outputs)
              .mean(
                  tf,
                  LinearModel.score(tf, matrix(tf, rows, inputs, x, 0), weights, intercepts),
                  matrix(tf, rows, outputs, y, 0));
      List<Operand<TFloat32>> gradients = Gradients.of(tf, loss, List.of(weights, intercepts));

      assertThat((double) fetch(session, loss)[0])
          .isCloseTo(meanSquaredError(x, y, parameters, inputs, outputs), within(1e-5));
      float[] ofWeights = fetch(session, gradients.get(0));
      float[] ofIntercepts = fetch(session, gradients.get(1));
      for (int i = 0; i < parameters.length; i++) {
        double[] up = parameters.clone();
        double[] down = parameters.clone();
        up[i] += 1e-4;
        down[i] -= 1e-4;
        double expected =
            (meanSquaredError(x, y, up, inputs, outputs)
                    - meanSquaredError(x, y, down, inputs, outputs))
                / 2e-4;
        double actual = i < ofWeights.length ? ofWeights[i] : ofIntercepts[i - ofWeights.length];
        assertThat(actual).as("parameter %d", i).isCloseTo(expected, within(1e-5));
      }
    }
  }

  private static double meanSquaredError(
      double[] x, double[] y, double[] parameters, int inputs, int outputs) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      int output = i % outputs;
      double score = parameters[inputs * outputs + output];
      for (int input = 0; input < inputs; input++) {
        score += x[i / outputs * inputs + input] * parameters[input * outputs + output];
      }
      sum += (score - y[i]) * (score - y[i]);
    }
    return sum / y.length;
  }

  /** Values that float32 holds exactly, so that both sides start from the same numbers. */
  private static double[] gaussians(Random random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Operand<TFloat32> matrix(
      Ops tf, int rows, int columns, double[] values, int first) {
    float[] floats = new float[rows * columns];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[first + i];
    }
    return tf.constant(Shape.of(rows, columns), DataBuffers.of(floats));
  }

  private static float[] fetch(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }
}
