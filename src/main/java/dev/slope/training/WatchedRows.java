package dev.slope.training;

import dev.slope.graph.Objective;
import org.jspecify.annotations.Nullable;

/**
 * The validation rows as the compiled loop watches them.
 *
 * @param objective the training's, over these rows
 * @param feed of its data
 */
record WatchedRows(Objective objective, ResidentFeed feed) {

  /**
   * Those of a job; null where it has none. Where training rows are summed up, so are these: a
   * watched epoch then doesn't depend on their number either.
   */
  static @Nullable WatchedRows of(TrainingJob job, Plan plan, Device device) {
    TrainingRows validation = job.validation();
    if (validation == null) {
      return null;
    }
    if (plan == Plan.GRAM) {
      Curvature curvature = new Curvature(job.on(validation), device);
      return new WatchedRows(
          Descents.ofForm(job), new QuadraticFeed(Descents.shape(job), curvature::form));
    }
    RowsFeed rows = new RowsFeed(job.features(), validation);
    return new WatchedRows(Descents.ofRows(job, rows.shape()), rows);
  }
}
