package dev.slope.training;

import dev.slope.config.InitializerConfig;
import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.ScheduleConfig;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.graph.Descent;
import dev.slope.graph.LearningRateSchedule;
import dev.slope.graph.Loss;
import dev.slope.graph.ModelShape;
import dev.slope.graph.Penalty;
import dev.slope.graph.Products;
import dev.slope.graph.Proximal;
import dev.slope.graph.RowsInput;
import dev.slope.graph.RowsObjective;
import dev.slope.graph.RowsShape;
import dev.slope.graph.RowsSource;
import dev.slope.graph.StopRules;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.graph.TrainingGraph;
import dev.slope.graph.UpdateRule;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Loads TensorFlow and what a training builds with it, by building the smallest one: half of a
 * small run's time, and independent of its config and data.
 */
final class WarmUp {
  private WarmUp() {}

  static void run() {
    FittedFeatures features =
        new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.NONE, 0, 1)));
    ModelConfig linear =
        new ModelConfig.LinearRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());
    OptimizerConfig optimizer =
        new OptimizerConfig.GradientDescent(
            new LearningRateConfig.Constant(1), new ScheduleConfig.Constant());
    ModelShape model = new ModelShape(1, 1);
    RowsShape rows = new RowsShape(1, 1, 1, false, false);
    Descent descent =
        new Descent(
            new RowsObjective(model, rows, Loss.of(linear, 1), Penalty.NONE, true, Products.MATRIX),
            null,
            UpdateRule.of(optimizer, Precision.FLOAT32),
            Proximal.NONE,
            LearningRateSchedule.of(optimizer, Precision.FLOAT32),
            false,
            StopRules.NONE,
            null,
            null,
            false);
    try (Graph graph = TensorFlowRuntime.newGraph()) {
      Ops tf = Ops.create(graph).withDevice(Device.CPU.placement());
      List<Operand<TFloat32>> data = RowsInput.create(tf, TFloat32.class, features, rows).data();
      TrainingGraph.build(
          tf, TFloat32.class, features, descent, new RowsSource.Resident<>(data), List.of(), 1);
      new Session(graph, Device.CPU.session()).close();
    }
  }
}
