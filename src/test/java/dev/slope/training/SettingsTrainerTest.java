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
import dev.slope.config.Scaling;
import dev.slope.config.ScheduleConfig;
import dev.slope.config.StopConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
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

  /** Two rates, with and without each penalty, on all rows and outside of two of three folds. */
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(0.05, 0, 0.3, 2),
          new Setting(0.05, 0, 0, Setting.ALL_ROWS),
          new Setting(0.02, 0.02, 0, 0),
          new Setting(0.02, 0.01, 0.1, Setting.ALL_ROWS),
          new Setting(0.05, 0.02, 0, 2),
          new Setting(0.02, 0, 0, 0));

  /** About a third of the rows for each fold, in no simple order. */
  private static final int[] FOLD_OF_ROW =
      IntStream.range(0, ROWS).map(row -> (row * 7 + row / 50) % 3).toArray();

  private static final Folds FOLDS = new Folds(FOLD_OF_ROW, 3, null);

  /** What a score and a random number make a label of. */
  private enum Label {
    REAL,
    CLASS,
    POSITIVE,
    COUNT;

    double of(double score, double random) {
      return switch (this) {
        case REAL -> score + random - 0.5;
        case CLASS -> 1 / (1 + Math.exp(-score)) > random ? 1 : 0;
        case POSITIVE -> Math.exp(score / 2) * (0.5 + random);
        case COUNT -> Math.floor(Math.exp(score / 2) * 2 * random);
      };
    }
  }

  private static TrainingRows rows(
      Label label, Precision precision, boolean weighted, boolean offset) {
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
      y.set(row, 0, label.of(score, random.nextDouble()));
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
      throw new LinkageError(e.getMessage(), e);
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
        ownScale ? TrainingFixtures.features(rows.rawFeatures(), Scaling.STANDARD) : job.features(),
        job.outputs(),
        rows,
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
        new OptimizerConfig.RmsProp(0.1, 0.9, 0, 1e-2, CONSTANT),
        new OptimizerConfig.RmsProp(0.1, 0.9, 0.5, 1e-2, CONSTANT),
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
        Arguments.of(new ModelConfig.HuberRegression(0.5, true, 0, 0, Map.of(), ZEROS), Label.REAL),
        Arguments.of(
            new ModelConfig.QuantileRegression(0.3, true, 0, 0, Map.of(), ZEROS), Label.REAL),
        Arguments.of(new ModelConfig.AbsoluteRegression(true, 0, 0, Map.of(), ZEROS), Label.REAL),
        Arguments.of(
            new ModelConfig.LinearSvm(
                ModelConfig.SvmLoss.HINGE,
                true,
                0,
                0,
                Map.of(),
                new ClassWeightConfig.None(),
                ZEROS),
            Label.CLASS),
        Arguments.of(
            new ModelConfig.LinearSvm(
                ModelConfig.SvmLoss.SQUARED_HINGE,
                true,
                0,
                0,
                Map.of(),
                new ClassWeightConfig.None(),
                ZEROS),
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

  private static Stream<ScheduleConfig> schedules() {
    return Stream.of(
        new ScheduleConfig.Warmup(5),
        new ScheduleConfig.Exponential(10, 0.5, false, 0),
        new ScheduleConfig.InverseTime(10, 0.5, true, 2),
        new ScheduleConfig.Cosine(30, 0.1, 0),
        new ScheduleConfig.Step(List.of(5.0, 15.0), List.of(1.0, 0.5, 0.1), 0),
        new ScheduleConfig.Polynomial(30, 0.001, 1, 0),
        new ScheduleConfig.ReduceOnPlateau(0.5, 2, 0.01, 1e-4, 0));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void everyScheduleIsThatOfOne(ScheduleConfig schedule) {
    assertAsAlone(
        job(
            linear(0, 0, Map.of()),
            training(
                new OptimizerConfig.Momentum(0.1, 0.8, false, schedule),
                40,
                NO_STOP,
                null,
                PlanName.AUTO,
                Precision.FLOAT64),
            rows(Label.REAL, Precision.FLOAT64, true, false)),
        SETTINGS,
        FOLDS,
        1e-11);
  }

  private static Stream<Arguments> stops() {
    return Stream.of(PlanName.GRAM, PlanName.FULL_BATCH)
        .flatMap(
            plan ->
                Stream.of(
                    Arguments.of(plan, new StopConfig(1e-3, null, null, null)),
                    Arguments.of(plan, new StopConfig(null, 1e-4, null, null)),
                    Arguments.of(plan, new StopConfig(null, null, 3, null)),
                    Arguments.of(plan, new StopConfig(1e-2, 1e-3, 5, null))));
  }

  // Momentum goes past the optimum and back, so that patience has something to run out of.
  @ParameterizedTest
  @MethodSource("stops")
  void eachStopsByItsOwnRuleInTheEpochOfOne(PlanName plan, StopConfig stop) {
    TrainingJob job =
        job(
            linear(0, 0, Map.of()),
            training(
                new OptimizerConfig.Momentum(0.1, 0.9, false, CONSTANT),
                400,
                stop,
                null,
                plan,
                Precision.FLOAT64),
            rows(Label.REAL, Precision.FLOAT64, false, false));
    assertAsAlone(job, SETTINGS, FOLDS, 1e-10);

    List<TrainedSetting> trained =
        new SettingsTrainer().train(job, SETTINGS, FOLDS, TrainingListener.NONE);
    assertThat(trained.stream().map(TrainedSetting::epochs).distinct()).hasSizeGreaterThan(2);
    assertThat(trained.stream().map(TrainedSetting::stopReason))
        .doesNotContain(StopReason.DIVERGED);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void clippedGradientsAndBoundedWeightsAreThoseOfOne(PlanName plan) {
    assertAsAlone(
        job(
            linear(0, 0, Map.of("a", List.of(-0.1, 0.3), "*", List.of(-0.2, 2.0))),
            training(
                new OptimizerConfig.Adam(0.1, 0.9, 0.99, 1e-7, CONSTANT),
                60,
                new StopConfig(1e-4, null, null, null),
                0.3,
                plan,
                Precision.FLOAT64),
            rows(Label.REAL, Precision.FLOAT64, false, false)),
        SETTINGS,
        FOLDS,
        1e-11);
  }

  private static Stream<PlanName> plans() {
    return Stream.of(PlanName.GRAM, PlanName.FULL_BATCH);
  }

  /** How the inputs of a fold's own standard scaling follow from the job's. */
  private static Folds withScales(TrainingRows rows) {
    FittedFeatures whole = TrainingFixtures.features(rows.rawFeatures(), Scaling.STANDARD);
    List<InputScale> scales = new ArrayList<>();
    for (int fold = 0; fold < 3; fold++) {
      FittedFeatures own =
          TrainingFixtures.features(outside(rows, fold).rawFeatures(), Scaling.STANDARD);
      double[] factor = new double[COLUMNS];
      double[] shift = new double[COLUMNS];
      for (int input = 0; input < COLUMNS; input++) {
        FittedFeature.Numeric from = (FittedFeature.Numeric) whole.features().get(input);
        FittedFeature.Numeric to = (FittedFeature.Numeric) own.features().get(input);
        // (x - m') / s' with x = m + s z
        factor[input] = from.divisor() / to.divisor();
        shift[input] = (from.offset() - to.offset()) / to.divisor();
      }
      scales.add(new InputScale(factor, shift));
    }
    return new Folds(FOLD_OF_ROW, 3, scales);
  }

  // Scales of float32: what follows from the job's inputs differs from the fold's own by 1e-7.
  @ParameterizedTest
  @MethodSource("plans")
  void foldsWithTheirOwnScalesAreThoseOfTheirOwnFeatures(PlanName plan) {
    TrainingRows rows = rows(Label.REAL, Precision.FLOAT64, true, false);
    TrainingJob job =
        job(
            linear(0, 0, Map.of()),
            training(
                TrainingFixtures.gradientDescent(0.1), 30, NO_STOP, null, plan, Precision.FLOAT64),
            rows);

    assertAsAlone(job, SETTINGS, withScales(rows), 1e-6);
  }

  // (0.2, 0.4, 0.6) and 1 on the job's scale are the same scores on a fold's.
  @Test
  void aStartIsTheSameModelOnTheScaleOfAFold() {
    TrainingRows rows = rows(Label.REAL, Precision.FLOAT64, false, false);
    Folds folds = withScales(rows);
    TrainingJob zeros =
        job(
            linear(0, 0, Map.of()),
            training(
                TrainingFixtures.gradientDescent(1e-12),
                1,
                NO_STOP,
                null,
                PlanName.GRAM,
                Precision.FLOAT64),
            rows);
    LinearWeights start =
        new LinearWeights(
            zeros.features().inputs(),
            List.of("y"),
            new double[] {0.2, 0.4, 0.6},
            new double[] {1});
    TrainingJob job =
        new TrainingJob(
            zeros.model(),
            zeros.training(),
            zeros.features(),
            List.of("y"),
            rows,
            rows,
            null,
            start,
            0);

    LinearWeights trained =
        new SettingsTrainer()
            .train(job, List.of(new Setting(1e-12, 0, 0, 1)), folds, TrainingListener.NONE)
            .get(0)
            .weights();

    double[] x = {0.3, -1.1, 0.7};
    InputScale scale = Objects.requireNonNull(folds.scales()).get(1);
    double score = trained.intercept(0);
    for (int input = 0; input < COLUMNS; input++) {
      score += trained.weight(input, 0) * (x[input] * scale.factor()[input] + scale.shift()[input]);
    }
    assertThat(score).isCloseTo(1 + 0.2 * 0.3 - 0.4 * 1.1 + 0.6 * 0.7, within(1e-9));
  }

  // 'auto' on squared loss without l1 is the fastest rate of a quadratic; of others 1 / L.
  @ParameterizedTest
  @MethodSource("modelsWithBounds")
  void theAutomaticRateIsThatOfTheSettingAlone(ModelConfig model, Label label) {
    List<Setting> settings =
        List.of(
            new Setting(null, 0, 0, Setting.ALL_ROWS),
            new Setting(null, 0, 0.5, 0),
            new Setting(null, 0.05, 0, 1),
            new Setting(0.01, 0, 0, 2));
    assertAsAlone(
        job(
            model,
            training(
                new OptimizerConfig.GradientDescent(new LearningRateConfig.Auto(), CONSTANT),
                10,
                NO_STOP,
                null,
                PlanName.AUTO,
                Precision.FLOAT64),
            rows(label, Precision.FLOAT64, true, false)),
        settings,
        FOLDS,
        1e-9);
  }

  private static Stream<Arguments> modelsWithBounds() {
    return Stream.of(
        Arguments.of(linear(0, 0, Map.of()), Label.REAL),
        Arguments.of(logistic(BinaryLink.LOGIT), Label.CLASS));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void whatDivergesLeavesTheOthersAlone(PlanName plan) {
    TrainingJob job =
        job(
            linear(0, 0, Map.of()),
            training(
                TrainingFixtures.gradientDescent(0.1), 60, NO_STOP, null, plan, Precision.FLOAT64),
            rows(Label.REAL, Precision.FLOAT64, false, false));
    List<Setting> settings =
        List.of(
            new Setting(0.1, 0, 0, 0),
            new Setting(5.0, 0, 0, 0),
            new Setting(0.1, 0, 0.1, Setting.ALL_ROWS),
            new Setting(2.0, 0.01, 0, Setting.ALL_ROWS));
    assertAsAlone(job, settings, FOLDS, 1e-11);

    List<TrainedSetting> trained =
        new SettingsTrainer().train(job, settings, FOLDS, TrainingListener.NONE);
    assertThat(trained.stream().map(TrainedSetting::diverged))
        .containsExactly(false, true, false, true);
    for (double weight : trained.get(1).weights().weights()) {
      assertThat(weight).isFinite();
    }
  }

  // An exact fit: the sums alone would cancel, so a pass over the rows outside the fold tells.
  @Test
  void aPerfectFitHasTheLossOfItsRows() {
    FloatBlock x = new FloatBlock(Precision.FLOAT64, ROWS, 1);
    FloatBlock y = new FloatBlock(Precision.FLOAT64, ROWS, 1);
    for (int row = 0; row < ROWS; row++) {
      x.set(row, 0, row);
      y.set(row, 0, FOLD_OF_ROW[row] == 1 ? row * row : 2 * row + 1);
    }
    TrainingRows rows =
        new TrainingRows(
            new FloatMatrix(List.of("x"), List.of(x)), new FloatMatrix(List.of("y"), List.of(y)));
    Folds folds = new Folds(FOLD_OF_ROW, 3, null);
    TrainingJob job =
        job(
            linear(0, 0, Map.of()),
            training(
                new OptimizerConfig.GradientDescent(new LearningRateConfig.Auto(), CONSTANT),
                50,
                NO_STOP,
                null,
                PlanName.GRAM,
                Precision.FLOAT64),
            rows);

    TrainedSetting trained =
        new SettingsTrainer()
            .train(job, List.of(new Setting(null, 0, 0, 1)), folds, TrainingListener.NONE)
            .get(0);

    assertThat(trained.loss()).isBetween(0.0, 1e-15);
  }

  private static TrainingJob many(Label label, Precision precision, PlanName plan) {
    SplittableRandom random = new SplittableRandom(5);
    int rows = 70_001;
    FloatBlock x = new FloatBlock(precision, rows, 8);
    FloatBlock y = new FloatBlock(precision, rows, 1);
    for (int row = 0; row < rows; row++) {
      double score = 0;
      for (int column = 0; column < 8; column++) {
        x.set(row, column, random.nextGaussian());
        score += (column - 4) * x.get(row, column) / 8;
      }
      y.set(row, 0, label.of(score, random.nextDouble()));
    }
    List<String> names = IntStream.range(0, 8).mapToObj(column -> "x" + column).toList();
    return job(
        label == Label.CLASS ? logistic(BinaryLink.LOGIT) : linear(0, 0, Map.of()),
        training(TrainingFixtures.gradientDescent(0.1), 8, NO_STOP, null, plan, precision),
        new TrainingRows(
            new FloatMatrix(names, List.of(x)), new FloatMatrix(List.of("y"), List.of(y))));
  }

  // 70,001 rows of 8 inputs and 64 settings are 36 million products an epoch: parts of 32,768 rows.
  @Test
  void manyRowsInPartsAreTheTrainingOfOne() {
    TrainingJob job = many(Label.CLASS, Precision.FLOAT32, PlanName.FULL_BATCH);
    List<Setting> settings =
        IntStream.range(0, 64).mapToObj(i -> new Setting(0.01 * (1 + i), 0, 0, -1)).toList();

    List<TrainedSetting> trained =
        new SettingsTrainer().train(job, settings, null, TrainingListener.NONE);

    for (int i : new int[] {0, 31, 63}) {
      TrainedModel alone =
          new Trainer()
              .train(
                  new TrainingJob(
                      job.model(),
                      training(
                          TrainingFixtures.gradientDescent(0.01 * (1 + i)),
                          8,
                          NO_STOP,
                          null,
                          PlanName.FULL_BATCH,
                          Precision.FLOAT32),
                      job.features(),
                      job.outputs(),
                      job.rows(),
                      null,
                      0),
                  TrainingListener.NONE);
      assertThat(trained.get(i).weights().weights())
          .containsExactly(alone.weights().weights(), within(1e-6));
      assertThat(trained.get(i).loss()).isCloseTo(alone.finalLoss(), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void whereCallsEndChangesNoByte(PlanName plan) {
    TrainingJob job =
        job(
            linear(0, 0, Map.of()),
            training(
                new OptimizerConfig.Adam(0.1, 0.9, 0.99, 1e-7, CONSTANT),
                60,
                new StopConfig(null, 1e-3, null, null),
                null,
                plan,
                Precision.FLOAT32),
            rows(Label.REAL, Precision.FLOAT32, false, false));
    List<Double> wholeLosses = new ArrayList<>();
    List<TrainedSetting> whole = inCallsOf(1000, job, wholeLosses);
    for (int size : new int[] {1, 7}) {
      List<Double> losses = new ArrayList<>();
      List<TrainedSetting> trained = inCallsOf(size, job, losses);

      assertThat(losses).isEqualTo(wholeLosses);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(trained.get(i).epochs()).isEqualTo(whole.get(i).epochs());
        assertThat(TrainingFixtures.bits(trained.get(i).weights()))
            .isEqualTo(TrainingFixtures.bits(whole.get(i).weights()));
      }
    }
  }

  private static List<TrainedSetting> inCallsOf(int size, TrainingJob job, List<Double> losses) {
    return new SettingsTrainer(CallSize.fixed(size))
        .train(
            job,
            SETTINGS,
            FOLDS,
            new TrainingListener() {
              @Override
              public void onEpochs(long firstEpoch, double[] more) {
                assertThat(firstEpoch).isEqualTo(losses.size() + 1L);
                for (double loss : more) {
                  losses.add(loss);
                }
              }
            });
  }

  @Test
  void aCancelledTrainingKeepsWhatItHas() {
    TrainingJob job =
        job(
            linear(0, 0, Map.of()),
            training(
                TrainingFixtures.gradientDescent(0.1),
                1000,
                NO_STOP,
                null,
                PlanName.GRAM,
                Precision.FLOAT32),
            rows(Label.REAL, Precision.FLOAT32, false, false));

    List<TrainedSetting> trained =
        new SettingsTrainer(CallSize.fixed(5))
            .train(
                job,
                SETTINGS,
                FOLDS,
                new TrainingListener() {
                  @Override
                  public boolean isCancelled() {
                    return true;
                  }
                });

    assertThat(trained).allMatch(setting -> setting.stopReason() == StopReason.CANCELLED);
    assertThat(trained).allMatch(setting -> setting.epochs() == 5);
  }

  @Test
  void ratesThatMustDivergeAreToldWithoutWaitingForIt() {
    TrainingConfig one =
        new TrainingConfig(
            TrainingFixtures.gradientDescent(0.1),
            2,
            new BatchSizeConfig.Full(),
            true,
            NO_STOP,
            null,
            PlanName.GRAM,
            "cpu",
            Precision.FLOAT32,
            false,
            0.5,
            TrainingFixtures.EVERY_MINUTE);
    TrainingJob job =
        job(linear(0, 0, Map.of()), one, rows(Label.REAL, Precision.FLOAT32, false, false));

    List<TrainedSetting> trained =
        new SettingsTrainer()
            .train(
                job,
                List.of(new Setting(5.0, 0, 0, -1), new Setting(0.1, 0, 0, -1)),
                null,
                TrainingListener.NONE);

    assertThat(trained.stream().map(TrainedSetting::diverged)).containsExactly(true, false);
  }

  @Test
  void whatTakesOtherStepsCanNotTrainTogether() {
    TrainingRows rows = rows(Label.COUNT, Precision.FLOAT32, false, false);
    ModelConfig poisson = new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), ZEROS);
    OptimizerConfig auto =
        new OptimizerConfig.GradientDescent(new LearningRateConfig.Auto(), CONSTANT);

    assertThat(SettingsTrainer.canTrain(ofOptimizer(linear(0, 0, Map.of()), auto, rows))).isTrue();
    // The curvature of Poisson's loss has no bound: 'auto' searches, unless each setting says.
    assertThat(SettingsTrainer.canTrain(ofOptimizer(poisson, auto, rows))).isFalse();
    assertThat(SettingsTrainer.canTrain(ofOptimizer(poisson, auto, rows), SETTINGS)).isTrue();
    assertThat(
            SettingsTrainer.canTrain(
                ofOptimizer(
                    linear(0, 0, Map.of()),
                    new OptimizerConfig.GradientDescent(
                        new LearningRateConfig.LineSearch(), CONSTANT),
                    rows)))
        .isFalse();
    assertThat(
            SettingsTrainer.canTrain(
                ofOptimizer(linear(0, 0, Map.of()), new OptimizerConfig.Newton(), rows)))
        .isFalse();
    assertThatThrownBy(
            () ->
                new SettingsTrainer()
                    .train(
                        ofOptimizer(poisson, auto, rows),
                        List.of(new Setting(null, 0, 0, -1)),
                        null,
                        TrainingListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("settings of this job must be trained one by one; ask canTrain first");
    assertThatThrownBy(
            () ->
                new SettingsTrainer()
                    .train(
                        ofOptimizer(linear(0, 0, Map.of()), auto, rows),
                        List.of(new Setting(0.1, 0, 0, 3)),
                        FOLDS,
                        TrainingListener.NONE))
        .hasMessage("the fold of a setting must be below 3, how many there are, but was 3");
  }

  private static TrainingJob ofOptimizer(
      ModelConfig model, OptimizerConfig optimizer, TrainingRows rows) {
    return job(
        model, training(optimizer, 10, NO_STOP, null, PlanName.AUTO, Precision.FLOAT32), rows);
  }

  private static ModelConfig withoutIntercept(ModelConfig model) {
    return model instanceof ModelConfig.LinearRegression
        ? new ModelConfig.LinearRegression(false, 0, 0, Map.of(), ZEROS)
        : model instanceof ModelConfig.PoissonRegression
            ? new ModelConfig.PoissonRegression(false, 0, 0, Map.of(), ZEROS)
            : model;
  }
}
