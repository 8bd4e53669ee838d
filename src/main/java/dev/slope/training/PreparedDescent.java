package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.data.BlockStore;
import dev.slope.graph.Batches;
import dev.slope.graph.Descent;
import dev.slope.graph.Objective;
import dev.slope.graph.RowsShape;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided before a training in the compiled loop.
 *
 * @param plan how it visits its rows
 * @param learningRate that the first step uses; 0 where each step searches for its own; it may wait
 *     for sums over the rows, and throw {@link TrainingRefusedException}
 * @param descent what the loop does
 * @param data of the descent's objective
 * @param validation of its validation objective, where it has one
 * @param optimalLoss the least there is, where something that was needed anyway tells it: to be
 *     asked for after the training
 */
record PreparedDescent(
    Plan plan,
    DoubleSupplier learningRate,
    Descent descent,
    DataFeed data,
    @Nullable ResidentFeed validation,
    Supplier<Optional<Double>> optimalLoss) {

  /**
   * Decides, which may take a pass over the rows for their curvature; the gram plan's begins
   * beside.
   *
   * @param store keeps the packed rows of a training that streams them
   * @param maxChunkValues the most values of packed rows that the loop is fed at once
   * @throws TrainingRefusedException where a learning rate is sure to diverge
   * @throws dev.slope.config.ConfigException where the config asks for what can't be
   */
  static PreparedDescent of(
      TrainingJob job,
      OptimizerConfig.FirstOrder optimizer,
      Device device,
      BlockStore store,
      int maxChunkValues) {
    Plan plan = PlanSelection.select(job);
    if (plan == Plan.SPARSE) {
      return SparseDescent.of(job, optimizer, device, store, maxChunkValues);
    }
    Curvature curvature = new Curvature(job, device);
    RowsFeed rows = new RowsFeed(job.features(), job.rows());
    int chunkValues =
        plan == Plan.STREAMING ? PackedChunks.most(store, maxChunkValues) : maxChunkValues;
    Batches batches = batches(job, plan, rows.shape(), chunkValues);
    boolean summed = batches != null && !isInSteps(job);
    if (plan == Plan.GRAM) {
      curvature.begin();
    }
    DoubleSupplier learningRate =
        learningRate(job, plan, optimizer, curvature, summed ? null : batches);
    boolean lineSearch = LearningRates.isSearched(optimizer, curvature);
    if (lineSearch && summed) {
      throw LearningRates.searchNeedsAllRows();
    }
    PackedChunks chunks = batches == null ? null : chunks(job, batches, summed, chunkValues);
    WatchedRows validation =
        WatchedRows.of(job, plan, null, chunks != null && chunks.areParts(), device);
    Objective objective = objective(job, plan, rows.shape(), batches, summed, device);
    Descent descent =
        Descents.of(
            job,
            objective,
            validation == null ? null : Descents.watched(validation.objective(), objective),
            lineSearch,
            batches,
            summed);
    DataFeed data =
        switch (plan) {
          case GRAM -> new QuadraticFeed(Descents.shape(job), job.precision(), curvature::form);
          case FULL_BATCH -> rows;
          case MINI_BATCH, STREAMING ->
              packed(job, plan, Objects.requireNonNull(chunks), summed, device, store);
          case SPARSE -> throw new AssertionError("SparseDescent prepares sparse rows");
        };
    return new PreparedDescent(
        plan,
        learningRate,
        descent,
        data,
        validation == null ? null : validation.feed(),
        curvature::optimalLoss);
  }

  /** Of the gram plan later: its graph is built and compiled while the rows are summed up. */
  private static DoubleSupplier learningRate(
      TrainingJob job,
      Plan plan,
      OptimizerConfig.FirstOrder optimizer,
      Curvature curvature,
      @Nullable Batches batches) {
    if (plan == Plan.GRAM) {
      return () -> LearningRates.first(job, optimizer, curvature, batches);
    }
    double learningRate = LearningRates.first(job, optimizer, curvature, batches);
    return () -> learningRate;
  }

  private static boolean isInSteps(TrainingJob job) {
    return job.training().batchSize() instanceof BatchSizeConfig.Rows;
  }

  /** The steps of an epoch, or the parts that its one step is summed up from. */
  private static @Nullable Batches batches(
      TrainingJob job, Plan plan, RowsShape rows, int maxChunkValues) {
    if (plan != Plan.MINI_BATCH && plan != Plan.STREAMING) {
      return null;
    }
    long most =
        job.training().batchSize() instanceof BatchSizeConfig.Rows wanted
            ? wanted.rows()
            : Math.max(1, maxChunkValues / Batches.of(rows, 1).packedColumns());
    return Batches.of(rows, (int) Math.min(most, rows.rows()));
  }

  private static Objective objective(
      TrainingJob job,
      Plan plan,
      RowsShape rows,
      @Nullable Batches batches,
      boolean summed,
      Device device) {
    if (plan == Plan.GRAM) {
      return Descents.ofForm(job);
    }
    if (batches == null) {
      return Descents.ofAllRows(job, rows, device);
    }
    return summed
        ? Descents.ofPackedRows(job, batches.batch())
        : Descents.ofRows(job, batches.batch());
  }

  private static BatchFeed packed(
      TrainingJob job,
      Plan plan,
      PackedChunks chunks,
      boolean summed,
      Device device,
      BlockStore store) {
    Batches batches = chunks.batches();
    Long seed = job.training().shuffle() && !summed ? job.seed() : null;
    PackedRows rows =
        plan == Plan.STREAMING
            ? new CachedRows(job, batches, device, store, seed)
            : new ShuffledRows(job, batches, device, seed);
    return new BatchFeed(rows, chunks, job.training().epochs());
  }

  private static PackedChunks chunks(
      TrainingJob job, Batches batches, boolean summed, int maxValues) {
    if (summed) {
      return PackedChunks.ofSums(batches);
    }
    TrainingRows validation = job.validation();
    return validation != null && validation.isInFile()
        ? PackedChunks.inParts(batches, maxValues)
        : PackedChunks.of(
            batches, Math.min(job.training().epochs(), CallSize.MAX_EPOCHS), maxValues);
  }
}
