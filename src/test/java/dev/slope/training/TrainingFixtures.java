package dev.slope.training;

import dev.slope.config.FeatureConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.Scaling;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FeatureFitter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs that several tests train. */
final class TrainingFixtures {
  private TrainingFixtures() {}

  /** The eleven rows of y = 2x + 1, x = 0..10, unscaled, from zeros. */
  static TrainingJob line(double learningRate, int epochs) {
    return line(new InitializerConfig.Zeros(), learningRate, epochs, 0);
  }

  static TrainingJob line(
      InitializerConfig initializer, double learningRate, int epochs, long seed) {
    FloatBlock x = new FloatBlock(11, 1);
    FloatBlock y = new FloatBlock(11, 1);
    for (int i = 0; i <= 10; i++) {
      x.set(i, 0, i);
      y.set(i, 0, 2 * i + 1);
    }
    return job(
        matrix("x", x), matrix("y", y), Scaling.NONE, initializer, learningRate, epochs, seed);
  }

  static TrainingJob job(
      FloatMatrix raw, FloatMatrix labels, Scaling scaling, double learningRate, int epochs) {
    return job(raw, labels, scaling, new InitializerConfig.Zeros(), learningRate, epochs, 0);
  }

  private static TrainingJob job(
      FloatMatrix raw,
      FloatMatrix labels,
      Scaling scaling,
      InitializerConfig initializer,
      double learningRate,
      int epochs,
      long seed) {
    Map<String, FeatureConfig> features = new LinkedHashMap<>();
    raw.names().forEach(name -> features.put(name, new FeatureConfig.Numeric(scaling)));
    return new TrainingJob(
        new ModelConfig.LinearRegression(initializer),
        new TrainingConfig(new OptimizerConfig.GradientDescent(learningRate), epochs, "cpu"),
        FeatureFitter.fit(features, raw),
        raw,
        labels,
        seed);
  }

  static FloatMatrix matrix(String name, FloatBlock... blocks) {
    return new FloatMatrix(List.of(name), List.of(blocks));
  }
}
