package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.graph.ForwardPass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ServedModelTest {
  private static final int MODELS = 8;
  private static final int ROWS = 257;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path models;

  /** The same ops on the same float32 predict the same, from a file as from the graph they are. */
  @Test
  void servesTheForwardPass() {
    for (int seed = 0; seed < MODELS; seed++) {
      Random random = new Random(seed);
      int columns = 1 + random.nextInt(40);
      int outputs = 1 + random.nextInt(3);
      FittedFeatures features =
          new FittedFeatures(
              IntStream.range(0, columns)
                  .<FittedFeature>mapToObj(
                      i ->
                          new FittedFeature.Numeric(
                              "x" + i,
                              Scaling.STANDARD,
                              (float) random.nextGaussian(),
                              (float) Math.exp(random.nextGaussian())))
                  .toList());
      LinearWeights weights =
          new LinearWeights(
              features.inputs(),
              IntStream.range(0, outputs).mapToObj(i -> "y" + i).toList(),
              values(columns * outputs, random::nextGaussian),
              values(outputs, random::nextGaussian));
      FloatBlock rows = new FloatBlock(ROWS, columns);
      for (int i = 0; i < ROWS * columns; i++) {
        rows.set(i / columns, i % columns, (float) (100 * random.nextGaussian()));
      }
      FloatBlock expected = forwardPass(features, weights, rows);
      ExportedModel exported =
          ModelExporter.export(
              new ExportRequest(
                  models,
                  "random",
                  new ModelGraph(
                      new ModelConfig.LinearRegression(new InitializerConfig.Zeros()),
                      features,
                      new FittedLabels.Regression(weights.outputs()),
                      null),
                  weights,
                  proven -> Map.of(),
                  CodedRows.ofNumbers(new FloatMatrix(features.columns(), List.of(rows))),
                  0,
                  new FloatMatrix(weights.outputs(), List.of(expected)),
                  null));
      // The same ops, but some processors round a product otherwise where TensorFlow fuses it with
      // a
      // sum or cuts its rows elsewhere: a few units in the last of float32's 7 digits.
      double rounding = 2e-6 * largest(expected);
      assertThat(exported.largestDifference()).isLessThanOrEqualTo(rounding);
      try (ServedModel served = ServedModel.load(exported.directory())) {
        FloatBlock predicted = served.predict(rows);
        for (int row = 0; row < ROWS; row++) {
          for (int output = 0; output < outputs; output++) {
            assertThat(predicted.get(row, output))
                .isCloseTo(expected.get(row, output), within(rounding));
          }
        }
      }
    }
  }

  private static double largest(FloatBlock block) {
    double largest = 0;
    for (int row = 0; row < block.rows(); row++) {
      for (int column = 0; column < block.columns(); column++) {
        largest = Math.max(largest, Math.abs(block.get(row, column)));
      }
    }
    return largest;
  }

  private static FloatBlock forwardPass(
      FittedFeatures features, LinearWeights weights, FloatBlock rows) {
    int outputs = weights.outputs().size();
    FloatBlock scores = new FloatBlock(rows.rows(), outputs);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> raw = tf.placeholder(TFloat32.class);
      Operand<TFloat32> matrix =
          tf.reshape(tf.constant(floats(weights.weights())), tf.array(rows.columns(), outputs));
      Operand<TFloat32> score =
          ForwardPass.score(tf, features, raw, matrix, tf.constant(floats(weights.intercepts())));
      try (Session session = new Session(graph);
          TFloat32 tensor =
              TFloat32.tensorOf(
                  Shape.of(rows.rows(), rows.columns()), DataBuffers.of(rows.values()));
          Result result = session.runner().feed(raw, tensor).fetch(score).run()) {
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(scores.values()));
      }
    }
    return scores;
  }

  private static double[] values(int count, Supplier<Double> next) {
    return DoubleStream.generate(next::get).limit(count).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
