package dev.slope.training;

import dev.slope.config.ConfigException;
import dev.slope.config.ModelConfig;
import dev.slope.config.Precision;
import dev.slope.graph.Loss;
import dev.slope.training.secondorder.CurvedObjective;
import dev.slope.training.secondorder.Lbfgs;
import dev.slope.training.secondorder.Objective;
import dev.slope.training.secondorder.SecondOrderListener;
import dev.slope.training.secondorder.SecondOrderProblem;
import dev.slope.training.secondorder.SecondOrderRows;
import dev.slope.training.secondorder.SecondOrderSettings;
import dev.slope.training.secondorder.SymmetricMatrix;
import java.util.Arrays;

/**
 * Where a path of penalties begins, told from the slopes and curvatures of the model whose weights
 * are all 0 and whose intercepts are the best without them.
 */
public final class LargestPenalty {
  /** How much of a weight, taken alone, the largest l2 leaves: 1 / (1 + this). */
  private static final double SHRINKAGE = 100;

  private static final int MEMORY = 5;
  private static final SecondOrderSettings SETTINGS = new SecondOrderSettings(100, 1e-6);

  private final SecondOrderProblem problem;
  private final int weights;
  private final int outputs;
  private final double[] parameters;

  private LargestPenalty(SecondOrderProblem problem, int inputs, int outputs) {
    this.problem = problem;
    this.weights = inputs * outputs;
    this.outputs = outputs;
    this.parameters = withoutWeights();
  }

  /**
   * The smallest l1 that makes every weight 0: the largest slope of the objective by a weight, for
   * 0 is a minimum of {@code loss + l1 |w|} where {@code |dloss/dw| <= l1} (Friedman, Hastie and
   * Tibshirani, "Regularization paths for generalized linear models via coordinate descent", 2010,
   * section 2.5).
   *
   * @throws ConfigException where the loss has kinks, or rows are too many for a matrix
   */
  public static double ofL1(TrainingJob job) {
    try (SecondOrderProblem problem = problem(job, "/model/l1")) {
      LargestPenalty largest =
          new LargestPenalty(problem, job.features().inputs().size(), job.outputs().size());
      return largest.largestSlope();
    }
  }

  /**
   * An l2 that leaves of no weight, taken alone, more than a hundredth: a hundred times the largest
   * curvature of the loss by a weight, for the minimum of {@code h/2 (w - v)^2 + l2/2 w^2} is at
   * {@code w = v h / (h + l2)}.
   *
   * @throws ConfigException where the loss has kinks, or rows are too many for a matrix
   */
  public static double ofL2(TrainingJob job) {
    try (SecondOrderProblem problem = problem(job, "/model/l2")) {
      LargestPenalty largest =
          new LargestPenalty(problem, job.features().inputs().size(), job.outputs().size());
      return SHRINKAGE * largest.largestCurvature();
    }
  }

  private static SecondOrderProblem problem(TrainingJob job, String pointer) {
    ModelConfig model = job.model();
    Loss loss = Loss.of(model, job.outputs().size());
    if (!loss.isSmooth()) {
      throw unknown(pointer, "the loss of " + model.typeName() + " has kinks");
    }
    TrainingRows rows = job.rows();
    Plan plan = PlanSelection.select(job);
    if (plan == Plan.SPARSE || rows.isInFile()) {
      throw unknown(pointer, "the plan '" + plan.label() + "' makes no matrix of all rows");
    }
    Device device = DeviceSelection.select(job.training().device(), plan);
    return new SecondOrderProblem(
        new SecondOrderRows(
            rows.rawFeatures(), job.features(), rows.labels(), rows.weights(), rows.offsets()),
        loss,
        job.outputs().size(),
        0,
        model.fitIntercept(),
        device.placement(),
        device.session());
  }

  private static ConfigException unknown(String pointer, String reason) {
    return new ConfigException(
        "the path of %s has no beginning that could be computed, for %s; give values or a range"
            .formatted(pointer, reason));
  }

  /** All weights 0, and the intercepts that minimise the loss then. */
  private double[] withoutWeights() {
    double[] zeros = new double[problem.size()];
    if (weights == zeros.length) {
      return zeros;
    }
    Intercepts intercepts = new Intercepts(problem, weights);
    double[] best =
        Lbfgs.minimise(
                intercepts,
                new double[intercepts.size()],
                MEMORY,
                SETTINGS,
                SecondOrderListener.NONE)
            .parameters();
    return intercepts.all(best);
  }

  private double largestSlope() {
    double[] gradient = problem.evaluate(parameters).gradient();
    return Arrays.stream(gradient, 0, weights).map(Math::abs).max().orElse(0);
  }

  /** Of a weight while the intercept of its output follows. */
  private double largestCurvature() {
    CurvedObjective.Curvature curvature = problem.curvature(parameters);
    SymmetricMatrix hessian = curvature.hessian();
    double largest = 0;
    for (int weight = 0; weight < weights; weight++) {
      double own = hessian.get(weight, weight);
      if (weights < parameters.length) {
        int intercept = weights + weight % outputs;
        double ofIntercept = hessian.get(intercept, intercept);
        double both = hessian.get(weight, intercept);
        own -= ofIntercept > 0 ? both * both / ofIntercept : 0;
      }
      largest = Math.max(largest, own);
    }
    return largest;
  }

  /**
   * The objective as a function of the intercepts alone.
   *
   * @param problem of which the intercepts are the last parameters
   * @param weights how many parameters are weights, which stay 0
   */
  private record Intercepts(SecondOrderProblem problem, int weights) implements Objective {
    @Override
    public int size() {
      return problem.size() - weights;
    }

    @Override
    public Precision precision() {
      return problem.precision();
    }

    @Override
    public Evaluation evaluate(double[] intercepts) {
      Evaluation evaluation = problem.evaluate(all(intercepts));
      double[] gradient = evaluation.gradient();
      return new Evaluation(
          evaluation.loss(), Arrays.copyOfRange(gradient, weights, gradient.length));
    }

    double[] all(double[] intercepts) {
      double[] parameters = new double[problem.size()];
      System.arraycopy(intercepts, 0, parameters, weights, intercepts.length);
      return parameters;
    }
  }
}
