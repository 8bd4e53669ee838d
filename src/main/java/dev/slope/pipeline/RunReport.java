package dev.slope.pipeline;

import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.ScheduleConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.ClassCurves;
import dev.slope.evaluation.InverseLink;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.report.CostSurface;
import dev.slope.report.ReportData;
import dev.slope.report.ReportRows;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.InputNames;
import dev.slope.training.secondorder.LearningRateBound;
import dev.slope.training.secondorder.LeastSquares;
import dev.slope.training.secondorder.QuadraticForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the page and the pictures draw of a run and no other file has. */
final class RunReport {
  /** A matrix of so many is a small part of the page. */
  private static final int MAX_PARAMETERS = 33;

  private static final int MAX_EPOCHS = 2_000;

  /** To sort more rows, or to go over them once more, is done only where somebody asked. */
  private static final long MAX_ROWS_UNASKED = 100_000;

  private RunReport() {}

  /**
   * Gathers it.
   *
   * @param asked whether somebody asked for the page; else what takes long is left out
   * @param axis the only feature where it is a number, else nothing
   */
  static ReportData of(
      boolean asked, TrainingJob job, RunData data, TrainedModel trained, FloatMatrix axis) {
    FittedLabels labels = data.labels();
    FloatMatrix scores = trained.trainPredictions();
    boolean isBinary = labels instanceof FittedLabels.Binary;
    boolean areRowsDrawn =
        labels instanceof FittedLabels.Regression
            || (labels instanceof FittedLabels.Binary binary
                && binary.hasProbabilities()
                && axis.columns() == 1);
    RowsOfPart rows = data.measuredTrain();
    return new ReportData(
        areRowsDrawn
            ? ReportRows.of(axis, rows.truth(), InverseLink.apply(job.model(), scores))
            : null,
        isBinary && (asked || rows.rows() <= MAX_ROWS_UNASKED)
            ? ClassCurves.of(rows.truth(), scores, rows.metricWeights())
            : null,
        asked || data.train().rows() <= MAX_ROWS_UNASKED ? surface(job, trained) : null);
  }

  private static @Nullable CostSurface surface(TrainingJob job, TrainedModel trained) {
    ModelConfig model = job.model();
    int inputs = job.features().inputs().size();
    int parameters = inputs + (model.fitIntercept() ? 1 : 0);
    if (!(model instanceof ModelConfig.LinearRegression)
        || model.l1() > 0
        || !model.bounds().isEmpty()
        || job.rows().offsets() != null
        || job.outputs().size() > 1
        || parameters < 2
        || parameters > MAX_PARAMETERS) {
      return null;
    }
    GramSums sums = Trainer.sums(job, job.rows());
    LeastSquares solution =
        LeastSquares.solve(sums, InputNames.of(job.features()), model.l2(), model.fitIntercept());
    // Residuals too small for the sums to tell are nothing that can be seen.
    double[] residuals = sums.squaredResiduals(solution.parameters()).orElse(new double[1]);
    QuadraticForm form =
        QuadraticForm.of(sums, solution, residuals, model.l2(), model.fitIntercept());
    LinearWeights initial = Trainer.initial(job);
    double[] start = Arrays.copyOf(initial.weights(), parameters);
    if (model.fitIntercept()) {
      start[inputs] = initial.intercept(0);
    }
    List<String> names = new ArrayList<>(job.features().inputs());
    if (model.fitIntercept()) {
      names.add("(intercept)");
    }
    CostSurface surface =
        new CostSurface(
            names,
            list(form.hessian().values()),
            list(form.optimum()),
            form.optimalLoss(),
            list(start),
            shown(form.optimum(), start, inputs),
            LearningRateBound.ofSquaredLoss(sums, model.fitIntercept(), model.l2(), false)
                .largestEigenvalue(),
            learningRate(job, trained),
            (int) Math.min(MAX_EPOCHS, Math.max(trained.timings().epochs(), 50)));
    return surface.canBeDrawn() ? surface : null;
  }

  /** The two that have the longest way to go; of one input, its weight and the intercept. */
  private static List<Integer> shown(double[] optimum, double[] start, int inputs) {
    if (inputs == 1) {
      return List.of(0, 1);
    }
    return IntStream.range(0, inputs)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(optimum[i] - start[i])))
        .limit(2)
        .toList();
  }

  private static @Nullable Double learningRate(TrainingJob job, TrainedModel trained) {
    boolean isPlain =
        job.training().optimizer() instanceof OptimizerConfig.GradientDescent descent
            && descent.schedule() instanceof ScheduleConfig.Constant
            && !(descent.learningRate() instanceof LearningRateConfig.LineSearch);
    return isPlain ? trained.history().records().get(0).learningRate() : null;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
