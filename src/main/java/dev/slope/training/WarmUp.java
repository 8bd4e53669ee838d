package dev.slope.training;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.graph.Loss;
import dev.slope.graph.ModelShape;
import dev.slope.graph.TrainingGraph;
import dev.slope.graph.UpdateRule;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * Loads TensorFlow and what a training builds with it, by building the smallest one: half of a
 * small run's time, and independent of its config and data.
 */
final class WarmUp {
  private WarmUp() {}

  static void run() {
    NativeLibraries.load();
    FittedFeatures features =
        new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.NONE, 0, 1)));
    try (Graph graph = new Graph()) {
      TrainingGraph.build(
          Ops.create(graph).withDevice(Device.CPU.placement()),
          new ModelShape(1, 1, 1),
          features,
          Loss.of(new ModelConfig.LinearRegression(new InitializerConfig.Zeros())),
          UpdateRule.of(new OptimizerConfig.GradientDescent(1)),
          1);
      new Session(graph, Device.CPU.session()).close();
    }
  }
}
