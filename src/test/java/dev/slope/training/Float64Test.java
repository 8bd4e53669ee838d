package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.ScheduleConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** First-order trainings in float64, step by step against the same in plain Java. */
class Float64Test {
  private static final int ROWS = 50;
  private static final int EPOCHS = 20;
  private static final double RATE = 0.1;

  /** What 20 epochs of doubles leave of a difference in the order of sums; float32 leaves 1e-7. */
  private static final double ROUNDING = 1e-13;

  @TempDir Path folder;

  /** Two features and a label that no float32 is. */
  private static double[][] rows() {
    Random random = new Random(5);
    double[][] rows = new double[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      double u = random.nextGaussian();
      double v = random.nextGaussian();
      rows[i] = new double[] {u, v, 3 * u - 2 * v + 1 + 0.1 * random.nextGaussian()};
    }
    return rows;
  }

  private static TrainingRows trainingRows() {
    FloatBlock features = new FloatBlock(Precision.FLOAT64, ROWS, 2);
    FloatBlock labels = new FloatBlock(Precision.FLOAT64, ROWS, 1);
    double[][] rows = rows();
    for (int i = 0; i < ROWS; i++) {
      features.set(i, 0, rows[i][0]);
      features.set(i, 1, rows[i][1]);
      labels.set(i, 0, rows[i][2]);
    }
    return new TrainingRows(
        new FloatMatrix(List.of("u", "v"), List.of(features)),
        TrainingFixtures.matrix("y", labels));
  }

  private static TrainingJob job(
      OptimizerConfig optimizer, BatchSizeConfig batches, PlanName plan) {
    TrainingRows rows = trainingRows();
    return new TrainingJob(
        TrainingFixtures.linear(new InitializerConfig.Zeros()),
        new TrainingConfig(
            optimizer,
            EPOCHS,
            batches,
            false,
            TrainingFixtures.NO_STOP,
            null,
            plan,
            "cpu",
            Precision.FLOAT64,
            true,
            0.5,
            TrainingFixtures.EVERY_MINUTE),
        TrainingFixtures.features(rows.rawFeatures(), Scaling.NONE),
        List.of("y"),
        rows,
        null,
        0);
  }

  /** Weights and intercept after some epochs of steps over so many rows each. */
  private static double[] descended(int batchRows) {
    double[][] rows = rows();
    double[] w = new double[3];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int first = 0; first < ROWS; first += batchRows) {
        int end = Math.min(ROWS, first + batchRows);
        double[] slopes = new double[3];
        for (int i = first; i < end; i++) {
          double error = w[0] * rows[i][0] + w[1] * rows[i][1] + w[2] - rows[i][2];
          slopes[0] += 2 * error * rows[i][0] / (end - first);
          slopes[1] += 2 * error * rows[i][1] / (end - first);
          slopes[2] += 2 * error / (end - first);
        }
        for (int i = 0; i < 3; i++) {
          w[i] -= RATE * slopes[i];
        }
      }
    }
    return w;
  }

  private static double[] parameters(TrainedModel trained) {
    return new double[] {
      trained.weights().weight(0, 0), trained.weights().weight(1, 0), trained.weights().intercept(0)
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = PlanName.class,
      names = {"FULL_BATCH", "GRAM", "STREAMING"})
  void everyPlanOfWholeEpochsIsGradientDescentInDoubles(PlanName plan) {
    TrainingJob job = job(TrainingFixtures.gradientDescent(RATE), new BatchSizeConfig.Full(), plan);
    try (BlockStore store = new BlockStore(Precision.FLOAT64, 0, folder)) {
      TrainedModel trained = new Trainer(store).train(job, TrainingListener.NONE);

      assertThat(parameters(trained)).containsExactly(descended(ROWS), within(ROUNDING));
    }
  }

  // 50 rows in batches of 8: the last has 2, and is filled up.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stepsOverBatchesAreGradientDescentInDoubles(boolean inFile) {
    TrainingJob job =
        job(
            TrainingFixtures.gradientDescent(RATE),
            new BatchSizeConfig.Rows(8),
            inFile ? PlanName.STREAMING : PlanName.MINI_BATCH);
    try (BlockStore store = new BlockStore(Precision.FLOAT64, 0, folder)) {
      TrainedModel trained = new Trainer(store).train(job, TrainingListener.NONE);

      assertThat(parameters(trained)).containsExactly(descended(8), within(ROUNDING));
    }
  }

  @Test
  void lossesAndScoresAreDoublesToo() {
    TrainedModel trained =
        new Trainer()
            .train(
                job(
                    TrainingFixtures.gradientDescent(RATE),
                    new BatchSizeConfig.Full(),
                    PlanName.FULL_BATCH),
                TrainingListener.NONE);
    double[] w = descended(ROWS);
    double[][] rows = rows();
    double loss = 0;
    double firstLoss = 0;
    for (double[] row : rows) {
      double error = w[0] * row[0] + w[1] * row[1] + w[2] - row[2];
      loss += error * error / ROWS;
      firstLoss += row[2] * row[2] / ROWS;
    }

    assertThat(trained.finalLoss()).isCloseTo(loss, within(ROUNDING));
    assertThat(trained.history().records().get(0).loss()).isCloseTo(firstLoss, within(ROUNDING));
    FloatBlock scores = trained.trainPredictions().blocks().get(0);
    assertThat(scores.precision()).isEqualTo(Precision.FLOAT64);
    assertThat(scores.get(7, 0))
        .isCloseTo(w[0] * rows[7][0] + w[1] * rows[7][1] + w[2], within(ROUNDING));
  }

  // A line search tries 0.2, 0.1, 0.05 and 0.025 first: powers of two of 0.1 in doubles.
  @Test
  void theRatesOfALineSearchAreDoubles() {
    TrainedModel trained =
        new Trainer()
            .train(
                job(
                    new OptimizerConfig.GradientDescent(
                        new LearningRateConfig.LineSearch(), new ScheduleConfig.Constant()),
                    new BatchSizeConfig.Full(),
                    PlanName.FULL_BATCH),
                TrainingListener.NONE);

    double rate = trained.history().records().get(0).learningRate();
    assertThat(List.of(0.2, 0.1, 0.05, 0.025)).contains(rate);
  }

  @Test
  void rowsOfTheOtherPrecisionAreNoRowsOfTheJob() {
    TrainingJob job =
        job(TrainingFixtures.gradientDescent(RATE), new BatchSizeConfig.Full(), PlanName.AUTO);
    ModelConfig model = job.model();

    assertThatThrownBy(
            () ->
                new TrainingJob(
                    model,
                    TrainingFixtures.descent(RATE, 1),
                    job.features(),
                    List.of("y"),
                    job.rows(),
                    null,
                    0))
        .hasMessage("rows must be of float32, but are of float64");
  }
}
