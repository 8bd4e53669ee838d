package dev.slope.training;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.data.FloatBlock;
import dev.slope.features.FittedFeature;
import dev.slope.graph.Loss;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.LearningRateBound;
import dev.slope.training.secondorder.InputNames;
import dev.slope.training.secondorder.LeastSquares;
import dev.slope.training.secondorder.QuadraticForm;
import dev.slope.training.secondorder.SecondOrderProblem;
import dev.slope.training.secondorder.SecondOrderRows;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How curved an objective is: asked for once, where something needs it, in one pass over rows. */
final class Curvature {
  /** The sums of squares and products don't depend on the loss; any smooth one will do. */
  private static final ModelConfig LEAST_SQUARES =
      new ModelConfig.LinearRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());

  private final TrainingJob job;
  private final Device device;
  private final Loss loss;
  private @Nullable GramSums sums;
  private @Nullable QuadraticForm form;

  Curvature(TrainingJob job, Device device) {
    this.job = job;
    this.device = device;
    this.loss = Loss.of(job.model(), job.outputs().size());
  }

  private boolean isSquared() {
    return job.model() instanceof ModelConfig.LinearRegression;
  }

  /** Whether there is a bound of the curvature, and so of the learning rate. */
  boolean isBounded() {
    return isSquared() || loss.curvatureBound().isPresent();
  }

  /** The bound; only where {@link #isBounded}. */
  LearningRateBound bound() {
    measure();
    GramSums measured = Objects.requireNonNull(sums);
    ModelConfig model = job.model();
    if (isSquared()) {
      return LearningRateBound.ofSquaredLoss(
          measured, model.fitIntercept(), model.l2(), model.l1() > 0);
    }
    OptionalDouble largest = loss.curvatureBound();
    return LearningRateBound.ofCurvature(
        measured, model.fitIntercept(), model.l2(), largest.orElseThrow());
  }

  /** The largest curvature of a single row's loss, penalty included; only where bounded. */
  double ofMostCurvedRow() {
    double ofLoss = isSquared() ? 2.0 / job.outputs().size() : loss.curvatureBound().orElseThrow();
    return ofLoss * RowNorms.of(job, device).largestSquare() + job.model().l2();
  }

  /** The squared loss as a quadratic form; only for least squares without offsets. */
  QuadraticForm form() {
    measure();
    return Objects.requireNonNull(form);
  }

  private void measure() {
    if (sums != null) {
      return;
    }
    try (SecondOrderProblem problem = problem()) {
      sums = problem.gram();
      if (isSquared()) {
        ModelConfig model = job.model();
        LeastSquares solution =
            LeastSquares.solve(
                sums, InputNames.of(job.features()), model.l2(), model.fitIntercept());
        form =
            QuadraticForm.of(
                sums,
                solution,
                problem.squaredResiduals(solution),
                model.l2(),
                model.fitIntercept());
      }
    }
  }

  private SecondOrderProblem problem() {
    TrainingRows rows = job.rows();
    return new SecondOrderProblem(
        new SecondOrderRows(
            rows.rawFeatures(), job.features(), rows.labels(), rows.weights(), rows.offsets()),
        isSquared() ? loss : Loss.of(LEAST_SQUARES, rows.labels().columns()),
        rows.labels().columns(),
        0,
        job.model().fitIntercept(),
        device.placement(),
        device.session());
  }

  /**
   * An upper bound of the largest eigenvalue, without a graph where rows are plain numbers: the
   * trace of the squared loss's Hessian. Most rates that are stable are shown so by it, in one cheap
   * pass over small data.
   */
  double traceOfSquaredLoss() {
    List<FittedFeature> features = job.features().features();
    double ofPenalty = job.model().l2() * job.features().inputs().size();
    if (!features.stream().allMatch(Curvature::isAffine)) {
      return 2.0 / job.outputs().size() * RowNorms.of(job, device).meanSquare() + ofPenalty;
    }
    double squares = 0;
    for (FloatBlock block : job.rows().rawFeatures().blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          FittedFeature.Numeric numeric = (FittedFeature.Numeric) features.get(column);
          double value = (block.get(row, column) - numeric.offset()) / numeric.divisor();
          squares += value * value;
        }
      }
    }
    double intercept = job.model().fitIntercept() ? 1 : 0;
    return 2.0 / job.outputs().size() * (squares / job.rows().labels().rows() + intercept)
        + ofPenalty;
  }

  private static boolean isAffine(FittedFeature feature) {
    return feature instanceof FittedFeature.Numeric numeric && numeric.isAffine();
  }
}
