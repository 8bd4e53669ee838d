package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ConfigException;
import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.FloatArray;
import dev.slope.data.FloatBlock;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.graph.Batches;
import dev.slope.graph.Descent;
import dev.slope.graph.Loss;
import dev.slope.graph.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is decided before a training over sparse rows. */
final class SparseDescent {
  /** Where an epoch is one step, so many rows are summed up at once. */
  private static final int SUMMED_ROWS = 4096;

  /**
   * Up to so many values, 4 MiB, rows are packed once. More of them are packed anew in each epoch,
   * on another thread while it trains, and take no memory twice.
   */
  private static final int MOST_PACKED_VALUES = 1 << 20;

  /** So many rows are looked at in one go. */
  private static final int LOOKED_AT_ROWS = 1 << 10;

  private SparseDescent() {}

  /**
   * Decides, and packs the rows.
   *
   * @param store keeps packed rows that don't fit into memory
   * @param maxChunkValues the most values of packed rows that are fed at once
   */
  static PreparedDescent of(
      TrainingJob job,
      OptimizerConfig.FirstOrder optimizer,
      Device device,
      BlockStore store,
      int maxChunkValues) {
    SparseRows any = Objects.requireNonNull(SparseRows.of(job.features()));
    SparseRows sparse = hasGaps(job) ? any : any.withoutGaps();
    boolean summed = !(job.training().batchSize() instanceof BatchSizeConfig.Rows);
    RowsFeed all = new RowsFeed(job.features(), sparse, job.rows());
    long most =
        job.training().batchSize() instanceof BatchSizeConfig.Rows wanted
            ? wanted.rows()
            : SUMMED_ROWS;
    Batches batches = Batches.of(all.shape(), (int) Math.min(most, all.shape().rows()), sparse);
    double learningRate = learningRate(job, optimizer, batches, summed, device);
    WatchedRows validation = WatchedRows.of(job, Plan.SPARSE, any, true, device);
    Descent descent =
        Descents.of(
            job,
            Descents.ofSparseRows(job, batches.batch(), sparse),
            validation == null ? null : validation.objective(),
            false,
            batches,
            summed);
    return new PreparedDescent(
        Plan.SPARSE,
        () -> learningRate,
        descent,
        feed(job, batches, summed, device, store, maxChunkValues),
        validation == null ? null : validation.feed(),
        Optional::empty);
  }

  /** Whether a training row has a category that counts nothing. */
  private static boolean hasGaps(TrainingJob job) {
    FittedFeatures features = job.features();
    List<Integer> columns = new ArrayList<>();
    for (FittedFeature feature : features.features()) {
      if (feature instanceof FittedFeature.Categorical category && category.mayCountNothing()) {
        columns.add(features.columns().indexOf(category.codedColumns().get(0)));
      }
    }
    for (FloatBlock block : job.rows().rawFeatures().blocks()) {
      if (!columns.isEmpty() && hasNegative(block, columns)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasNegative(FloatBlock block, List<Integer> columns) {
    int width = block.columns();
    int most = Math.min(block.rows(), LOOKED_AT_ROWS);
    FloatArray cells = new FloatArray(block.precision(), most * width);
    for (int done = 0; done < block.rows(); done += most) {
      int rows = Math.min(most, block.rows() - done);
      block.read(done * width, cells, rows * width);
      for (int column : columns) {
        if (cells.hasNegative(column, width, rows)) {
          return true;
        }
      }
    }
    return false;
  }

  private static BatchFeed feed(
      TrainingJob job,
      Batches batches,
      boolean summed,
      Device device,
      BlockStore store,
      int maxChunkValues) {
    Long seed = job.training().shuffle() && !summed ? job.seed() : null;
    PackedRows rows;
    if (job.rows().isInFile()) {
      rows = new CachedRows(job, batches, device, store, seed);
    } else if (batches.rows() * batches.packedColumns() <= MOST_PACKED_VALUES) {
      rows = new ShuffledRows(job, batches, device, seed);
    } else {
      rows = new EncodedRows(job, batches, device, seed);
    }
    PackedChunks chunks =
        summed ? PackedChunks.ofSums(batches) : PackedChunks.ofRuns(batches, maxChunkValues);
    return new BatchFeed(rows, chunks, job.training().epochs());
  }

  /**
   * The rate that the config gives, or where it is {@code auto} one that converges, from the
   * lengths of the rows: no eigenvalue is larger than the mean of their squares. {@code 1 / (2
   * L(b))} as of any batches, and {@code 1 / L} where an epoch is one step.
   */
  private static double learningRate(
      TrainingJob job,
      OptimizerConfig.FirstOrder optimizer,
      Batches batches,
      boolean summed,
      Device device) {
    if (optimizer.baseLearningRate() instanceof LearningRateConfig.Constant rate) {
      return rate.value();
    }
    boolean squared = job.model() instanceof ModelConfig.LinearRegression;
    OptionalDouble ofLoss =
        squared
            ? OptionalDouble.of(2.0 / job.outputs().size())
            : Loss.of(job.model(), job.outputs().size()).curvatureBound();
    if (ofLoss.isEmpty()) {
      throw new ConfigException(
          ("/training/optimizer/learning_rate must be a number for %s with the plan 'sparse', but"
                  + " was 'auto': the curvature of its loss has no bound that a rate could be taken"
                  + " from")
              .formatted(job.model().typeName()));
    }
    RowNorms norms = RowNorms.of(job, device);
    double whole = ofLoss.getAsDouble() * norms.meanSquare() + job.model().l2();
    double row = ofLoss.getAsDouble() * norms.largestSquare() + job.model().l2();
    return summed ? 1 / whole : LearningRates.ofBatches(whole, row, batches);
  }
}
