package dev.slope.training;

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
import dev.slope.config.ScheduleConfig;
import dev.slope.config.StopConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import dev.slope.config.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each setting against {@link Trainer} with that setting alone, on the rows outside its fold, which
 * is another implementation of the same training: weights, loss, epochs and why it ended.
 */
class SettingsTrainerTest {
  private static final int ROWS = 300;
  private static final int COLUMNS = 3;
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final ScheduleConfig CONSTANT = new ScheduleConfig.Constant();
  private static final StopConfig NO_STOP = TrainingFixtures.NO_STOP;

  /** All combinations of two rates, two l1 and two l2, on all rows and outside of two folds. */
  private static final List<Setting> SETTINGS =
      Stream.of(0.05, 0.02)
          .flatMap(
              rate ->
                  Stream.of(-1, 0, 2)
                      .flatMap(
                          fold ->
                              Stream.of(
                                  new Setting(rate, 0, 0, fold),
                                  new Setting(rate, 0.02, 0, fold),
                                  new Setting(rate, 0, 0.3, fold),
                                  new Setting(rate, 0.01, 0.1, fold))))
          .toList();

  /** Every third row with the same fold, with a few out of order. */
  private static final int[] FOLD_OF_ROW =
      IntStream.range(0, ROWS).map(row -> (row * 7 + row / 50) % 3).toArray();

  private static final Folds FOLDS = new Folds(FOLD_OF_ROW, 3, null);

  /** What a score and a random number make a label of. */
  private enum Label {
    REAL((score, random) -> score + random - 0.5),
    CLASS((score, random) -> 1 / (1 + Math.exp(-score)) > random ? 1 : 0),
    POSITIVE((score, random) -> Math.exp(score / 2) * (0.5 + random)),
    COUNT((score, random) -> Math.floor(Math.exp(score / 2) * 2 * random));

    private final DoubleBinaryOperator of;

    Label(DoubleBinaryOperator of) {
      this.of = of;
    }
  }

  private static TrainingRows rows(Label label, Precision precision, boolean weighted, boolean offset) {
    SplittableRandom random = new SplittableRandom(3);
    FloatBlock x = new FloatBlock(precision, ROWS, COLUMNS);
    FloatBlock y = new FloatBlock(precision, ROWS, 1);
    FloatBlock weights = new FloatBlock(precision, ROWS, 1);
    FloatBlock offsets = new FloatBlock(precision, ROWS, 1);
    for (int row = 0; row < ROWS; row++) {
      double score = 0.4;
      for (int column = 0; column < COLUMNS; column++) {
        x.set(row, column, column + (column + 1) * 0.7 * random.nextGaussian());
        score += (0.8 - 0.6 * column) * (x.get(row, column) - column);
      }
      y.set(row, 0, label.of.applyAsDouble(score, random.nextDouble()));
      weights.set(row, 0, 0.5 + 3 * random.nextDouble());
      offsets.set(row, 0, random.nextDouble() - 0.5);
    }
    return new TrainingRows(
        new FloatMatrix(List.of("a", "b", "c"), List.of(x.rows(0, 100), x.rows(100, 200))),
        new FloatMatrix(List.of("y"), List.of(y)),
        weighted ? new FloatMatrix(List.of("w"), List.of(weights)) : null,
        offset ? new FloatMatrix(List.of("o"), List.of(offsets)) : null);
  }

  private static TrainingConfig training(
      OptimizerConfig optimizer,
      int epochs,
      StopConfig stop,
      @Nullable Double clipNorm,
      PlanName plan,
      Precision precision) {
    return new TrainingConfig(
        optimizer,
        epochs,
        new BatchSizeConfig.Full(),
        true,
        stop,
        clipNorm,
        plan,
        "cpu",
        precision,
        true,
        0.5,
        TrainingFixtures.EVERY_MINUTE);
  }

  private static ModelConfig linear(double l1, double l2, Map<String, List<Double>> bounds) {
    return new ModelConfig.LinearRegression(true, l1, l2, bounds, ZEROS);
  }

  private static ModelConfig logistic(BinaryLink link) {
    return new ModelConfig.LogisticRegression(
        link, true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS);
  }

  private static TrainingJob job(ModelConfig model, TrainingConfig training, TrainingRows rows) {
    return new TrainingJob(
        model,
        training,
        TrainingFixtures.features(rows.rawFeatures(), Scaling.STANDARD),
        List.of("y"),
        rows,
        null,
        0);
  }

  /** The same model with another penalty; by reflection, for each kind has its own record. */
  private static ModelConfig with(ModelConfig model, double l1, double l2) {
    try {
      var components = model.getClass().getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (components[i].getName()) {
              case "l1" -> l1;
              case "l2" -> l2;
              default -> components[i].getAccessor().invoke(model);
            };
      }
      return (ModelConfig)
          model
              .getClass()
              .getDeclaredConstructor(
                  Arrays.stream(components)
                      .map(java.lang.reflect.RecordComponent::getType)
                      .toArray(Class<?>[]::new))
              .newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** The same optimizer with another learning rate. */
  private static OptimizerConfig with(OptimizerConfig optimizer, double rate) {
    if (optimizer instanceof OptimizerConfig.GradientDescent descent) {
      return new OptimizerConfig.GradientDescent(
          new LearningRateConfig.Constant(rate), descent.schedule());
    }
    if (optimizer instanceof OptimizerConfig.Momentum momentum) {
      return new OptimizerConfig.Momentum(
          rate, momentum.momentum(), momentum.nesterov(), momentum.schedule());
    }
    if (optimizer instanceof OptimizerConfig.Adagrad adagrad) {
      return new OptimizerConfig.Adagrad(
          rate, adagrad.initialAccumulatorValue(), adagrad.epsilon(), adagrad.schedule());
    }
    if (optimizer instanceof OptimizerConfig.Adam adam) {
      return new OptimizerConfig.Adam(
          rate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.schedule());
    }
    if (optimizer instanceof OptimizerConfig.RmsProp rmsProp) {
      return new OptimizerConfig.RmsProp(
          rate, rmsProp.rho(), rmsProp.momentum(), rmsProp.epsilon(), rmsProp.schedule());
    }
    if (optimizer instanceof OptimizerConfig.Ftrl ftrl) {
      return new OptimizerConfig.Ftrl(
          rate, ftrl.learningRatePower(), ftrl.initialAccumulatorValue(), ftrl.schedule());
    }
    throw new AssertionError(optimizer);
  }

  private static FloatMatrix outside(FloatMatrix matrix, int fold) {
    int kept = (int) IntStream.of(FOLD_OF_ROW).filter(of -> of != fold).count();
    FloatBlock some = new FloatBlock(matrix.precision(), kept, matrix.columns());
    int row = 0;
    int to = 0;
    for (FloatBlock block : matrix.blocks()) {
      for (int i = 0; i < block.rows(); i++) {
        if (FOLD_OF_ROW[row++] != fold) {
          block.copyRow(i, 0, some, to++);
        }
      }
    }
    return new FloatMatrix(matrix.names(), List.of(some));
  }

  private static TrainingRows outside(TrainingRows rows, int fold) {
    return new TrainingRows(
        outside(rows.rawFeatures(), fold),
        outside(rows.labels(), fold),
        rows.weights() == null ? null : outside(rows.weights(), fold),
        rows.offsets() == null ? null : outside(rows.offsets(), fold));
  }

  /** The job of a setting alone. */
  private static TrainingJob alone(TrainingJob job, Setting setting, boolean ownScale) {
    TrainingRows rows = outside(job.rows(), setting.fold());
    TrainingConfig training = job.training();
    Double rate = setting.learningRate();
    return new TrainingJob(
        with(job.model(), setting.l1(), setting.l2()),
        training(
            rate == null ? training.optimizer() : with(training.optimizer(), rate),
            training.epochs(),
            training.stop(),
            training.clipNorm(),
            training.plan(),
            training.precision()),
        ownScale
            ? TrainingFixtures.features(rows.rawFeatures(), Scaling.STANDARD)
            : job.features(),
        job.outputs(),
        rows,
        null,
        job.start(),
        job.seed());
  }

  private static void assertAsAlone(
      TrainingJob job, List<Setting> settings, Folds folds, double tolerance) {
    List<TrainedSetting> together =
        new SettingsTrainer().train(job, settings, folds, TrainingListener.NONE);

    assertThat(together).hasSameSizeAs(settings);
    for (int i = 0; i < settings.size(); i++) {
      TrainingJob alone = alone(job, settings.get(i), folds.scales() != null);
      TrainedSetting trained = together.get(i);
      try {
        TrainedModel model = new Trainer().train(alone, TrainingListener.NONE);
        String what = settings.get(i) + " " + trained.stopReason();
        assertThat(trained.diverged()).as(what).isFalse();
        assertThat(trained.weights().weights())
            .as(what)
            .containsExactly(model.weights().weights(), within(tolerance));
        assertThat(trained.weights().intercepts())
            .as(what)
            .containsExactly(model.weights().intercepts(), within(tolerance));
        assertThat(trained.loss()).as(what).isCloseTo(model.finalLoss(), within(tolerance));
        assertThat(trained.epochs()).as(what).isEqualTo(model.timings().epochs());
        assertThat(trained.stopReason()).as(what).isEqualTo(model.stopReason());
      } catch (TrainingDivergedException e) {
        assertThat(trained.diverged()).isTrue();
        assertThat(trained.stopReason()).isEqualTo(StopReason.DIVERGED);
        assertThat(trained.epochs()).isEqualTo(e.epochs());
        assertThat(trained.loss()).isInfinite();
      }
    }
  }

  private static Stream<OptimizerConfig> optimizers() {
    return Stream.of(
        TrainingFixtures.gradientDescent(0.1),
        new OptimizerConfig.Momentum(0.1, 0.8, false, CONSTANT),
        new OptimizerConfig.Momentum(0.1, 0.8, true, CONSTANT),
        new OptimizerConfig.Adagrad(0.1, 0.1, 1e-7, CONSTANT),
        new OptimizerConfig.Adam(0.1, 0.9, 0.99, 1e-7, CONSTANT),
        new OptimizerConfig.RmsProp(0.1, 0.9, 0, 1e-7, CONSTANT),
        new OptimizerConfig.RmsProp(0.1, 0.9, 0.5, 1e-7, CONSTANT),
        new OptimizerConfig.Ftrl(0.1, -0.5, 0.1, CONSTANT));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerTakesTheStepsOfOneByItsSums(OptimizerConfig optimizer) {
    TrainingRows rows = rows(Label.REAL, Precision.FLOAT64, false, false);
    assertAsAlone(
        job(
            linear(0, 0, Map.of()),
            training(optimizer, 40, NO_STOP, null, PlanName.GRAM, Precision.FLOAT64),
            rows),
        SETTINGS,
        FOLDS,
        1e-11);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerTakesTheStepsOfOneOverRows(OptimizerConfig optimizer) {
    TrainingRows rows = rows(Label.CLASS, Precision.FLOAT64, false, false);
    assertAsAlone(
        job(
            logistic(BinaryLink.LOGIT),
            training(optimizer, 40, NO_STOP, null, PlanName.FULL_BATCH, Precision.FLOAT64),
            rows),
        SETTINGS,
        FOLDS,
        1e-11);
  }

  private static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(logistic(BinaryLink.LOGIT), Label.CLASS),
        Arguments.of(logistic(BinaryLink.PROBIT), Label.CLASS),
        Arguments.of(logistic(BinaryLink.CLOGLOG), Label.CLASS),
        Arguments.of(new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), ZEROS), Label.COUNT),
        Arguments.of(new ModelConfig.GammaRegression(true, 0, 0, Map.of(), ZEROS), Label.POSITIVE),
        Arguments.of(
            new ModelConfig.TweedieRegression(1.5, true, 0, 0, Map.of(), ZEROS), Label.COUNT),
        Arguments.of(
            new ModelConfig.HuberRegression(0.5, true, 0, 0, Map.of(), ZEROS), Label.REAL),
        Arguments.of(
            new ModelConfig.QuantileRegression(0.3, true, 0, 0, Map.of(), ZEROS), Label.REAL),
        Arguments.of(
            new ModelConfig.AbsoluteRegression(true, 0, 0, Map.of(), ZEROS), Label.REAL),
        Arguments.of(
            new ModelConfig.LinearSvm(
                ModelConfig.SvmLoss.HINGE, true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS),
            Label.CLASS),
        Arguments.of(
            new ModelConfig.LinearSvm(
                ModelConfig.SvmLoss.SQUARED_HINGE, true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS),
            Label.CLASS),
        Arguments.of(linear(0, 0, Map.of()), Label.REAL));
  }

  // Float32 rounds a score to about 1e-7 of it; twenty steps add that up.
  @ParameterizedTest
  @MethodSource("models")
  void everyLossOfWeightedRowsWithOffsetsIsThatOfOne(ModelConfig model, Label label) {
    assertAsAlone(
        job(
            model,
            training(
                TrainingFixtures.gradientDescent(0.1),
                20,
                NO_STOP,
                null,
                PlanName.FULL_BATCH,
                Precision.FLOAT32),
            rows(label, Precision.FLOAT32, true, true)),
        SETTINGS,
        FOLDS,
        2e-6);
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyLossWithoutFoldsAndInterceptIsThatOfOne(ModelConfig model, Label label) {
    TrainingJob job =
        job(
            withoutIntercept(model),
            training(
                TrainingFixtures.gradientDescent(0.1),
                20,
                NO_STOP,
                null,
                PlanName.AUTO,
                Precision.FLOAT32),
            rows(label, Precision.FLOAT32, false, false));
    assertAsAlone(
        job,
        SETTINGS.stream().filter(setting -> setting.fold() == Setting.ALL_ROWS).toList(),
        FOLDS,
        2e-6);
  }

  private static ModelConfig withoutIntercept(ModelConfig model) {
    return model instanceof ModelConfig.LinearRegression
        ? new ModelConfig.LinearRegression(false, 0, 0, Map.of(), ZEROS)
        : model instanceof ModelConfig.PoissonRegression
            ? new ModelConfig.PoissonRegression(false, 0, 0, Map.of(), ZEROS)
            : model;
  }
}
