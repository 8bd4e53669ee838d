package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** 1,000,000 rows of 32 columns, or fewer, as the peers' benchmarks have them. */
final class MillionRows {
  static final int ROWS = 1_000_000;
  static final int COLUMNS = 32;
  static final float LEARNING_RATE = 0.01f;

  private MillionRows() {}

  /** All of them, as {@link #draw(int, boolean)} draws them. */
  static TrainingRows draw(boolean classes) {
    return draw(ROWS, classes);
  }

  /**
   * Gaussian columns; the label adds them up with weights from -0.5 to 0.5 and more noise.
   *
   * @param count how many rows
   * @param classes whether the label is 1 where that sum is above 0, and else 0
   */
  static TrainingRows draw(int count, boolean classes) {
    SplittableRandom random = new SplittableRandom(1);
    List<FloatBlock> features = new ArrayList<>();
    List<FloatBlock> labels = new ArrayList<>();
    int rowsPerBlock = FloatBlock.MAX_VALUES / COLUMNS;
    for (int first = 0; first < count; first += rowsPerBlock) {
      int rows = Math.min(rowsPerBlock, count - first);
      FloatBlock x = new FloatBlock(rows, COLUMNS);
      FloatBlock y = new FloatBlock(rows, 1);
      for (int row = 0; row < rows; row++) {
        double sum = random.nextGaussian();
        for (int column = 0; column < COLUMNS; column++) {
          float value = (float) random.nextGaussian();
          x.set(row, column, value);
          sum += (column - COLUMNS / 2) * value / COLUMNS;
        }
        y.set(row, 0, classes ? (sum > 0 ? 1 : 0) : (float) sum);
      }
      features.add(x);
      labels.add(y);
    }
    List<String> names = IntStream.range(0, COLUMNS).mapToObj(column -> "x" + column).toList();
    return new TrainingRows(
        new FloatMatrix(names, features), new FloatMatrix(List.of("y"), labels));
  }

  /**
   * Gradient descent over all rows in each step, from zeros, at a constant rate, on the CPU.
   *
   * @param logistic whether the labels are classes; else they are fitted by least squares
   * @param plan the one that is forced
   */
  static TrainingJob job(TrainingRows rows, boolean logistic, PlanName plan, int epochs) {
    InitializerConfig zeros = new InitializerConfig.Zeros();
    ModelConfig model =
        logistic
            ? new ModelConfig.LogisticRegression(
                true, 0, 0, Map.of(), new ClassWeightConfig.None(), zeros)
            : TrainingFixtures.linear(zeros);
    TrainingConfig training =
        new TrainingConfig(
            new OptimizerConfig.GradientDescent(LEARNING_RATE),
            epochs,
            new BatchSizeConfig.Full(),
            false,
            TrainingFixtures.NO_STOP,
            null,
            plan,
            "cpu",
            Precision.FLOAT32,
            false,
            0.5,
            TrainingFixtures.EVERY_MINUTE);
    return new TrainingJob(
        model,
        training,
        TrainingFixtures.features(rows.rawFeatures(), Scaling.NONE),
        rows.labels().names(),
        rows,
        null,
        0);
  }
}
