package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.Precision;
import dev.slope.features.LinearWeights;
import dev.slope.graph.LoopStatus;
import dev.slope.graph.Loss;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.InputNames;
import dev.slope.training.secondorder.Lbfgs;
import dev.slope.training.secondorder.LeastSquares;
import dev.slope.training.secondorder.Newton;
import dev.slope.training.secondorder.SecondOrderListener;
import dev.slope.training.secondorder.SecondOrderProblem;
import dev.slope.training.secondorder.SecondOrderResult;
import dev.slope.training.secondorder.SecondOrderRows;
import dev.slope.training.secondorder.SecondOrderSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs newton and lbfgs: an epoch is an iteration. */
final class SecondOrderTraining {
  /** Where no tolerance is given: the largest slope of an optimum, as scikit-learn's solvers. */
  private static final double DEFAULT_TOLERANCE = 1e-6;

  /** The same of float64, whose gradients are exact to 1e-15 or so. */
  private static final double DEFAULT_TOLERANCE_OF_FLOAT64 = 1e-10;

  /** After so many the solution of the normal equation has the digits that float64 can give it. */
  private static final int CORRECTIONS = 2;

  private final TrainingJob job;
  private final Device device;
  private final TrainingListener listener;
  private final Loss loss;
  private final Plan plan;

  SecondOrderTraining(TrainingJob job, Device device, TrainingListener listener) {
    this.job = job;
    this.device = device;
    this.listener = listener;
    this.loss = Loss.of(job.model(), job.outputs().size());
    this.plan = PlanSelection.select(job);
  }

  /** Trains. */
  TrainedModel train(long setupStart) {
    ModelConfig model = job.model();
    TrainingRows rows = job.rows();
    try (SecondOrderProblem problem =
        new SecondOrderProblem(
            new SecondOrderRows(
                rows.rawFeatures(), job.features(), rows.labels(), rows.weights(), rows.offsets()),
            loss,
            job.outputs().size(),
            model.l2(),
            model.fitIntercept(),
            device.placement(),
            device.session())) {
      double setupSeconds = (System.nanoTime() - setupStart) / 1e9;
      listener.onStart(plan, device.label(), job.training().epochs());
      long start = System.nanoTime();
      SecondOrderResult result = plan == Plan.GRAM ? normalEquation(problem) : iterate(problem);
      double seconds = (System.nanoTime() - start) / 1e9;
      LinearWeights weights = problem.weights(result.parameters(), job.outputs());
      double[] losses = Arrays.stream(result.losses()).map(job.precision()::round).toArray();
      TrainingHistory.Recorder history = new TrainingHistory.Recorder();
      history.add(1, new EpochCall(losses, null, null, LoopStatus.RUNNING), 1, 0, seconds);
      Trainer.Measured measured =
          job.measuresAll()
              ? new Trainer.Measured(
                  result.finalLoss(), new Scorer(job.features(), weights, device).scores(rows))
              : Trainer.measure(job, weights, job.measured());
      return new TrainedModel(
          weights,
          history.history(),
          job.precision().round(measured.loss()),
          measured.scores(),
          stopReason(result),
          plan,
          device.label(),
          new Timings(setupSeconds, seconds, 0, losses.length, losses.length),
          warnings(problem, result),
          null);
    }
  }

  private SecondOrderResult iterate(SecondOrderProblem problem) {
    Double tolerance = job.training().stop().tolerance();
    double otherwise =
        job.precision() == Precision.FLOAT32 ? DEFAULT_TOLERANCE : DEFAULT_TOLERANCE_OF_FLOAT64;
    SecondOrderSettings settings =
        new SecondOrderSettings(job.training().epochs(), tolerance == null ? otherwise : tolerance);
    double[] start = problem.parameters(Initializer.weights(job));
    SecondOrderListener watch =
        (iteration, value, gradientNorm) -> {
          listener.onEpochs(iteration, new double[] {job.precision().round(value)});
          return !listener.isCancelled() && !Thread.currentThread().isInterrupted();
        };
    return job.training().optimizer() instanceof OptimizerConfig.Lbfgs lbfgs
        ? Lbfgs.minimise(problem, start, lbfgs.memory(), settings, watch)
        : Newton.minimise(problem, start, settings, watch);
  }

  /** The optimum of least squares in one step from zeros. */
  private SecondOrderResult normalEquation(SecondOrderProblem problem) {
    ModelConfig model = job.model();
    GramSums sums = problem.gram();
    LeastSquares solution =
        LeastSquares.solve(sums, InputNames.of(job.features()), model.l2(), model.fitIntercept());
    LinearWeights zeros =
        new LinearWeights(
            job.features().inputs(),
            job.outputs(),
            new double[solution.inputs() * solution.outputs()],
            new double[solution.outputs()]);
    double[] start = problem.parameters(zeros);
    double[] parameters = Arrays.copyOf(solution.parameters(), start.length);
    if (job.precision() == Precision.FLOAT64) {
      for (int i = 0; i < CORRECTIONS; i++) {
        double[] gradient = problem.evaluate(parameters).gradient();
        solution = solution.corrected(sums, model.l2(), model.fitIntercept(), gradient);
        parameters = Arrays.copyOf(solution.parameters(), start.length);
      }
    }
    double before = problem.evaluate(start).loss();
    listener.onEpochs(1, new double[] {job.precision().round(before)});
    List<String> warnings = new ArrayList<>();
    solution.collinear().forEach(line -> warnings.add("collinear: " + line));
    return new SecondOrderResult(
        parameters,
        new double[] {before},
        problem.evaluate(parameters).loss(),
        0,
        SecondOrderResult.End.CONVERGED,
        warnings);
  }

  private static StopReason stopReason(SecondOrderResult result) {
    return switch (result.end()) {
      case CONVERGED -> StopReason.CONVERGED;
      case ITERATIONS_DONE -> StopReason.EPOCHS_DONE;
      case CANCELLED -> StopReason.CANCELLED;
      case NO_FINITE_OPTIMUM -> StopReason.NO_FINITE_OPTIMUM;
    };
  }

  /** Newton's step and the normal equation say themselves which columns others explain. */
  private List<String> warnings(SecondOrderProblem problem, SecondOrderResult result) {
    List<String> warnings = new ArrayList<>();
    if (job.training().optimizer() instanceof OptimizerConfig.Lbfgs) {
      problem.collinear().forEach(line -> warnings.add("collinear: " + line));
    }
    warnings.addAll(result.warnings());
    return warnings;
  }
}
