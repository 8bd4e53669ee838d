package dev.slope.training;

import dev.slope.graph.GivenObjective;
import dev.slope.graph.Objective;
import dev.slope.graph.SparseRows;
import org.jspecify.annotations.Nullable;

/**
 * The validation rows as the loop watches them.
 *
 * @param objective the training's, over these rows
 * @param feed of its data
 */
record WatchedRows(Objective objective, ResidentFeed feed) {

  /**
   * Those of a job; null where it has none. Where training rows are summed up, so are these: a
   * watched epoch then doesn't depend on their number either.
   *
   * @param sparse how features are packed; null where each input is a value
   * @param inParts whether epochs come in parts, at whose end a loss can be given
   */
  static @Nullable WatchedRows of(
      TrainingJob job, Plan plan, @Nullable SparseRows sparse, boolean inParts, Device device) {
    TrainingRows validation = job.validation();
    if (validation == null) {
      return null;
    }
    if (plan == Plan.GRAM) {
      Curvature curvature = new Curvature(job.on(validation), device);
      return new WatchedRows(
          Descents.ofForm(job),
          new QuadraticFeed(Descents.shape(job), job.precision(), curvature::form));
    }
    if (inParts && validation.isInFile()) {
      return new WatchedRows(new GivenObjective(Descents.shape(job)), new GivenLossFeed());
    }
    RowsFeed rows = new RowsFeed(job.features(), sparse, validation);
    return new WatchedRows(
        sparse == null
            ? Descents.ofRows(job, rows.shape())
            : Descents.ofSparseRows(job, rows.shape(), sparse),
        rows);
  }
}
