package dev.slope.pipeline;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.Family;
import dev.slope.evaluation.FitStatisticsCalculator;
import dev.slope.evaluation.Information;
import dev.slope.evaluation.ModelStatistics;
import dev.slope.evaluation.OutputStatistics;
import dev.slope.evaluation.ScaledCoefficients;
import dev.slope.evaluation.ScoredRows;
import dev.slope.evaluation.StatisticsException;
import dev.slope.features.FittedFeature;
import dev.slope.features.LinearWeights;
import dev.slope.features.OriginalScale;
import dev.slope.training.StopReason;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import dev.slope.training.TrainingRows;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.InputNames;
import dev.slope.training.secondorder.LeastSquares;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a run's coefficients, from one more pass over its training rows.
 *
 * <p>The pass fits, by weighted least squares, what the working residuals {@code (y - mean) /
 * slope} leave: its sums are the information, its solution the step that Fisher's scoring would
 * take from here. Where that is a noticeable part of a standard error, training has not arrived.
 */
final class RunStatistics {
  /** The inverse of a matrix of so many takes seconds, that of more soon minutes. */
  private static final int MAX_INPUTS = 1_024;

  /** Standard errors that a coefficient may be from its optimum. */
  private static final double MAX_DISTANCE = 0.01;

  private final TrainingJob job;
  private final TrainedModel trained;
  private final Family family;
  private final TrainingRows rows;

  private RunStatistics(TrainingJob job, TrainedModel trained) {
    this.job = job;
    this.trained = trained;
    this.family = Objects.requireNonNull(Family.of(job.model()));
    this.rows = job.rows();
  }

  /**
   * Computes them, or says why there are none.
   *
   * @param job of a model that has a {@link Family}
   */
  static ModelStatistics of(TrainingJob job, TrainedModel trained) {
    int inputs = job.features().inputs().size();
    if (inputs > MAX_INPUTS) {
      return ModelStatistics.refused(
          String.format(
              Locale.ROOT,
              "the model has %,d inputs, and the inverse of a matrix is needed of at most %,d",
              inputs,
              MAX_INPUTS));
    }
    if (trained.stopReason() == StopReason.NO_FINITE_OPTIMUM) {
      return ModelStatistics.refused("the likelihood has no maximum");
    }
    try {
      return new ModelStatistics(null, new RunStatistics(job, trained).outputs());
    } catch (StatisticsException e) {
      return ModelStatistics.refused(Objects.requireNonNull(e.getMessage()));
    }
  }

  private List<OutputStatistics> outputs() throws StatisticsException {
    boolean fitIntercept = job.model().fitIntercept();
    GramSums sums = Trainer.sums(job, workingRows());
    LeastSquares step = LeastSquares.solve(sums, InputNames.of(job.features()), 0, fitIntercept);
    Information information = information(sums, fitIntercept);
    LinearWeights weights = trained.weights();
    List<OutputStatistics> outputs = new ArrayList<>();
    for (int output = 0; output < weights.outputs().size(); output++) {
      ScaledCoefficients coefficients = coefficients(weights, output);
      OutputStatistics statistics =
          FitStatisticsCalculator.of(family, coefficients, information, scored(output));
      requireOptimum(statistics, coefficients, step, output);
      outputs.add(statistics);
    }
    return outputs;
  }

  /** Of each label what its working residual and its weight in the information are. */
  private TrainingRows workingRows() {
    boolean isGaussian = family instanceof Family.Gaussian;
    List<FloatBlock> residuals = new ArrayList<>();
    List<FloatBlock> shares = new ArrayList<>();
    Values targets = new Values(rows.labels());
    Values scores = new Values(trained.trainPredictions());
    Values weights = new Values(rows.weights());
    int outputs = trained.weights().outputs().size();
    for (FloatBlock block : rows.labels().blocks()) {
      FloatBlock ofResiduals = new FloatBlock(block.rows(), outputs);
      FloatBlock ofShares = new FloatBlock(block.rows(), 1);
      for (int row = 0; row < block.rows(); row++) {
        targets.next();
        scores.next();
        weights.next();
        double share = weights.get(0, 1);
        for (int output = 0; output < outputs; output++) {
          double score = scores.get(output, 0);
          double slope = family.slope(score);
          double error = targets.get(output, 0) - family.mean(score);
          if (slope > 0) {
            ofResiduals.set(row, output, (float) (error / slope));
          }
          if (!isGaussian) {
            double variance = family.variance(score);
            share *= variance > 0 ? slope * slope / variance : 0;
          }
        }
        ofShares.set(row, 0, (float) share);
      }
      residuals.add(ofResiduals);
      shares.add(ofShares);
    }
    return new TrainingRows(
        rows.rawFeatures(),
        new FloatMatrix(rows.labels().names(), residuals),
        isGaussian ? rows.weights() : new FloatMatrix(List.of("weight"), shares),
        null);
  }

  private static Information information(GramSums sums, boolean fitIntercept) {
    int inputs = sums.inputs();
    double[] means = new double[inputs];
    double[] scatter = sums.inputScatter();
    for (int i = 0; i < inputs; i++) {
      if (fitIntercept) {
        means[i] = sums.inputMean(i);
      } else {
        for (int j = 0; j < inputs; j++) {
          scatter[i * inputs + j] += sums.weight() * sums.inputMean(i) * sums.inputMean(j);
        }
      }
    }
    return new Information(sums.weight(), means, scatter, fitIntercept);
  }

  private ScaledCoefficients coefficients(LinearWeights weights, int output) {
    List<FittedFeature.Affine> scaling = OriginalScale.scaling(job.features());
    int inputs = scaling.size();
    double[] values = new double[inputs];
    double[] offsets = new double[inputs];
    double[] divisors = new double[inputs];
    for (int input = 0; input < inputs; input++) {
      values[input] = weights.weight(input, output);
      offsets[input] = scaling.get(input).offset();
      divisors[input] = scaling.get(input).divisor();
    }
    return new ScaledCoefficients(
        weights.inputs(), values, weights.intercept(output), offsets, divisors);
  }

  private ScoredRows scored(int output) {
    return visitor -> {
      Values targets = new Values(rows.labels());
      Values scores = new Values(trained.trainPredictions());
      Values offsets = new Values(rows.offsets());
      Values weights = new Values(rows.weights());
      long count = rows.labels().rows();
      for (long row = 0; row < count; row++) {
        targets.next();
        scores.next();
        offsets.next();
        weights.next();
        visitor.visit(
            targets.get(output, 0), scores.get(output, 0), offsets.get(0, 0), weights.get(0, 1));
      }
    };
  }

  private static void requireOptimum(
      OutputStatistics statistics, ScaledCoefficients coefficients, LeastSquares step, int output)
      throws StatisticsException {
    double furthest = 0;
    String name = "";
    for (int input = 0; input < coefficients.names().size(); input++) {
      double error =
          statistics.coefficients().get(input).standardError()
              * Math.abs(coefficients.divisors()[input]);
      double distance = Math.abs(step.weight(input, output)) / error;
      if (distance > furthest) {
        furthest = distance;
        name = coefficients.names().get(input);
      }
    }
    if (furthest > MAX_DISTANCE) {
      throw new StatisticsException(
          String.format(
              Locale.ROOT,
              "training ended short of the optimum, the coefficient of %s %.2g standard errors from"
                  + " it; take the optimizer newton, or more epochs",
              name,
              furthest));
    }
  }

  /** The rows of a matrix one after the other, whatever its blocks are. */
  private static final class Values {
    private final @Nullable FloatMatrix matrix;
    private @Nullable FloatBlock block;
    private int nextBlock;
    private int row;

    Values(@Nullable FloatMatrix matrix) {
      this.matrix = matrix;
    }

    /** Goes to the next row, of which there must be one. */
    void next() {
      if (matrix == null) {
        return;
      }
      row++;
      while (block == null || row == block.rows()) {
        block = matrix.blocks().get(nextBlock++);
        row = 0;
      }
    }

    /** A value of the row, or another where there is no matrix. */
    double get(int column, double absent) {
      return block == null ? absent : block.get(row, column);
    }
  }
}
