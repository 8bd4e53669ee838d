package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.ConfigException;
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
import dev.slope.data.BlockStore;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps over batches, against steps in plain Java and against other plans. */
class MiniBatchTest {
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final StopConfig NO_STOP = new StopConfig(null, null, null, null);
  private static final ModelConfig LINEAR =
      new ModelConfig.LinearRegression(true, 0, 0, Map.of(), ZEROS);
  private static final double RATE = 0.05;
  private static final BlockStore IN_MEMORY = BlockStore.inMemory();

  private static TrainingConfig batches(
      OptimizerConfig optimizer, int rows, boolean shuffle, int epochs, StopConfig stop) {
    return new TrainingConfig(
        optimizer,
        epochs,
        new BatchSizeConfig.Rows(rows),
        shuffle,
        stop,
        null,
        PlanName.AUTO,
        "cpu",
        Precision.FLOAT32,
        false,
        0.5,
        TrainingFixtures.EVERY_MINUTE);
  }

  private static OptimizerConfig descent() {
    return new OptimizerConfig.GradientDescent(RATE);
  }

  private static TrainingJob job(
      ModelConfig model, TrainingConfig training, TrainingRows rows, long seed) {
    return new TrainingJob(
        model,
        training,
        TrainingFixtures.features(rows.rawFeatures(), Scaling.STANDARD),
        rows.labels().names(),
        rows,
        null,
        seed);
  }

  private static TrainedModel train(ModelConfig model, TrainingConfig training, TrainingRows rows) {
    return new Trainer().train(job(model, training, rows, 0), TrainingListener.NONE);
  }

  /** Rows of y = 1.5 u - 0.5 v + 0.25 and noise, or whether that is positive. */
  private static TrainingRows rows(int count, boolean classes, boolean weighted) {
    Random random = new Random(7);
    FloatBlock raw = new FloatBlock(count, 2);
    FloatBlock labels = new FloatBlock(count, 1);
    FloatBlock weights = new FloatBlock(count, 1);
    for (int row = 0; row < count; row++) {
      double u = random.nextGaussian();
      double v = 3 + random.nextGaussian();
      raw.set(row, 0, (float) u);
      raw.set(row, 1, (float) v);
      double y = 1.5 * u - 0.5 * v + 0.25 + 0.1 * random.nextGaussian();
      labels.set(row, 0, classes ? (y > 0 ? 1 : 0) : (float) y);
      weights.set(row, 0, (float) (0.5 + random.nextDouble()));
    }
    return new TrainingRows(
        new FloatMatrix(List.of("u", "v"), List.of(raw)),
        new FloatMatrix(List.of("y"), List.of(labels)),
        weighted ? new FloatMatrix(List.of("w"), List.of(weights)) : null,
        null);
  }

  /** The losses of epochs and the parameters after them, by stochastic gradient descent in Java. */
  private record Reference(List<Double> losses, List<Double> parameters) {
    static Reference of(TrainingRows rows, int batch, int epochs, boolean logistic) {
      FloatBlock raw = rows.rawFeatures().blocks().get(0);
      int n = raw.rows();
      double[][] x = new double[n][];
      double[] mean = new double[2];
      double[] deviation = new double[2];
      for (int column = 0; column < 2; column++) {
        for (int row = 0; row < n; row++) {
          mean[column] += raw.get(row, column) / n;
        }
        for (int row = 0; row < n; row++) {
          deviation[column] += Math.pow(raw.get(row, column) - mean[column], 2) / n;
        }
      }
      double sumOfWeights = 0;
      for (int row = 0; row < n; row++) {
        x[row] =
            new double[] {
              (raw.get(row, 0) - mean[0]) / Math.sqrt(deviation[0]),
              (raw.get(row, 1) - mean[1]) / Math.sqrt(deviation[1]),
              1
            };
        sumOfWeights += weight(rows.weights(), row);
      }
      double[] p = new double[3];
      List<Double> losses = new ArrayList<>();
      for (int epoch = 0; epoch < epochs; epoch++) {
        double loss = 0;
        for (int from = 0; from < n; from += batch) {
          int to = Math.min(n, from + batch);
          double[] gradient = new double[3];
          for (int row = from; row < to; row++) {
            double w = weight(rows.weights(), row) * n / sumOfWeights;
            double y = rows.labels().blocks().get(0).get(row, 0);
            double score = p[0] * x[row][0] + p[1] * x[row][1] + p[2];
            double slope = logistic ? 1 / (1 + Math.exp(-score)) - y : 2 * (score - y);
            double own =
                logistic ? Math.log1p(Math.exp(score)) - y * score : (score - y) * (score - y);
            loss += w * own / n;
            for (int i = 0; i < 3; i++) {
              gradient[i] += w * slope * x[row][i] / (to - from);
            }
          }
          for (int i = 0; i < 3; i++) {
            p[i] -= RATE * gradient[i];
          }
        }
        losses.add(loss);
      }
      return new Reference(losses, Arrays.stream(p).boxed().toList());
    }

    private static double weight(@Nullable FloatMatrix weights, int row) {
      return weights == null ? 1 : weights.blocks().get(0).get(row, 0);
    }
  }

  private static void assertFollows(TrainedModel trained, Reference reference) {
    for (int epoch = 0; epoch < reference.losses().size(); epoch++) {
      assertThat(trained.history().records().get(epoch).loss())
          .isCloseTo(reference.losses().get(epoch), within(2e-5));
    }
    double[] weights = trained.weights().weights();
    assertThat(weights[0]).isCloseTo(reference.parameters().get(0), within(2e-5));
    assertThat(weights[1]).isCloseTo(reference.parameters().get(1), within(2e-5));
    assertThat(trained.weights().intercepts()[0])
        .isCloseTo(reference.parameters().get(2), within(2e-5));
  }

  @Test
  void stepsAreThoseOfStochasticGradientDescentInJava() {
    TrainingRows rows = rows(300, false, false);

    TrainedModel trained = train(LINEAR, batches(descent(), 50, false, 7, NO_STOP), rows);

    assertThat(trained.plan()).isEqualTo(Plan.MINI_BATCH);
    assertFollows(trained, Reference.of(rows, 50, 7, false));
  }

  @Test
  void theLastBatchIsTheMeanOfItsOwnRows() {
    TrainingRows rows = rows(301, false, false);

    assertFollows(
        train(LINEAR, batches(descent(), 64, false, 5, NO_STOP), rows),
        Reference.of(rows, 64, 5, false));
  }

  @Test
  void rowWeightsCountInBatches() {
    TrainingRows rows = rows(301, true, true);
    ModelConfig logistic =
        new ModelConfig.LogisticRegression(
            true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS);

    assertFollows(
        train(logistic, batches(descent(), 64, false, 5, NO_STOP), rows),
        Reference.of(rows, 64, 5, true));
  }

  /**
   * 5,000 rows are shuffled in groups; a chunk of 3,000 values is a fifth of their epoch. The two
   * loops are compiled apart, so that they round differently.
   */
  @Test
  void anEpochInPartsIsThatOfAWholeOne() {
    StopConfig patience = new StopConfig(null, null, 100, null);
    OptimizerConfig adam =
        new OptimizerConfig.Adam(
            0.01, 0.9, 0.999, 1e-7, new ScheduleConfig.Exponential(3, 0.5, false, 0));
    TrainingJob job =
        job(LINEAR, batches(adam, 64, true, 6, patience), rows(5_000, false, true), 3);

    TrainedModel whole = new Trainer().train(job, TrainingListener.NONE);
    TrainedModel inParts =
        new Trainer(CallSize.fixed(2), 3_000, IN_MEMORY).train(job, TrainingListener.NONE);

    assertThat(inParts.weights().weights())
        .containsExactly(whole.weights().weights(), within(1e-6));
    for (int epoch = 0; epoch < 6; epoch++) {
      assertThat(losses(inParts).get(epoch)).isCloseTo(losses(whole).get(epoch), within(2e-6));
    }
  }

  @Test
  void whereCallsEndChangesNothing() {
    TrainingJob job =
        job(LINEAR, batches(descent(), 16, true, 40, NO_STOP), rows(100, false, false), 3);

    TrainedModel three = new Trainer(CallSize.fixed(3)).train(job, TrainingListener.NONE);

    TrainedModel atOnce = new Trainer().train(job, TrainingListener.NONE);
    assertThat(three.weights().weights()).isEqualTo(atOnce.weights().weights());
    assertThat(losses(three)).isEqualTo(losses(atOnce));
  }

  private static List<Double> losses(TrainedModel trained) {
    return trained.history().records().stream().map(EpochRecord::loss).toList();
  }

  @Test
  void theSeedDecidesTheOrder() {
    TrainingConfig training = batches(descent(), 16, true, 3, NO_STOP);
    TrainingRows rows = rows(100, false, false);
    Trainer trainer = new Trainer();

    double[] one =
        trainer.train(job(LINEAR, training, rows, 1), TrainingListener.NONE).weights().weights();
    double[] again =
        trainer.train(job(LINEAR, training, rows, 1), TrainingListener.NONE).weights().weights();
    double[] other =
        trainer.train(job(LINEAR, training, rows, 2), TrainingListener.NONE).weights().weights();

    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void aBatchOfAllRowsIsAsIfThereWereNone() {
    TrainingRows rows = rows(100, false, false);

    TrainedModel all = train(LINEAR, batches(descent(), 100, true, 20, NO_STOP), rows);

    assertThat(all.plan()).isEqualTo(Plan.GRAM);
    assertFollows(all, Reference.of(rows, 100, 20, false));
  }

  /** 0.0099 is the mean square of the noise that these rows were drawn with. */
  @Test
  void anAutomaticRateComesCloseToTheOptimum() {
    OptimizerConfig auto =
        new OptimizerConfig.GradientDescent(
            new LearningRateConfig.Auto(), new ScheduleConfig.Constant());

    TrainedModel trained =
        train(LINEAR, batches(auto, 32, true, 60, NO_STOP), rows(1_000, false, false));

    assertThat(trained.finalLoss()).isBetween(0.008, 0.02);
  }

  @Test
  void aRateThatIsTooLargeDivergesAndKeepsFiniteWeights() {
    TrainingConfig training =
        batches(new OptimizerConfig.GradientDescent(50), 16, true, 100, NO_STOP);

    assertThatThrownBy(() -> train(LINEAR, training, rows(100, false, false)))
        .isInstanceOfSatisfying(
            TrainingDivergedException.class,
            e ->
                assertThat(Arrays.stream(e.lastGoodWeights().weights()).allMatch(Double::isFinite))
                    .isTrue());
  }

  @Test
  void noRateCanBeTakenFromACurvatureWithoutBound() {
    ModelConfig poisson = new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), ZEROS);
    OptimizerConfig auto =
        new OptimizerConfig.GradientDescent(
            new LearningRateConfig.Auto(), new ScheduleConfig.Constant());

    assertThatThrownBy(
            () -> train(poisson, batches(auto, 16, true, 3, NO_STOP), rows(100, true, false)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("learning_rate must be a number");
  }
}
