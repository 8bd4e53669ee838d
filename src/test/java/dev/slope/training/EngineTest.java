package dev.slope.training;

import static dev.slope.training.TrainingFixtures.EVERY_MINUTE;
import static dev.slope.training.TrainingFixtures.NO_STOP;
import static dev.slope.training.TrainingFixtures.gradientDescent;
import static dev.slope.training.TrainingFixtures.matrix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.BinaryLink;
import dev.slope.config.ClassWeightConfig;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans, rates, stops and penalties together, each against a number from elsewhere. */
class EngineTest {
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final OptimizerConfig AUTO =
      new OptimizerConfig.GradientDescent(
          new LearningRateConfig.Auto(), new ScheduleConfig.Constant());
  private static final OptimizerConfig LINE_SEARCH =
      new OptimizerConfig.GradientDescent(
          new LearningRateConfig.LineSearch(), new ScheduleConfig.Constant());

  private static TrainingConfig training(
      OptimizerConfig optimizer, int epochs, StopConfig stop, PlanName plan, boolean diverges) {
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
        diverges,
        0.5,
        EVERY_MINUTE);
  }

  private static TrainedModel train(ModelConfig model, TrainingConfig training, TrainingRows rows) {
    return new Trainer()
        .train(
            new TrainingJob(
                model,
                training,
                TrainingFixtures.features(rows.rawFeatures(), Scaling.NONE),
                rows.labels().names(),
                rows,
                null,
                0),
            TrainingListener.NONE);
  }

  private static TrainedModel train(ModelConfig model, OptimizerConfig optimizer, int epochs) {
    return train(
        model, training(optimizer, epochs, NO_STOP, PlanName.AUTO, false), noisyRows(false, null));
  }

  private static ModelConfig linear(double l1, double l2, Map<String, List<Double>> bounds) {
    return new ModelConfig.LinearRegression(true, l1, l2, bounds, ZEROS);
  }

  private static ModelConfig logistic() {
    return new ModelConfig.LogisticRegression(
        true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS);
  }

  /** 300 rows of y = 1.5 u - 0.5 v + 0.25 and noise; or whether that is positive. */
  private static TrainingRows noisyRows(boolean classes, @Nullable FloatMatrix weights) {
    Random random = new Random(4);
    FloatBlock raw = new FloatBlock(300, 2);
    FloatBlock labels = new FloatBlock(300, 1);
    for (int row = 0; row < 300; row++) {
      float u = (float) random.nextGaussian();
      float v = (float) random.nextGaussian();
      raw.set(row, 0, u);
      raw.set(row, 1, v);
      float score = 1.5f * u - 0.5f * v + 0.25f + (float) random.nextGaussian();
      labels.set(row, 0, classes ? (score > 0 ? 1 : 0) : score);
    }
    return new TrainingRows(
        new FloatMatrix(List.of("u", "v"), List.of(raw)), matrix("y", labels), weights, null);
  }

  private static double[] parameters(TrainedModel model) {
    return new double[] {
      model.weights().weight(0, 0), model.weights().weight(1, 0), model.weights().intercept(0)
    };
  }

  // The same mathematics: each epoch's loss and the weights agree to float32's rounding.
  @Test
  void gramFollowsTheTrajectoryOfFullBatch() {
    OptimizerConfig descent = gradientDescent(0.3);
    TrainedModel gram =
        train(
            linear(0, 0.1, Map.of()),
            training(descent, 40, NO_STOP, PlanName.GRAM, false),
            noisyRows(false, null));
    TrainedModel rows =
        train(
            linear(0, 0.1, Map.of()),
            training(descent, 40, NO_STOP, PlanName.FULL_BATCH, false),
            noisyRows(false, null));

    assertThat(gram.plan()).isEqualTo(Plan.GRAM);
    assertThat(rows.plan()).isEqualTo(Plan.FULL_BATCH);
    for (int epoch = 0; epoch < 40; epoch++) {
      assertThat(gram.history().records().get(epoch).loss())
          .isCloseTo(rows.history().records().get(epoch).loss(), Percentage.withPercentage(1e-4));
    }
    assertThat(parameters(gram)).containsExactly(parameters(rows), within(2e-6));
  }

  // Descent, its line search, momentum and the normal equation have one optimum.
  @Test
  void allRoadsLeadToTheLeastSquares() {
    double[] exact = parameters(train(linear(0, 0, Map.of()), new OptimizerConfig.Newton(), 10));

    assertThat(parameters(train(linear(0, 0, Map.of()), AUTO, 300)))
        .containsExactly(exact, within(1e-5));
    assertThat(parameters(train(linear(0, 0, Map.of()), LINE_SEARCH, 300)))
        .containsExactly(exact, within(1e-3));
    assertThat(parameters(train(linear(0, 0, Map.of()), new OptimizerConfig.Lbfgs(10), 100)))
        .containsExactly(exact, within(1e-4));
  }

  @Test
  void descentAndNewtonAgreeOnALogisticOptimum() {
    TrainingRows rows = noisyRows(true, null);
    TrainedModel newton =
        train(
            logistic(),
            training(new OptimizerConfig.Newton(), 50, NO_STOP, PlanName.AUTO, false),
            rows);
    TrainedModel descent =
        train(logistic(), training(AUTO, 3000, NO_STOP, PlanName.AUTO, false), rows);

    assertThat(newton.stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(parameters(descent)).containsExactly(parameters(newton), within(1e-3));
  }

  // The probit's rate comes from its bound of the curvature, 1; the complementary log-log has none,
  // so that each step searches its rate.
  @ParameterizedTest
  @EnumSource
  void descentAndNewtonAgreeWhateverTheLink(BinaryLink link) {
    ModelConfig model =
        new ModelConfig.LogisticRegression(
            link, true, 0, 0.01, Map.of(), new ClassWeightConfig.None(), ZEROS);
    TrainingRows rows = noisyRows(true, null);
    TrainedModel newton =
        train(
            model, training(new OptimizerConfig.Newton(), 50, NO_STOP, PlanName.AUTO, false), rows);
    TrainedModel descent = train(model, training(AUTO, 3000, NO_STOP, PlanName.AUTO, false), rows);

    assertThat(newton.stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(parameters(descent)).containsExactly(parameters(newton), within(1e-3));
    assertThat(descent.finalLoss()).isCloseTo(newton.finalLoss(), within(1e-5));
  }

  // v = 2 u, on whatever scale and for whatever loss.
  @ParameterizedTest
  @ValueSource(strings = {"newton", "normal equation", "lbfgs"})
  void secondOrderOptimizersNameColumnsThatOthersExplain(String optimizer) {
    FloatBlock raw = FloatBlock.of(2, 1, 2, 2, 4, 3, 6, 4, 8, 5, 10, 6, 12);
    TrainingRows rows =
        new TrainingRows(
            new FloatMatrix(List.of("u", "v"), List.of(raw)),
            matrix("y", FloatBlock.of(1, 0, 1, 0, 1, 0, 1)));
    TrainingConfig training =
        training(
            optimizer.equals("lbfgs")
                ? new OptimizerConfig.Lbfgs(10)
                : new OptimizerConfig.Newton(),
            50,
            NO_STOP,
            PlanName.AUTO,
            false);
    TrainedModel model =
        train(
            optimizer.equals("normal equation") ? linear(0, 0, Map.of()) : logistic(),
            training,
            rows);

    assertThat(model.warnings()).containsExactly("collinear: v = 2 * u + a constant");
    assertThat(model.weights().weight(1, 0))
        .isCloseTo(2 * model.weights().weight(0, 0), within(1e-4));
  }

  // After two iterations there is one warning, and it says what to change.
  @ParameterizedTest
  @ValueSource(strings = {"newton", "lbfgs"})
  void tooFewIterationsAreOneWarning(String optimizer) {
    TrainedModel model =
        train(
            logistic(),
            training(
                optimizer.equals("lbfgs")
                    ? new OptimizerConfig.Lbfgs(10)
                    : new OptimizerConfig.Newton(),
                2,
                NO_STOP,
                PlanName.AUTO,
                false),
            noisyRows(true, null));

    assertThat(model.stopReason()).isEqualTo(StopReason.EPOCHS_DONE);
    assertThat(model.warnings()).hasSize(1);
    assertThat(model.warnings().get(0))
        .startsWith("did not converge: after 2 iterations the largest slope is ")
        .endsWith("; raise /training/epochs or scale the features ('scaling': 'standard')");
  }

  // A weight of 2 is the row twice.
  @Test
  void aRowOfWeightTwoCountsTwice() {
    FloatBlock weights = new FloatBlock(3, 1);
    weights.set(0, 0, 1);
    weights.set(1, 0, 2);
    weights.set(2, 0, 1);
    TrainingConfig training = TrainingFixtures.descent(0.05, 30);
    TrainedModel weighted =
        train(
            linear(0, 0, Map.of()),
            training,
            new TrainingRows(
                matrix("x", FloatBlock.of(1, 1, 2, 3)),
                matrix("y", FloatBlock.of(1, 1, 5, 4)),
                matrix("w", weights),
                null));
    TrainedModel repeated =
        train(
            linear(0, 0, Map.of()),
            training,
            new TrainingRows(
                matrix("x", FloatBlock.of(1, 1, 2, 2, 3)),
                matrix("y", FloatBlock.of(1, 1, 5, 5, 4))));

    assertThat(weighted.weights().weight(0, 0))
        .isCloseTo(repeated.weights().weight(0, 0), within(1e-6));
    assertThat(weighted.finalLoss()).isCloseTo(repeated.finalLoss(), within(1e-5));
  }

  // An l1 above the largest slope at zero (2 * 1.5) leaves nothing but the intercept: exact zeros.
  @Test
  void aLargeL1MakesExactZeros() {
    TrainedModel model = train(linear(10, 0, Map.of()), AUTO, 200);

    assertThat(model.weights().weights()).containsExactly(0, 0);
    assertThat(model.weights().intercept(0)).isNotZero();
  }

  @Test
  void anInterceptThatIsNotFittedIsZero() {
    ModelConfig through =
        new ModelConfig.LinearRegression(false, 0, 0, Map.of(), new InitializerConfig.Uniform());

    assertThat(train(through, AUTO, 50).weights().intercept(0)).isZero();
    assertThat(train(through, new OptimizerConfig.Newton(), 1).weights().intercept(0)).isZero();
  }

  @Test
  void boundsHold() {
    TrainedModel model = train(linear(0, 0, Map.of("u", List.of(0.0, 0.5))), AUTO, 200);

    assertThat(model.weights().weight(0, 0)).isEqualTo(0.5);
    assertThat(model.weights().weight(1, 0)).isNegative();
  }

  @Test
  void stopsSayWhy() {
    TrainingRows rows = noisyRows(false, null);
    TrainedModel tolerance =
        train(
            linear(0, 0, Map.of()),
            training(
                AUTO, 1000, new StopConfig(1e-3, null, null, null), PlanName.FULL_BATCH, false),
            rows);
    TrainedModel progress =
        train(
            linear(0, 0, Map.of()),
            training(
                AUTO, 1000, new StopConfig(null, 1e-4, null, null), PlanName.FULL_BATCH, false),
            rows);
    TrainedModel patience =
        train(
            linear(0, 0, Map.of()),
            training(AUTO, 1000, new StopConfig(null, null, 3, null), PlanName.FULL_BATCH, false),
            rows);

    assertThat(tolerance.stopReason()).isEqualTo(StopReason.TOLERANCE);
    assertThat(progress.stopReason()).isEqualTo(StopReason.MIN_REL_PROGRESS);
    assertThat(patience.stopReason()).isEqualTo(StopReason.PATIENCE);
    assertThat(tolerance.timings().epochs()).isLessThan(1000);
  }

  @Test
  void whereAStopIsWaitedForInVainItSaysSo() {
    TrainedModel model =
        train(
            linear(0, 0, Map.of()),
            training(
                gradientDescent(1e-4),
                5,
                new StopConfig(1e-9, null, null, null),
                PlanName.FULL_BATCH,
                false),
            noisyRows(false, null));

    assertThat(model.stopReason()).isEqualTo(StopReason.EPOCHS_DONE);
    assertThat(model.warnings()).hasSize(1);
    assertThat(model.warnings().get(0))
        .startsWith("did not converge: after 5 epochs all epochs have run; raise /training/epochs");
  }

  // A clipped first step from zeros is as long as rate * clip_norm: 0.1 * 0.5.
  @Test
  void aClippedStepHasTheLengthOfTheClip() {
    TrainedModel model =
        train(
            linear(0, 0, Map.of()),
            new TrainingConfig(
                gradientDescent(0.1),
                1,
                new BatchSizeConfig.Full(),
                true,
                NO_STOP,
                0.5,
                PlanName.FULL_BATCH,
                "cpu",
                Precision.FLOAT32,
                false,
                0.5,
                EVERY_MINUTE),
            noisyRows(false, null));
    double length = 0;
    for (double parameter : parameters(model)) {
      length += parameter * parameter;
    }

    assertThat(Math.sqrt(length)).isCloseTo(0.05, within(1e-6));
  }

  @Test
  void gramIsForTheSquaredLossOnly() {
    assertThatThrownBy(
            () ->
                train(
                    logistic(),
                    training(AUTO, 10, NO_STOP, PlanName.GRAM, false),
                    noisyRows(true, null)))
        .hasMessage(
            "/training/plan must be 'auto' or 'full_batch' for logistic_regression, but was"
                + " 'gram': only the squared loss without offsets is a sum of squares and"
                + " products");
  }
}
