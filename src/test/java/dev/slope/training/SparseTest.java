package dev.slope.training;

import static dev.slope.training.TrainingFixtures.NO_STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gathered weights and scattered gradients, against steps by hand and against other plans. */
class SparseTest {
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final InitializerConfig UNIFORM = new InitializerConfig.Uniform();
  private static final ScheduleConfig CONSTANT = new ScheduleConfig.Constant();
  private static final ClassWeightConfig ALIKE = new ClassWeightConfig.None();
  private static final List<String> ONE = List.of("y");
  private static final int EPOCHS = 6;

  /** No multiple of any batch. */
  private static final int ROWS = 203;

  @TempDir private Path directory;

  private static ModelConfig logistic(double l1, double l2, InitializerConfig initializer) {
    return new ModelConfig.LogisticRegression(true, l1, l2, Map.of(), ALIKE, initializer);
  }

  private static ModelConfig linear(InitializerConfig initializer) {
    return new ModelConfig.LinearRegression(true, 0, 0, Map.of(), initializer);
  }

  private static OptimizerConfig descent(double rate) {
    return new OptimizerConfig.GradientDescent(rate);
  }

  private static OptimizerConfig adagrad(double rate) {
    return new OptimizerConfig.Adagrad(rate, 0.1, 1e-7, CONSTANT);
  }

  private static OptimizerConfig ftrl(ScheduleConfig schedule) {
    return new OptimizerConfig.Ftrl(0.1, -0.5, 0.1, schedule);
  }

  private static OptimizerConfig adam(ScheduleConfig schedule) {
    return new OptimizerConfig.Adam(0.05, 0.9, 0.999, 1e-7, schedule);
  }

  private static final OptimizerConfig MOMENTUM =
      new OptimizerConfig.Momentum(0.05, 0.9, false, CONSTANT);

  /**
   * A training with and without the plan sparse.
   *
   * @param batch null for all rows in each step
   */
  private record Case(
      SparseFixtures rows,
      ModelConfig model,
      OptimizerConfig optimizer,
      @Nullable Integer batch,
      StopConfig stop,
      @Nullable Double clipNorm,
      List<String> outputs,
      @Nullable SparseFixtures validation) {

    static Case of(ModelConfig model, OptimizerConfig optimizer, @Nullable Integer batch) {
      return new Case(
          SparseFixtures.classes(1, ROWS), model, optimizer, batch, NO_STOP, null, ONE, null);
    }

    static Case of(SparseFixtures rows, ModelConfig model) {
      return new Case(rows, model, adagrad(0.1), 32, NO_STOP, null, ONE, null);
    }

    Case withStop(StopConfig stopped, @Nullable SparseFixtures watched) {
      return new Case(rows, model, optimizer, batch, stopped, clipNorm, outputs, watched);
    }

    Case withClipNorm(double longest) {
      return new Case(rows, model, optimizer, batch, stop, longest, outputs, validation);
    }

    Case withOutputs(String... names) {
      return new Case(rows, model, optimizer, batch, stop, clipNorm, List.of(names), validation);
    }

    TrainingJob sparse() {
      return rows.sparse(model, training(PlanName.SPARSE), outputs, validation);
    }

    TrainingJob dense() {
      PlanName plan = batch == null ? PlanName.FULL_BATCH : PlanName.MINI_BATCH;
      return rows.dense(model, training(plan), outputs, validation);
    }

    private TrainingConfig training(PlanName plan) {
      return SparseFixtures.training(optimizer, EPOCHS, batch, stop, clipNorm, plan);
    }
  }

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    ModelConfig logistic = logistic(0, 0, UNIFORM);
    cases.put("gradient descent", Case.of(logistic, descent(0.5), 32));
    cases.put("momentum", Case.of(logistic, MOMENTUM, 32));
    cases.put(
        "nesterov", Case.of(logistic, new OptimizerConfig.Momentum(0.05, 0.9, true, CONSTANT), 32));
    cases.put("adagrad", Case.of(logistic, adagrad(0.1), 32));
    cases.put("adam", Case.of(logistic, adam(CONSTANT), 32));
    cases.put(
        "rmsprop",
        Case.of(logistic, new OptimizerConfig.RmsProp(0.01, 0.9, 0.5, 1e-7, CONSTANT), 32));
    cases.put("ftrl", Case.of(logistic, ftrl(CONSTANT), 32));
    cases.put(
        "ftrl of another power",
        Case.of(logistic, new OptimizerConfig.Ftrl(0.1, -0.3, 0.1, CONSTANT), 32));
    cases.put("batches of one row", Case.of(logistic, adagrad(0.1), 1));
    cases.put("all rows, descent", Case.of(logistic, descent(0.5), null));
    cases.put("all rows, adam", Case.of(logistic(0.001, 0.01, UNIFORM), adam(CONSTANT), null));
    penalties(cases);
    losses(cases);
    schedules(cases);
    cases.put("clipped descent", Case.of(logistic, descent(0.5), 32).withClipNorm(0.1));
    cases.put("clipped adagrad", Case.of(logistic, adagrad(0.1), 32).withClipNorm(0.1));
    cases.put("clipped adam", Case.of(logistic, adam(CONSTANT), 32).withClipNorm(0.1));
    cases.put(
        "no intercept, descent",
        Case.of(
            new ModelConfig.LogisticRegression(false, 0, 0, Map.of(), ALIKE, UNIFORM),
            descent(0.5),
            32));
    cases.put(
        "no intercept, ftrl",
        Case.of(
            new ModelConfig.LogisticRegression(false, 0, 0, Map.of(), ALIKE, UNIFORM),
            ftrl(CONSTANT),
            32));
    return cases;
  }

  private static void penalties(Map<String, Case> cases) {
    cases.put("l2, descent", Case.of(logistic(0, 0.05, UNIFORM), descent(0.5), 32));
    cases.put("l1, descent", Case.of(logistic(0.01, 0, UNIFORM), descent(0.5), 32));
    cases.put("l1 and l2, adagrad", Case.of(logistic(0.01, 0.05, UNIFORM), adagrad(0.1), 32));
    cases.put("l1, ftrl", Case.of(logistic(0.01, 0, UNIFORM), ftrl(CONSTANT), 32));
    cases.put("l1, momentum", Case.of(logistic(0.01, 0, UNIFORM), MOMENTUM, 32));
    cases.put(
        "bounds",
        Case.of(
            new ModelConfig.LogisticRegression(
                true, 0, 0, Map.of("*", List.of(-0.1, 0.2)), ALIKE, UNIFORM),
            descent(0.5),
            32));
  }

  private static void losses(Map<String, Case> cases) {
    SparseFixtures counts =
        SparseFixtures.draw(
            2,
            ROWS,
            1,
            true,
            true,
            (score, output, random) -> Math.floor(Math.exp(0.5 * score) + random.nextDouble()));
    SparseFixtures positive =
        SparseFixtures.draw(
            3, ROWS, 1, true, true, (score, output, random) -> Math.exp(0.5 * score));
    SparseFixtures two =
        SparseFixtures.draw(
            4,
            ROWS,
            2,
            true,
            false,
            (score, output, random) -> (1 - 2 * output) * score + random.nextGaussian());
    SparseFixtures three =
        SparseFixtures.draw(
            5,
            ROWS,
            1,
            true,
            false,
            (score, output, random) -> score < -0.5 ? 0 : score < 0.5 ? 1 : 2);
    SparseFixtures weighted =
        SparseFixtures.draw(
            6,
            ROWS,
            1,
            true,
            true,
            (score, output, random) -> SparseFixtures.isPositive(score, random) ? 1 : 0);
    cases.put("squared, two outputs", Case.of(two, linear(UNIFORM)).withOutputs("y", "z"));
    cases.put(
        "huber",
        Case.of(two, new ModelConfig.HuberRegression(0.8, true, 0, 0, Map.of(), UNIFORM))
            .withOutputs("y", "z"));
    cases.put(
        "quantile",
        Case.of(positive, new ModelConfig.QuantileRegression(0.3, true, 0, 0, Map.of(), UNIFORM)));
    cases.put(
        "absolute",
        Case.of(positive, new ModelConfig.AbsoluteRegression(true, 0, 0, Map.of(), UNIFORM)));
    cases.put(
        "poisson",
        Case.of(counts, new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), UNIFORM)));
    cases.put(
        "gamma", Case.of(positive, new ModelConfig.GammaRegression(true, 0, 0, Map.of(), UNIFORM)));
    cases.put(
        "tweedie",
        Case.of(counts, new ModelConfig.TweedieRegression(1.5, true, 0, 0, Map.of(), UNIFORM)));
    cases.put("logistic, weighted", Case.of(weighted, logistic(0, 0, UNIFORM)));
    cases.put(
        "softmax",
        Case.of(three, new ModelConfig.SoftmaxRegression(true, 0, 0, Map.of(), ALIKE, UNIFORM))
            .withOutputs("k", "l", "m"));
    for (ModelConfig.SvmLoss loss : ModelConfig.SvmLoss.values()) {
      cases.put(
          loss.toString(),
          Case.of(weighted, new ModelConfig.LinearSvm(loss, true, 0, 0, Map.of(), ALIKE, UNIFORM)));
    }
  }

  private static void schedules(Map<String, Case> cases) {
    ScheduleConfig cosine = new ScheduleConfig.Cosine(EPOCHS, 0.1, 2);
    ScheduleConfig plateau = new ScheduleConfig.ReduceOnPlateau(0.5, 1, 0.01, 0, 0);
    ModelConfig logistic = logistic(0, 0, UNIFORM);
    cases.put("a schedule, ftrl", Case.of(logistic, ftrl(cosine), 32));
    cases.put("a schedule, adam", Case.of(logistic, adam(cosine), 32));
    cases.put(
        "a plateau",
        Case.of(
            logistic,
            new OptimizerConfig.GradientDescent(new LearningRateConfig.Constant(2), plateau),
            32));
  }

  private static Stream<Arguments> arguments() {
    return cases().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  /** The other plans' trajectory, from one-hot inputs written out as numbers. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("arguments")
  void isTheTrainingOfOtherPlans(String name, Case each) {
    TrainedModel sparse = train(each.sparse());
    TrainedModel dense = train(each.dense());

    assertThat(sparse.plan()).isEqualTo(Plan.SPARSE);
    assertSame(sparse, dense);
  }

  private static TrainedModel train(TrainingJob job) {
    return new Trainer().train(job, TrainingListener.NONE);
  }

  private static void assertSame(TrainedModel actual, TrainedModel expected) {
    assertThat(actual.weights().weights())
        .containsExactly(expected.weights().weights(), within(2e-5));
    assertThat(actual.weights().intercepts())
        .containsExactly(expected.weights().intercepts(), within(2e-5));
    assertThat(actual.finalLoss()).isCloseTo(expected.finalLoss(), within(1e-5));
    assertThat(actual.stopReason()).isEqualTo(expected.stopReason());
    List<EpochRecord> epochs = expected.history().records();
    assertThat(actual.history().records()).hasSameSizeAs(epochs);
    for (int epoch = 0; epoch < epochs.size(); epoch++) {
      EpochRecord record = actual.history().records().get(epoch);
      assertThat(record.loss()).isCloseTo(epochs.get(epoch).loss(), within(1e-5));
      assertThat(record.learningRate()).isEqualTo(epochs.get(epoch).learningRate());
      if (epochs.get(epoch).validationLoss() != null) {
        assertThat(record.validationLoss())
            .isCloseTo(epochs.get(epoch).validationLoss(), within(1e-5));
      }
    }
    FloatBlock scores = actual.trainPredictions().blocks().get(0);
    FloatBlock others = expected.trainPredictions().blocks().get(0);
    for (int row = 0; row < scores.rows(); row++) {
      assertThat(scores.get(row, 0)).isCloseTo(others.get(row, 0), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void patienceWatchesValidationRowsAndKeepsTheBestWeights(boolean batches) {
    Case impatient =
        Case.of(logistic(0, 0, UNIFORM), adam(2), batches ? 32 : null)
            .withStop(new StopConfig(null, null, 2, null), SparseFixtures.classes(9, 57));

    TrainedModel sparse = train(impatient.sparse());

    assertThat(sparse.stopReason()).isEqualTo(StopReason.PATIENCE);
    assertSame(sparse, train(impatient.dense()));
  }

  private static OptimizerConfig adam(double rate) {
    return new OptimizerConfig.Adam(rate, 0.9, 0.999, 1e-7, CONSTANT);
  }

  @Test
  void aToleranceOfTheGradientOfAllRowsEndsIt() {
    Case tolerant =
        Case.of(logistic(0, 0.1, ZEROS), descent(1), null)
            .withStop(new StopConfig(0.06, null, null, null), null);

    TrainedModel sparse = train(tolerant.sparse());

    assertThat(sparse.stopReason()).isEqualTo(StopReason.TOLERANCE);
    assertSame(sparse, train(tolerant.dense()));
  }

  @Test
  void tooLittleProgressEndsIt() {
    Case slow =
        Case.of(logistic(0, 0, ZEROS), adagrad(0.05), 32)
            .withStop(new StopConfig(null, 0.02, null, null), null);

    TrainedModel sparse = train(slow.sparse());

    assertThat(sparse.stopReason()).isEqualTo(StopReason.MIN_REL_PROGRESS);
    assertSame(sparse, train(slow.dense()));
  }

  /** Three rows: level p twice and none once; u = 2.5, -1.5, 0.5 is 1, -1, 0 when scaled. */
  private static TrainedModel step(OptimizerConfig optimizer) {
    FloatMatrix coded =
        new FloatMatrix(
            SparseFixtures.CODED_FEATURES.columns(),
            List.of(FloatBlock.of(4, 0, 2.5f, 6, 0, 0, -1.5f, 0, 0, -1, 0.5f, 0, 0)));
    TrainingRows rows =
        new TrainingRows(coded, TrainingFixtures.matrix("y", FloatBlock.of(1, 1, 1, 0)));
    return train(
        new TrainingJob(
            logistic(0, 0, ZEROS),
            SparseFixtures.training(optimizer, 1, 3, NO_STOP, null, PlanName.SPARSE),
            SparseFixtures.CODED_FEATURES,
            ONE,
            rows,
            null,
            0));
  }

  /**
   * At scores of 0 the slopes are 1/2 less the label, over 3 rows: -1/6, -1/6, 1/6. Level p has the
   * first two, bucket 6 the first, bucket 0 the others, the intercept all.
   */
  @Test
  void theFirstStepOfDescentIsTheOneByHand() {
    TrainedModel trained = step(descent(3));

    assertThat(trained.history().records().get(0).loss())
        .isCloseTo((float) Math.log(2), within(1e-6));
    assertThat(trained.weights().weights())
        .containsExactly(new double[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0}, within(1e-6));
    assertThat(trained.weights().intercepts()).containsExactly(new double[] {0.5}, within(1e-6));
  }

  /** Adagrad squares the sum of a weight's slopes, -1/3 for level p, not each: 0.1 + 1/9. */
  @Test
  void theFirstStepOfAdagradIsTheOneByHand() {
    double ofTwo = 1.0 / 3 / Math.sqrt(0.1 + 1.0 / 9);
    double ofOne = 1.0 / 6 / Math.sqrt(0.1 + 1.0 / 36);

    TrainedModel trained = step(adagrad(1));

    assertThat(trained.weights().weights())
        .containsExactly(
            new double[] {ofTwo, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ofOne, 0}, within(1e-5));
    assertThat(trained.weights().intercepts()).containsExactly(new double[] {ofOne}, within(1e-5));
  }

  /**
   * Batches of 600 rows of two places: more than 1,023 slopes, which threads would add to the
   * weights in any order.
   */
  @ParameterizedTest
  @ValueSource(strings = {"descent", "adagrad", "momentum"})
  void theBytesAreTheSameEachTime(String optimizer) {
    OptimizerConfig config =
        Objects.requireNonNull(
            Map.of("descent", descent(0.5), "adagrad", adagrad(0.1), "momentum", MOMENTUM)
                .get(optimizer));
    SparseFixtures rows = SparseFixtures.classes(8, 6_000);
    TrainingJob job =
        rows.sparse(
            logistic(0, 0, UNIFORM),
            SparseFixtures.training(config, 3, 600, NO_STOP, null, PlanName.SPARSE),
            ONE,
            null);
    long[] bits = TrainingFixtures.bits(train(job).weights());

    for (int again = 0; again < 5; again++) {
      assertThat(TrainingFixtures.bits(train(job).weights())).containsExactly(bits);
    }
  }

  /** 70 steps are two runs of 32 and one of 6; chunks of 40 steps are cut otherwise. */
  @Test
  void whereRunsAndChunksEndChangesNoStep() {
    TrainingJob job =
        SparseFixtures.classes(8, 2_240)
            .sparse(
                logistic(0, 0, UNIFORM),
                SparseFixtures.training(ftrl(CONSTANT), 3, 32, NO_STOP, null, PlanName.SPARSE),
                ONE,
                null);

    TrainedModel small =
        new Trainer(CallSize.fixed(1), 40 * 32 * 6, BlockStore.inMemory())
            .train(job, TrainingListener.NONE);

    assertThat(TrainingFixtures.bits(small.weights()))
        .containsExactly(TrainingFixtures.bits(train(job).weights()));
  }

  @Test
  void rowsInAFileAreTrainedOnToo() {
    try (BlockStore store = new BlockStore(Precision.FLOAT32, 0, directory)) {
      SparseFixtures rows = SparseFixtures.classes(8, 2_000);
      FloatMatrix coded = rows.coded().rawFeatures();
      FloatBlock inFile = store.allocate(2_000, 4);
      inFile.values().put(0, coded.blocks().get(0).values(), 0, 8_000);
      TrainingRows kept =
          new TrainingRows(new FloatMatrix(coded.names(), List.of(inFile)), rows.coded().labels());
      TrainingConfig training =
          SparseFixtures.training(descent(0.5), 5, 64, NO_STOP, null, PlanName.SPARSE);
      TrainingJob job =
          new TrainingJob(
              logistic(0, 0, ZEROS), training, SparseFixtures.CODED_FEATURES, ONE, kept, null, 0);

      TrainedModel trained =
          new Trainer(CallSize.fixed(1), 4_000, store).train(job, TrainingListener.NONE);

      // Another order of the rows than in memory: close to it, not equal.
      TrainedModel inMemory = train(rows.sparse(logistic(0, 0, ZEROS), training, ONE, null));
      assertThat(trained.plan()).isEqualTo(Plan.SPARSE);
      assertThat(trained.finalLoss()).isCloseTo(inMemory.finalLoss(), within(0.01));
    }
  }

  @Test
  void aRateThatIsTooLargeDivergesAndKeepsFiniteWeights() {
    SparseFixtures rows =
        SparseFixtures.draw(1, ROWS, 1, false, false, (score, output, random) -> score);
    TrainingJob job =
        rows.sparse(
            linear(ZEROS),
            SparseFixtures.training(descent(50), 100, 16, NO_STOP, null, PlanName.SPARSE),
            ONE,
            null);

    assertThatThrownBy(() -> train(job))
        .isInstanceOfSatisfying(
            TrainingDivergedException.class,
            e ->
                assertThat(Arrays.stream(e.lastGoodWeights().weights()).allMatch(Double::isFinite))
                    .isTrue());
  }

  /**
   * The optimum's loss by newton is approached from above; a rate from the rows' lengths is no
   * larger than one from the true curvature, so that every full step lowers the loss.
   */
  @Test
  void anAutomaticRateLowersTheLossInEachStep() {
    OptimizerConfig auto =
        new OptimizerConfig.GradientDescent(new LearningRateConfig.Auto(), CONSTANT);
    SparseFixtures rows = SparseFixtures.classes(1, ROWS);

    TrainedModel trained =
        train(
            rows.sparse(
                logistic(0, 0, ZEROS),
                SparseFixtures.training(auto, 300, null, NO_STOP, null, PlanName.SPARSE),
                ONE,
                null));

    List<EpochRecord> records = trained.history().records();
    for (int i = 1; i < records.size(); i++) {
      assertThat(records.get(i).loss()).isLessThan(records.get(i - 1).loss());
    }
    TrainedModel best =
        train(
            rows.dense(
                logistic(0, 1e-4, ZEROS),
                SparseFixtures.training(
                    new OptimizerConfig.Newton(), 50, null, NO_STOP, null, PlanName.AUTO),
                ONE,
                null));
    assertThat(trained.finalLoss()).isCloseTo(best.finalLoss(), within(0.02));
  }

  private static Plan plan(PlanName plan, OptimizerConfig optimizer, int levels) {
    List<String> vocabulary = IntStream.range(0, levels).mapToObj(i -> "v" + i).toList();
    FittedFeatures features =
        new FittedFeatures(
            List.of(
                new FittedFeature.Numeric("u", Scaling.NONE, 0, 1),
                new FittedFeature.Categorical(
                    new RawColumn("a", RawColumn.Type.STRING), vocabulary, false, true, false)));
    return Trainer.plan(
        logistic(0, 0, ZEROS),
        SparseFixtures.training(optimizer, 5, 256, NO_STOP, null, plan),
        features,
        100_000,
        false,
        false);
  }

  @Test
  void manyCategoriesStaySparse() {
    int most = PlanSelection.MOST_ONE_HOT_INPUTS;

    assertThat(plan(PlanName.AUTO, adagrad(0.1), most)).isEqualTo(Plan.SPARSE);
    assertThat(plan(PlanName.AUTO, adagrad(0.1), most - 1)).isEqualTo(Plan.MINI_BATCH);
    assertThat(plan(PlanName.MINI_BATCH, adagrad(0.1), most)).isEqualTo(Plan.MINI_BATCH);
    assertThat(plan(PlanName.SPARSE, adagrad(0.1), 2)).isEqualTo(Plan.SPARSE);
  }

  @Test
  void whatCanNotBeSparseSaysWhatToDo() {
    OptimizerConfig searching =
        new OptimizerConfig.GradientDescent(new LearningRateConfig.LineSearch(), CONSTANT);

    assertThatThrownBy(() -> plan(PlanName.SPARSE, new OptimizerConfig.Newton(), 9))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be a first-order one")
        .hasMessageContaining("'newton'");
    assertThatThrownBy(() -> plan(PlanName.SPARSE, searching, 9))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be a number or 'auto' for the plan 'sparse'");
    assertThatThrownBy(
            () ->
                PlanSelection.select(
                    SparseFixtures.classes(1, 9)
                        .dense(
                            logistic(0, 0, ZEROS),
                            SparseFixtures.training(
                                descent(1), 1, 4, NO_STOP, null, PlanName.SPARSE),
                            ONE,
                            null)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("without categories");
    OptimizerConfig auto =
        new OptimizerConfig.GradientDescent(new LearningRateConfig.Auto(), CONSTANT);
    TrainingJob unbounded =
        SparseFixtures.classes(1, ROWS)
            .sparse(
                new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), ZEROS),
                SparseFixtures.training(auto, 1, 32, NO_STOP, null, PlanName.SPARSE),
                ONE,
                null);
    assertThatThrownBy(() -> train(unbounded))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("learning_rate must be a number for poisson_regression");
  }

  @Test
  void aGpuIsRefused() {
    assertThatThrownBy(() -> DeviceSelection.select("gpu", Plan.SPARSE))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("for the plan 'sparse'");
    assertThat(DeviceSelection.select("auto", Plan.SPARSE)).isEqualTo(Device.CPU);
  }
}
