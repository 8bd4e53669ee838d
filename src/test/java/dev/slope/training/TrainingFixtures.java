package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.CheckpointConfig;
import dev.slope.config.FeatureConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.ScheduleConfig;
import dev.slope.config.StopConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FeatureFitter;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Jobs that several tests train. */
final class TrainingFixtures {
  private TrainingFixtures() {}

  /** The eleven rows of y = 2x + 1, x = 0..10, unscaled, from zeros. */
  static TrainingJob line(double learningRate, int epochs) {
    return line(new InitializerConfig.Zeros(), learningRate, epochs, 0);
  }

  static TrainingJob line(double learningRate, int epochs, PlanName plan) {
    TrainingJob job = line(learningRate, epochs);
    return new TrainingJob(
        job.model(),
        training(gradientDescent(learningRate), epochs, NO_STOP, plan),
        job.features(),
        job.outputs(),
        job.rows(),
        null,
        0);
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
    return new TrainingJob(
        linear(initializer),
        descent(learningRate, epochs),
        features(raw, scaling),
        labels.names(),
        new TrainingRows(raw, labels),
        null,
        seed);
  }

  static FittedFeatures features(FloatMatrix raw, Scaling scaling) {
    Map<String, FeatureConfig> features = new LinkedHashMap<>();
    raw.names().forEach(name -> features.put(name, FeatureConfig.Numeric.of(scaling)));
    return FeatureFitter.fit(features, raw);
  }

  /** Least squares without penalty or bounds. */
  static ModelConfig linear(InitializerConfig initializer) {
    return new ModelConfig.LinearRegression(true, 0, 0, Map.of(), initializer);
  }

  /** Plain gradient descent at a constant rate, on the CPU, that may diverge. */
  static TrainingConfig descent(double learningRate, int epochs) {
    return training(gradientDescent(learningRate), epochs, NO_STOP);
  }

  static OptimizerConfig gradientDescent(double learningRate) {
    return new OptimizerConfig.GradientDescent(
        new LearningRateConfig.Constant(learningRate), new ScheduleConfig.Constant());
  }

  static final StopConfig NO_STOP = new StopConfig(null, null, null, null);

  static final CheckpointConfig EVERY_MINUTE = new CheckpointConfig(null, 60, 2, null);

  /** Full batch, on the CPU; may diverge. */
  static TrainingConfig training(OptimizerConfig optimizer, int epochs, StopConfig stop) {
    return training(optimizer, epochs, stop, PlanName.FULL_BATCH);
  }

  private static TrainingConfig training(
      OptimizerConfig optimizer, int epochs, StopConfig stop, PlanName plan) {
    return new TrainingConfig(
        optimizer,
        epochs,
        new BatchSizeConfig.Full(),
        true,
        stop,
        null,
        plan,
        "cpu",
        Precision.FLOAT32,
        true,
        0.5,
        EVERY_MINUTE);
  }

  static FloatMatrix matrix(String name, FloatBlock... blocks) {
    return new FloatMatrix(List.of(name), List.of(blocks));
  }

  /** Every float32 value of the parameters; a double's bits tell -0 from 0 and keep NaN's. */
  static long[] bits(LinearWeights weights) {
    return Stream.of(weights.weights(), weights.intercepts())
        .flatMapToDouble(Arrays::stream)
        .mapToLong(Double::doubleToRawLongBits)
        .toArray();
  }

  /** The same job in float64, on the same numbers. */
  static TrainingJob inFloat64(TrainingJob job) {
    TrainingConfig training = job.training();
    return new TrainingJob(
        job.model(),
        new TrainingConfig(
            training.optimizer(),
            training.epochs(),
            training.batchSize(),
            training.shuffle(),
            training.stop(),
            training.clipNorm(),
            training.plan(),
            training.device(),
            Precision.FLOAT64,
            training.allowDivergence(),
            training.memory(),
            training.checkpoint()),
        job.features(),
        job.outputs(),
        new TrainingRows(inFloat64(job.rows().rawFeatures()), inFloat64(job.rows().labels())),
        null,
        job.seed());
  }

  private static FloatMatrix inFloat64(FloatMatrix matrix) {
    List<FloatBlock> blocks = new ArrayList<>();
    for (FloatBlock block : matrix.blocks()) {
      FloatBlock wide = new FloatBlock(Precision.FLOAT64, block.rows(), block.columns());
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          wide.set(row, column, block.get(row, column));
        }
      }
      blocks.add(wide);
    }
    return new FloatMatrix(matrix.names(), blocks);
  }
}
