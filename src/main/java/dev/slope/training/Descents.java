package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.Precision;
import dev.slope.config.StopConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.graph.Batches;
import dev.slope.graph.ColumnwiseObjective;
import dev.slope.graph.Descent;
import dev.slope.graph.LearningRateSchedule;
import dev.slope.graph.Loss;
import dev.slope.graph.ModelShape;
import dev.slope.graph.Objective;
import dev.slope.graph.PartedObjective;
import dev.slope.graph.Penalty;
import dev.slope.graph.Products;
import dev.slope.graph.Proximal;
import dev.slope.graph.QuadraticObjective;
import dev.slope.graph.RowsObjective;
import dev.slope.graph.RowsShape;
import dev.slope.graph.SparseObjective;
import dev.slope.graph.SparseRows;
import dev.slope.graph.StopRules;
import dev.slope.graph.UpdateRule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a config to what the compiled loop is built from. */
final class Descents {
  private Descents() {}

  /**
   * The descent of a first-order optimizer.
   *
   * @param objective of the training rows, in the form of the plan
   * @param validation of the validation rows, where there are any
   * @param lineSearch whether each step tries several rates
   * @param batches how an epoch is cut; null where it is not
   * @param summed whether the batches are summed up to one step
   */
  static Descent of(
      TrainingJob job,
      Objective objective,
      @Nullable Objective validation,
      boolean lineSearch,
      @Nullable Batches batches,
      boolean summed) {
    TrainingConfig training = job.training();
    Double clipNorm = training.clipNorm();
    return new Descent(
        objective,
        validation,
        UpdateRule.of(training.optimizer(), job.precision()),
        proximal(job.model(), job.features().inputs(), job.precision()),
        LearningRateSchedule.of(training.optimizer(), job.precision()),
        lineSearch,
        stops(training.stop()),
        clipNorm,
        batches,
        summed);
  }

  /**
   * The descent of settings, each of which is a column of the weights.
   *
   * @param objective of all columns
   * @param l1 of each
   */
  static Descent ofSettings(TrainingJob job, ColumnwiseObjective objective, double[] l1) {
    TrainingConfig training = job.training();
    return new Descent(
        objective,
        null,
        UpdateRule.of(training.optimizer(), job.precision()),
        proximal(job.model(), l1, job.features().inputs(), job.precision()),
        LearningRateSchedule.of(training.optimizer(), job.precision()),
        false,
        stops(training.stop()),
        training.clipNorm(),
        null,
        false);
  }

  /** The objective over rows. */
  static RowsObjective ofRows(TrainingJob job, RowsShape rows) {
    return ofRows(job, rows, Products.of(rows.rows(), job.outputs().size()));
  }

  /** The objective over rows that are all there; in parts where that is worth it on a device. */
  static Objective ofAllRows(TrainingJob job, RowsShape rows, Device device) {
    RowsObjective whole = ofRows(job, rows);
    return device.isGpu() || !PartedObjective.isWorthwhile(rows)
        ? whole
        : new PartedObjective(whole);
  }

  /** The objective of validation rows in the form that the loop around a training's asks for. */
  static Objective watched(Objective validation, Objective trained) {
    return trained.isCompiled() && validation instanceof RowsObjective rows
        ? new PartedObjective(rows)
        : validation;
  }

  /** The objective over packed rows that are taken whole. */
  static RowsObjective ofPackedRows(TrainingJob job, RowsShape rows) {
    return ofRows(job, rows, Products.PACKED);
  }

  private static RowsObjective ofRows(TrainingJob job, RowsShape rows, Products products) {
    ModelConfig model = job.model();
    return new RowsObjective(
        shape(job),
        rows,
        Loss.of(model, job.outputs().size()),
        penalty(job),
        model.fitIntercept(),
        products);
  }

  /** The objective over rows whose one-hot inputs are packed as places. */
  static SparseObjective ofSparseRows(TrainingJob job, RowsShape rows, SparseRows sparse) {
    ModelConfig model = job.model();
    return new SparseObjective(
        shape(job),
        rows,
        sparse,
        Loss.of(model, job.outputs().size()),
        penalty(job),
        model.fitIntercept());
  }

  /** The objective over the quadratic form that rows are summed up in. */
  static QuadraticObjective ofForm(TrainingJob job) {
    return new QuadraticObjective(
        shape(job), job.precision().round(job.model().l1()), job.model().fitIntercept());
  }

  static ModelShape shape(TrainingJob job) {
    return new ModelShape(job.features().inputs().size(), job.outputs().size());
  }

  /** L1 and bounds; the bounds under {@code *} are those of the features not named. */
  static Proximal proximal(ModelConfig model, List<String> inputs, Precision precision) {
    return proximal(model, new double[] {precision.round(model.l1())}, inputs, precision);
  }

  /** The same with the l1 of each column of the weights. */
  private static Proximal proximal(
      ModelConfig model, double[] l1, List<String> inputs, Precision precision) {
    if (model.bounds().isEmpty()) {
      return Proximal.of(l1, new double[0], new double[0]);
    }
    double[] low = new double[inputs.size()];
    double[] high = new double[inputs.size()];
    Arrays.fill(low, Double.NEGATIVE_INFINITY);
    Arrays.fill(high, Double.POSITIVE_INFINITY);
    for (int input = 0; input < low.length; input++) {
      List<Double> bounds = model.bounds().get(inputs.get(input));
      if (bounds == null) {
        bounds = model.bounds().get("*");
      }
      if (bounds != null) {
        low[input] = precision.round(bounds.get(0));
        high[input] = precision.round(bounds.get(1));
      }
    }
    return Proximal.of(l1, low, high);
  }

  private static StopRules stops(StopConfig stop) {
    return new StopRules(stop.tolerance(), stop.minRelProgress(), stop.patience());
  }

  private static Penalty penalty(TrainingJob job) {
    return new Penalty(
        job.precision().round(job.model().l1()), job.precision().round(job.model().l2()));
  }
}
