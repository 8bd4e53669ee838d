package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.Precision;
import dev.slope.data.Background;
import dev.slope.data.FloatBlock;
import dev.slope.features.FittedFeature;
import dev.slope.graph.Loss;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.InputNames;
import dev.slope.training.secondorder.LearningRateBound;
import dev.slope.training.secondorder.LeastSquares;
import dev.slope.training.secondorder.QuadraticForm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How curved an objective is: asked for once, where something needs it, in one pass over rows. */
final class Curvature {
  /** Roundings of so many rows' products average out to less than float32's own. */
  private static final long MANY_ROWS = 1 << 16;

  private final TrainingJob job;
  private final Device device;
  private final Loss loss;
  private @Nullable Background<Measured> measured;

  /**
   * What the pass over the rows found.
   *
   * @param form only of least squares
   */
  private record Measured(GramSums sums, @Nullable QuadraticForm form) {}

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
    GramSums sums = measured().sums();
    ModelConfig model = job.model();
    if (isSquared()) {
      return LearningRateBound.ofSquaredLoss(
          sums, model.fitIntercept(), model.l2(), model.l1() > 0);
    }
    OptionalDouble largest = loss.curvatureBound();
    return LearningRateBound.ofCurvature(
        sums, model.fitIntercept(), model.l2(), largest.orElseThrow());
  }

  /** The largest curvature of a single row's loss, penalty included; only where bounded. */
  double ofMostCurvedRow() {
    double ofLoss = isSquared() ? 2.0 / job.outputs().size() : loss.curvatureBound().orElseThrow();
    return ofLoss * RowNorms.of(job, device).largestSquare() + job.model().l2();
  }

  /** The squared loss as a quadratic form; only for least squares without offsets. */
  QuadraticForm form() {
    return Objects.requireNonNull(measured().form());
  }

  /**
   * The least squared loss there is, penalty included; empty where nobody has asked for the sums
   * that tell it, or where they don't.
   */
  Optional<Double> optimalLoss() {
    ModelConfig model = job.model();
    boolean isTold =
        isSquared()
            && isUnderWay()
            && job.rows().offsets() == null
            && model.l1() == 0
            && model.bounds().isEmpty();
    return isTold ? Optional.of(form().optimalLoss()) : Optional.empty();
  }

  /** Begins the pass over the rows on another thread, for what will be asked for later. */
  void begin() {
    if (measured == null) {
      measured = new Background<>("slope-sums", this::measure);
    }
  }

  /** Whether the pass over the rows has begun, so that nothing is saved by doing without. */
  boolean isUnderWay() {
    return measured != null;
  }

  private Measured measured() {
    begin();
    return Objects.requireNonNull(measured).get();
  }

  /**
   * Many rows are multiplied in float32 first, which takes half the time, and once more in float64
   * where those sums don't tell the solution.
   */
  private Measured measure() {
    boolean isQuick =
        job.precision() == Precision.FLOAT32 && job.rows().labels().rows() >= MANY_ROWS;
    Optional<Measured> quick = isQuick ? measure(Precision.FLOAT32) : Optional.empty();
    return quick.or(() -> measure(Precision.FLOAT64)).orElseThrow();
  }

  /** What sums of such products tell; empty where they don't. */
  private Optional<Measured> measure(Precision products) {
    try (GramPass pass = new GramPass(job, device, products)) {
      GramSums sums = pass.sums();
      if (!isSquared()) {
        return Optional.of(new Measured(sums, null));
      }
      ModelConfig model = job.model();
      if (!sums.isEnough(model.fitIntercept())) {
        return Optional.empty();
      }
      LeastSquares solution =
          LeastSquares.solve(sums, InputNames.of(job.features()), model.l2(), model.fitIntercept());
      double[] residuals =
          sums.squaredResiduals(solution.parameters())
              .orElseGet(() -> pass.squaredResiduals(solution));
      return Optional.of(
          new Measured(
              sums, QuadraticForm.of(sums, solution, residuals, model.l2(), model.fitIntercept())));
    }
  }

  /**
   * An upper bound of the largest eigenvalue, without a graph where rows are plain numbers: the
   * trace of the squared loss's Hessian. Most rates that are stable are shown so by it, in one
   * cheap pass over small data.
   */
  double traceOfSquaredLoss() {
    List<FittedFeature> features = job.features().features();
    double ofPenalty = job.model().l2() * job.features().inputs().size();
    if (!features.stream().allMatch(Curvature::isAffine)) {
      return 2.0 / job.outputs().size() * RowNorms.of(job, device).meanSquare() + ofPenalty;
    }
    Precision precision = job.precision();
    double squares = 0;
    for (FloatBlock block : job.rows().rawFeatures().blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          FittedFeature.Numeric numeric = (FittedFeature.Numeric) features.get(column);
          double shifted = precision.round(block.get(row, column) - numeric.offset());
          double value = precision.round(shifted / numeric.divisor());
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
