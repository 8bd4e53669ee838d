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
import dev.slope.graph.Batches;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows from a file: the trajectories of the plans that keep them in memory. */
class StreamingTest {
  private static final int ROWS = 5_003;
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final ModelConfig LINEAR =
      new ModelConfig.LinearRegression(true, 0, 0.01, Map.of(), ZEROS);
  private static final ModelConfig LOGISTIC =
      new ModelConfig.LogisticRegression(
          true, 0.001, 0.01, Map.of(), new ClassWeightConfig.None(), ZEROS);

  @TempDir private Path directory;

  private static TrainingJob job(
      ModelConfig model,
      OptimizerConfig optimizer,
      @Nullable Integer batch,
      boolean shuffle,
      PlanName plan) {
    return job(model, optimizer, batch, shuffle, plan, null, null);
  }

  private static TrainingJob job(
      ModelConfig model,
      OptimizerConfig optimizer,
      @Nullable Integer batch,
      boolean shuffle,
      PlanName plan,
      @Nullable TrainingRows validation,
      @Nullable Integer patience) {
    TrainingRows rows = rows(!(model instanceof ModelConfig.LinearRegression));
    return new TrainingJob(
        model,
        new TrainingConfig(
            optimizer,
            5,
            batch == null ? new BatchSizeConfig.Full() : new BatchSizeConfig.Rows(batch),
            shuffle,
            new StopConfig(null, null, patience, null),
            null,
            plan,
            "cpu",
            Precision.FLOAT32,
            false,
            0.5,
            TrainingFixtures.EVERY_MINUTE),
        TrainingFixtures.features(rows.rawFeatures(), Scaling.STANDARD),
        List.of("y"),
        rows,
        validation,
        11);
  }

  private static TrainingRows rows(boolean classes) {
    Random random = new Random(5);
    FloatBlock raw = new FloatBlock(ROWS, 2);
    FloatBlock labels = new FloatBlock(ROWS, 1);
    FloatBlock weights = new FloatBlock(ROWS, 1);
    for (int row = 0; row < ROWS; row++) {
      double u = random.nextGaussian();
      double v = random.nextGaussian();
      raw.set(row, 0, (float) u);
      raw.set(row, 1, (float) v);
      double y = u - 2 * v + 0.5 + 0.3 * random.nextGaussian();
      labels.set(row, 0, classes ? (y > 0 ? 1 : 0) : (float) y);
      weights.set(row, 0, 1 + random.nextInt(3));
    }
    return new TrainingRows(
        new FloatMatrix(List.of("u", "v"), List.of(raw)),
        new FloatMatrix(List.of("y"), List.of(labels)),
        new FloatMatrix(List.of("w"), List.of(weights)),
        null);
  }

  private TrainedModel train(TrainingJob job, int chunkValues) {
    try (BlockStore store = new BlockStore(Precision.FLOAT32, 0, directory)) {
      TrainedModel trained =
          new Trainer(CallSize.fixed(2), chunkValues, store).train(job, TrainingListener.NONE);
      assertThat(store.hasSpilled()).isEqualTo(trained.plan() == Plan.STREAMING);
      return trained;
    }
  }

  private static OptimizerConfig descent() {
    return new OptimizerConfig.GradientDescent(0.1);
  }

  private static void assertSame(TrainedModel actual, TrainedModel expected) {
    assertThat(actual.weights().weights())
        .containsExactly(expected.weights().weights(), within(2e-6));
    assertThat(actual.weights().intercepts())
        .containsExactly(expected.weights().intercepts(), within(2e-6));
    assertThat(actual.finalLoss()).isCloseTo(expected.finalLoss(), within(2e-6));
    for (int epoch = 0; epoch < 5; epoch++) {
      assertThat(actual.history().records().get(epoch).loss())
          .isCloseTo(expected.history().records().get(epoch).loss(), within(2e-6));
    }
  }

  /** A chunk of 4,000 values is a fifth of the 5,003 packed rows of 4. */
  @Test
  void aFullBatchThatIsSummedUpIsThatOfAllRowsAtOnce() {
    TrainedModel streamed = train(job(LOGISTIC, descent(), null, true, PlanName.STREAMING), 4_000);
    TrainedModel atOnce = train(job(LOGISTIC, descent(), null, true, PlanName.FULL_BATCH), 4_000);

    assertThat(streamed.plan()).isEqualTo(Plan.STREAMING);
    assertThat(atOnce.plan()).isEqualTo(Plan.FULL_BATCH);
    assertSame(streamed, atOnce);
  }

  @Test
  void batchesInOrderAreThoseFromMemory() {
    OptimizerConfig adam =
        new OptimizerConfig.Adam(0.01, 0.9, 0.999, 1e-7, new ScheduleConfig.Constant());

    assertSame(
        train(job(LINEAR, adam, 64, false, PlanName.STREAMING), 4_000),
        train(job(LINEAR, adam, 64, false, PlanName.MINI_BATCH), 4_000));
  }

  /** In memory they are part of the graph; in a file they are summed up slice by slice. */
  @Test
  void validationRowsInAFileAreWatchedLikeThoseInMemory() {
    for (Integer batch : new Integer[] {null, 64}) {
      TrainingRows few = rows(true);
      try (BlockStore disk = new BlockStore(Precision.FLOAT32, 0, directory)) {
        TrainingRows inFile =
            new TrainingRows(
                few.rawFeatures().select(row -> row % 5 == 0, disk),
                few.labels().select(row -> row % 5 == 0, disk),
                null,
                null);
        BlockStore memory = BlockStore.inMemory();
        TrainingRows inMemory =
            new TrainingRows(
                few.rawFeatures().select(row -> row % 5 == 0, memory),
                few.labels().select(row -> row % 5 == 0, memory),
                null,
                null);
        assertThat(inFile.isInFile()).isTrue();

        TrainedModel streamed = train(watching(batch, inFile, null), 4_000);
        TrainedModel resident = train(watching(batch, inMemory, null), 4_000);

        assertSame(streamed, resident);
        List<EpochRecord> records = streamed.history().records();
        assertThat(records).hasSize(5);
        for (int epoch = 0; epoch < 5; epoch++) {
          Double loss = resident.history().records().get(epoch).validationLoss();
          assertThat(loss).isNotNull();
          assertThat(records.get(epoch).validationLoss()).isCloseTo(loss, within(2e-6));
        }
      }
    }
  }

  /**
   * Labels are turned around there, so whatever more is learnt is worse: the first epoch's stay.
   */
  @Test
  void theBestWeightsByValidationRowsInAFileAreKept() {
    TrainingRows few = rows(true);
    try (BlockStore disk = new BlockStore(Precision.FLOAT32, 0, directory)) {
      FloatMatrix labels = few.labels().select(row -> true, disk);
      for (FloatBlock block : labels.blocks()) {
        for (int row = 0; row < block.rows(); row++) {
          block.set(row, 0, 1 - block.get(row, 0));
        }
      }
      TrainingRows turned =
          new TrainingRows(few.rawFeatures().select(row -> true, disk), labels, null, null);
      TrainingJob job = watching(64, turned, 2);
      TrainedModel trained = train(job, 4_000);

      assertThat(trained.stopReason()).isEqualTo(StopReason.PATIENCE);
      assertThat(trained.timings().epochs()).isEqualTo(3);
      List<EpochRecord> records = trained.history().records();
      try (LossOfRows loss = new LossOfRows(job.on(turned), Device.CPU)) {
        assertThat(loss.at(trained.weights()))
            .isCloseTo(records.get(0).validationLoss(), within(1e-6));
      }
      assertThat(records.get(1).validationLoss()).isGreaterThan(records.get(0).validationLoss());
    }
  }

  private static TrainingJob watching(
      @Nullable Integer batch, TrainingRows validation, @Nullable Integer patience) {
    return job(LOGISTIC, descent(), batch, true, PlanName.STREAMING, validation, patience);
  }

  /** Every value is its own row's number, so that no row can be lost, doubled or mixed up. */
  @Test
  void everyEpochHasEveryRowOnceInAnotherOrder() {
    TrainingJob job = job(LINEAR, descent(), 64, true, PlanName.STREAMING);
    RowsFeed rows = new RowsFeed(job.features(), job.rows());
    Batches batches = Batches.of(rows.shape(), 64);
    try (BlockStore store = new BlockStore(Precision.FLOAT32, 0, directory)) {
      List<List<Float>> epochs = new ArrayList<>();
      for (Long seed : new Long[] {11L, null}) {
        // 1,000 values are 240 rows: 21 segments, the last of them 203 rows.
        CachedRows cached = new CachedRows(job, batches, Device.CPU, store, seed, 1_000);
        for (long epoch = 0; epoch < 2; epoch++) {
          epochs.add(labels(cached, epoch));
        }
      }
      FloatBlock labels = job.rows().labels().blocks().get(0);
      List<Float> inOrder = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        inOrder.add((float) labels.get(row, 0));
      }

      assertThat(epochs.get(0)).containsExactlyInAnyOrderElementsOf(inOrder);
      assertThat(epochs.get(1)).containsExactlyInAnyOrderElementsOf(inOrder);
      assertThat(epochs.get(0)).isNotEqualTo(epochs.get(1)).isNotEqualTo(inOrder);
      assertThat(epochs.get(2)).isEqualTo(inOrder);
      assertThat(epochs.get(3)).isEqualTo(inOrder);
      // The rows of the first 240 places come from everywhere: of 21 stretches of the source, 240
      // random rows miss one with a probability below 21 * (20/21)^240 = 2e-4.
      assertThat(stretches(epochs.get(0).subList(0, 240), inOrder)).hasSize(21);
    }
  }

  private static Set<Integer> stretches(List<Float> some, List<Float> all) {
    Set<Integer> stretches = new TreeSet<>();
    for (Float label : some) {
      stretches.add(all.indexOf(label) / 240);
    }
    return stretches;
  }

  private static List<Float> labels(CachedRows cached, long epoch) {
    ByteBuffer packed = ByteBuffer.allocate(ROWS * 4 * Float.BYTES).order(ByteOrder.nativeOrder());
    // In uneven pieces, as chunks are.
    for (int from = 0; from < ROWS; from += 777) {
      cached.copy(epoch, from, Math.min(ROWS, from + 777), packed);
    }
    List<Float> labels = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      labels.add(packed.getFloat((row * 4 + 2) * Float.BYTES));
    }
    return labels;
  }

  @Test
  void aLineSearchNeedsItsRowsInMemory() {
    OptimizerConfig search =
        new OptimizerConfig.GradientDescent(
            new LearningRateConfig.LineSearch(), new ScheduleConfig.Constant());

    assertThatThrownBy(() -> train(job(LOGISTIC, search, null, true, PlanName.STREAMING), 4_000))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/training/optimizer/learning_rate must be a number")
        .hasMessageContaining("/training/memory");
  }
}
