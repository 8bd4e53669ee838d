package dev.slope.training;

import static dev.slope.training.TrainingFixtures.EVERY_MINUTE;
import static dev.slope.training.TrainingFixtures.NO_STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.CheckpointConfig;
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
import dev.slope.data.BlockStore;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.training.checkpoint.RunCheckpoints;
import dev.slope.training.checkpoint.RunFingerprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that is interrupted again and again ends in the bytes of one that never was. */
class ResumeTest {
  private static final InitializerConfig UNIFORM = new InitializerConfig.Uniform();
  private static final ScheduleConfig CONSTANT = new ScheduleConfig.Constant();

  /** After two epochs of warm-up; the loss soon falls by less than a thousandth an epoch. */
  private static final ScheduleConfig PLATEAU =
      new ScheduleConfig.ReduceOnPlateau(0.5, 3, 1e-3, 0, 2);

  private static final int EPOCHS = 30;

  /** Divides neither the epochs nor any schedule's boundary or patience. */
  private static final int EPOCHS_A_RUN = 7;

  @TempDir Path folder;

  private static Map<String, TrainingJob> jobs() {
    Map<String, TrainingJob> jobs = new LinkedHashMap<>();
    jobs.put("constant rate", linear(rate(new LearningRateConfig.Constant(0.05), CONSTANT)));
    jobs.put("auto", linear(rate(new LearningRateConfig.Auto(), CONSTANT)));
    jobs.put("line search", linear(rate(new LearningRateConfig.LineSearch(), CONSTANT)));
    jobs.put("momentum", linear(new OptimizerConfig.Momentum(0.01, 0.9, false, CONSTANT)));
    jobs.put("nesterov", linear(new OptimizerConfig.Momentum(0.01, 0.9, true, CONSTANT)));
    jobs.put("adagrad", linear(new OptimizerConfig.Adagrad(0.1, 0.1, 1e-7, CONSTANT)));
    jobs.put("adam", linear(adam(CONSTANT)));
    jobs.put("rmsprop", linear(new OptimizerConfig.RmsProp(0.01, 0.9, 0.5, 1e-7, CONSTANT)));
    jobs.put("ftrl", linear(new OptimizerConfig.Ftrl(0.1, -0.5, 0.1, CONSTANT)));
    jobs.put("warmup", linear(adam(new ScheduleConfig.Warmup(12))));
    jobs.put("exponential", linear(adam(new ScheduleConfig.Exponential(5, 0.5, true, 3))));
    jobs.put("inverse time", linear(adam(new ScheduleConfig.InverseTime(5, 0.5, false, 0))));
    jobs.put("cosine", linear(adam(new ScheduleConfig.Cosine(30, 0.1, 0))));
    jobs.put(
        "step", linear(adam(new ScheduleConfig.Step(List.of(5.0, 20.0), List.of(1., .5, .1), 0))));
    jobs.put("polynomial", linear(adam(new ScheduleConfig.Polynomial(30, 1e-4, 2, 0))));
    jobs.put("reduce on plateau", linear(rate(new LearningRateConfig.Constant(0.3), PLATEAU)));
    jobs.put("gram", job(linear(0), adam(CONSTANT), NO_STOP, PlanName.GRAM, null));
    jobs.put(
        "tolerance",
        job(linear(0), fast(), new StopConfig(1e-3, null, null, null), PlanName.AUTO, null));
    jobs.put(
        "least progress",
        job(linear(0), fast(), new StopConfig(null, 1e-4, null, null), PlanName.AUTO, null));
    jobs.put(
        "patience",
        job(linear(0), adam(2), new StopConfig(null, null, 4, null), PlanName.AUTO, null));
    jobs.put(
        "patience of validation rows",
        job(linear(0), fast(), new StopConfig(null, null, 4, null), PlanName.AUTO, rows(8, 12)));
    jobs.put("l1", job(linear(0.2), fast(), NO_STOP, PlanName.FULL_BATCH, null));
    jobs.put(
        "classes",
        new TrainingJob(
            new ModelConfig.SoftmaxRegression(
                true, 0, 0.01, Map.of(), new ClassWeightConfig.None(), UNIFORM),
            training(adam(CONSTANT), NO_STOP, PlanName.AUTO),
            TrainingFixtures.features(rows(1, 200).rawFeatures(), Scaling.STANDARD),
            List.of("a", "b", "c"),
            classes(),
            null,
            3));
    jobs.put("mini-batches", miniBatches());
    jobs.put("sparse, descent", sparse(fast(), 16));
    jobs.put("sparse, ftrl", sparse(new OptimizerConfig.Ftrl(0.1, -0.5, 0.1, CONSTANT), 16));
    jobs.put("sparse, adam", sparse(adam(new ScheduleConfig.Cosine(30, 0.1, 0)), 16));
    jobs.put("sparse, all rows", sparse(adam(PLATEAU), null));
    jobs.put("float64", TrainingFixtures.inFloat64(linear(adam(PLATEAU))));
    return jobs;
  }

  private static Stream<Arguments> arguments() {
    return jobs().entrySet().stream().map(job -> Arguments.of(job.getKey(), job.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("arguments")
  void endsInTheBytesOfTheUninterruptedTraining(String name, TrainingJob job) {
    TrainedModel whole = trainer(EPOCHS).train(job, TrainingListener.NONE);

    assertSameBytes(inRunsOf(EPOCHS_A_RUN, trainer(EPOCHS_A_RUN), job), whole);
  }

  // Rows of five values, 64 a batch, and room for 500 values a part: four parts an epoch.
  @Test
  void epochsThatComeInPartsWillDoToo() {
    Trainer inParts = new Trainer(CallSize.fixed(EPOCHS), 500, BlockStore.inMemory());
    TrainedModel whole = inParts.train(miniBatches(), TrainingListener.NONE);

    assertSameBytes(inRunsOf(EPOCHS_A_RUN, inParts, miniBatches()), whole);
  }

  // Ten epochs of 20,000 rows of five values are a chunk: the runs begin within chunks.
  @Test
  void epochsThatComeManyAtOnceWillDoToo() {
    TrainingJob job = miniBatches(rows(1, 20_000));
    TrainedModel whole = trainer(EPOCHS).train(job, TrainingListener.NONE);

    assertSameBytes(inRunsOf(EPOCHS_A_RUN, trainer(EPOCHS_A_RUN), job), whole);
  }

  private static Stream<Arguments> streamedJobs() {
    StopConfig patience = new StopConfig(null, null, 4, null);
    return Stream.of(
        Arguments.of("shuffled batches", streamed(adam(PLATEAU), NO_STOP, 64, null)),
        Arguments.of("all rows", streamed(adam(PLATEAU), NO_STOP, null, null)),
        Arguments.of("patience of validation rows", streamed(fast(), patience, null, rows(8, 12))));
  }

  private static TrainingJob streamed(
      OptimizerConfig optimizer,
      StopConfig stop,
      @Nullable Integer batchRows,
      @Nullable TrainingRows validation) {
    BatchSizeConfig batches =
        batchRows == null ? new BatchSizeConfig.Full() : new BatchSizeConfig.Rows(batchRows);
    return job(
        rows(1, 200),
        linear(0),
        training(optimizer, batches, stop, PlanName.STREAMING),
        validation);
  }

  // 200 rows of five values from a file, in parts of 100 rows.
  @ParameterizedTest(name = "{0}")
  @MethodSource("streamedJobs")
  void rowsFromAFileWillDoToo(String name, TrainingJob job) {
    try (BlockStore store = new BlockStore(Precision.FLOAT32, 0, folder)) {
      Trainer streaming = new Trainer(CallSize.fixed(1), 500, store);
      TrainedModel whole = streaming.train(job, TrainingListener.NONE);

      assertThat(whole.plan()).isEqualTo(Plan.STREAMING);
      assertThat(whole.timings().epochs()).isGreaterThan(EPOCHS_A_RUN);
      assertSameBytes(inRunsOf(EPOCHS_A_RUN, streaming, job), whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 11, 29})
  void anyEpochWillDo(int epochsARun) {
    TrainingJob job = linear(adam(PLATEAU));

    assertSameBytes(
        inRunsOf(epochsARun, trainer(epochsARun), job),
        trainer(EPOCHS).train(job, TrainingListener.NONE));
  }

  // The jobs above would show little if their stops never came and their rates never moved.
  @Test
  void theStopsAndRatesAreOnesThatTheStateDecides() {
    assertThat(uninterrupted("tolerance").stopReason()).isEqualTo(StopReason.TOLERANCE);
    assertThat(uninterrupted("least progress").stopReason()).isEqualTo(StopReason.MIN_REL_PROGRESS);
    for (String patient : List.of("patience", "patience of validation rows")) {
      TrainedModel model = uninterrupted(patient);
      assertThat(model.stopReason()).isEqualTo(StopReason.PATIENCE);
      assertThat(model.timings().epochs()).isGreaterThan(EPOCHS_A_RUN);
    }
    for (String changing : List.of("reduce on plateau", "line search", "cosine", "warmup")) {
      assertThat(
              uninterrupted(changing).history().records().stream().map(EpochRecord::learningRate))
          .as(changing)
          .satisfies(rates -> assertThat(rates.stream().distinct().count()).isGreaterThan(2));
    }
    assertThat(uninterrupted("gram").plan()).isEqualTo(Plan.GRAM);
  }

  @Test
  void aTrainingThatDivergesDoesSoAtTheSameEpoch() {
    TrainingJob job = linear(rate(new LearningRateConfig.Constant(1.1), CONSTANT));

    TrainingDivergedException whole =
        catchThrowableOfType(
            TrainingDivergedException.class,
            () -> trainer(EPOCHS).train(job, TrainingListener.NONE));
    TrainingDivergedException resumed =
        catchThrowableOfType(
            TrainingDivergedException.class,
            () -> inRunsOf(EPOCHS_A_RUN, trainer(EPOCHS_A_RUN), job));

    assertThat(whole.epochs()).isGreaterThan(2L * EPOCHS_A_RUN);
    assertThat(resumed.epochs()).isEqualTo(whole.epochs());
    assertThat(resumed.loss()).isEqualTo(whole.loss());
    assertSameBits(resumed.lastGoodWeights(), whole.lastGoodWeights());
    assertThat(withoutSeconds(resumed.history())).isEqualTo(withoutSeconds(whole.history()));
  }

  @Test
  void theSecondsOfEarlierRunsCount() {
    TrainedModel model =
        inRunsOf(
            EPOCHS_A_RUN,
            trainer(1),
            linear(rate(new LearningRateConfig.Constant(0.05), CONSTANT)));

    List<EpochRecord> records = model.history().records();
    for (int i = 1; i < records.size(); i++) {
      assertThat(records.get(i).seconds()).isGreaterThan(records.get(i - 1).seconds());
    }
  }

  @Test
  void aTrainingThatNobodyInterruptsLeavesNoTrace() {
    try (RunCheckpoints checkpoints = checkpoints(EVERY_MINUTE, false)) {
      trainer(1).train(linear(adam(CONSTANT)), TrainingListener.NONE, checkpoints);
    }

    assertThat(folder).isEmptyDirectory();
  }

  // However long a call may be, 11 and 22 epochs have run after one, and then the rest of the 30.
  @Test
  void callsEndWhereACheckpointIsDue() {
    List<Long> firstEpochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpochs(long firstEpoch, double[] losses) {
            firstEpochs.add(firstEpoch);
          }
        };
    try (RunCheckpoints checkpoints = checkpoints(new CheckpointConfig(11, 60, 2, null), false)) {
      trainer(EPOCHS).train(linear(adam(CONSTANT)), listener, checkpoints);

      assertThat(firstEpochs).containsExactly(1L, 12L, 23L);
      assertThat(checkpoints.prospect()).isEqualTo("--resume goes on from epoch 22");
    }
  }

  private static TrainedModel uninterrupted(String name) {
    return trainer(EPOCHS).train(Objects.requireNonNull(jobs().get(name)), TrainingListener.NONE);
  }

  /** Trains in as many runs as it takes, each of which is interrupted after some epochs. */
  private TrainedModel inRunsOf(int epochsARun, Trainer trainer, TrainingJob job) {
    for (int run = 0; ; run++) {
      try (RunCheckpoints checkpoints = checkpoints(EVERY_MINUTE, run > 0)) {
        Interrupting listener = new Interrupting(epochsARun);
        TrainedModel model = trainer.train(job, listener, checkpoints);
        assertThat(listener.continued).isEqualTo((long) run * epochsARun);
        if (model.stopReason() != StopReason.CANCELLED) {
          assertThat(run).isPositive();
          return model;
        }
      }
    }
  }

  private static Trainer trainer(int epochsACall) {
    return new Trainer(CallSize.fixed(epochsACall));
  }

  /** Ends every training after some epochs. */
  private static final class Interrupting implements TrainingListener {
    private final int epochs;
    private long continued;
    private long last;

    Interrupting(int epochs) {
      this.epochs = epochs;
    }

    @Override
    public void onContinue(long epochsDone) {
      continued = epochsDone;
    }

    @Override
    public void onEpochs(long firstEpoch, double[] losses) {
      last = firstEpoch + losses.length - 1;
    }

    @Override
    public boolean isCancelled() {
      return last >= continued + epochs;
    }
  }

  private RunCheckpoints checkpoints(CheckpointConfig config, boolean resume) {
    return RunCheckpoints.of(
        config,
        folder.resolve("checkpoints"),
        () -> new RunFingerprint(new TreeMap<>()),
        resume,
        warning -> assertThat(warning).isNull());
  }

  private static void assertSameBytes(TrainedModel resumed, TrainedModel whole) {
    assertSameBits(resumed.weights(), whole.weights());
    assertThat(withoutSeconds(resumed.history())).isEqualTo(withoutSeconds(whole.history()));
    assertThat(resumed.finalLoss()).isEqualTo(whole.finalLoss());
    assertThat(resumed.stopReason()).isEqualTo(whole.stopReason());
    assertThat(resumed.warnings()).isEqualTo(whole.warnings());
    assertThat(resumed.timings().epochs()).isEqualTo(whole.timings().epochs());
  }

  private static void assertSameBits(LinearWeights resumed, LinearWeights whole) {
    assertThat(TrainingFixtures.bits(resumed)).containsExactly(TrainingFixtures.bits(whole));
  }

  private static List<EpochRecord> withoutSeconds(TrainingHistory history) {
    return history.records().stream()
        .map(
            epoch ->
                new EpochRecord(
                    epoch.epoch(), epoch.loss(), epoch.validationLoss(), epoch.learningRate(), 0))
        .toList();
  }

  private static OptimizerConfig rate(LearningRateConfig rate, ScheduleConfig schedule) {
    return new OptimizerConfig.GradientDescent(rate, schedule);
  }

  private static OptimizerConfig fast() {
    return rate(new LearningRateConfig.Constant(0.3), CONSTANT);
  }

  private static OptimizerConfig adam(ScheduleConfig schedule) {
    return new OptimizerConfig.Adam(0.05, 0.9, 0.999, 1e-7, schedule);
  }

  /** So large a rate that the loss swings. */
  private static OptimizerConfig adam(double learningRate) {
    return new OptimizerConfig.Adam(learningRate, 0.9, 0.999, 1e-7, CONSTANT);
  }

  private static ModelConfig linear(double l1) {
    return new ModelConfig.LinearRegression(true, l1, 0, Map.of(), UNIFORM);
  }

  private static TrainingJob linear(OptimizerConfig optimizer) {
    return job(linear(0), optimizer, NO_STOP, PlanName.FULL_BATCH, null);
  }

  private static TrainingConfig training(
      OptimizerConfig optimizer, StopConfig stop, PlanName plan) {
    return training(optimizer, new BatchSizeConfig.Full(), stop, plan);
  }

  private static TrainingConfig training(
      OptimizerConfig optimizer, BatchSizeConfig batchSize, StopConfig stop, PlanName plan) {
    return new TrainingConfig(
        optimizer,
        EPOCHS,
        batchSize,
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

  private static TrainingJob job(
      ModelConfig model,
      OptimizerConfig optimizer,
      StopConfig stop,
      PlanName plan,
      @Nullable TrainingRows validation) {
    return job(rows(1, 200), model, training(optimizer, stop, plan), validation);
  }

  private static TrainingJob sparse(OptimizerConfig optimizer, @Nullable Integer batch) {
    return SparseFixtures.classes(1, 200)
        .sparse(
            new ModelConfig.LogisticRegression(
                true, 0, 0, Map.of(), new ClassWeightConfig.None(), UNIFORM),
            SparseFixtures.training(optimizer, EPOCHS, batch, NO_STOP, null, PlanName.SPARSE),
            List.of("y"),
            SparseFixtures.classes(8, 12));
  }

  private static TrainingJob miniBatches() {
    return miniBatches(rows(1, 200));
  }

  private static TrainingJob miniBatches(TrainingRows rows) {
    return job(
        rows,
        linear(0),
        training(
            new OptimizerConfig.Momentum(0.01, 0.9, false, CONSTANT),
            new BatchSizeConfig.Rows(64),
            NO_STOP,
            PlanName.AUTO),
        null);
  }

  private static TrainingJob job(
      TrainingRows rows,
      ModelConfig model,
      TrainingConfig training,
      @Nullable TrainingRows validation) {
    return new TrainingJob(
        model,
        training,
        TrainingFixtures.features(rows.rawFeatures(), Scaling.STANDARD),
        rows.labels().names(),
        rows,
        validation,
        3);
  }

  /** y = 2 u - v + 1 and noise. */
  private static TrainingRows rows(int seed, int count) {
    Random random = new Random(seed);
    FloatBlock raw = new FloatBlock(count, 3);
    FloatBlock labels = new FloatBlock(count, 1);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < 3; column++) {
        raw.set(row, column, (float) random.nextGaussian());
      }
      labels.set(row, 0, 2 * raw.get(row, 0) - raw.get(row, 1) + 1 + (float) random.nextGaussian());
    }
    return new TrainingRows(
        new FloatMatrix(List.of("u", "v", "w"), List.of(raw)),
        TrainingFixtures.matrix("y", labels));
  }

  /** The same features; a row's class is how many of the first two are positive. */
  private static TrainingRows classes() {
    FloatMatrix raw = rows(1, 200).rawFeatures();
    FloatBlock features = raw.blocks().get(0);
    FloatBlock labels = new FloatBlock(200, 1);
    for (int row = 0; row < 200; row++) {
      labels.set(row, 0, (features.get(row, 0) > 0 ? 1 : 0) + (features.get(row, 1) > 0 ? 1 : 0));
    }
    return new TrainingRows(raw, TrainingFixtures.matrix("class", labels));
  }
}
