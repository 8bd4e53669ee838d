package dev.slope.pipeline;

import dev.slope.config.ModelConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.Baseline;
import dev.slope.evaluation.Deviance;
import dev.slope.evaluation.InverseLink;
import dev.slope.evaluation.MeasuredModel;
import dev.slope.evaluation.MetricValues;
import dev.slope.evaluation.ModelEvaluator;
import dev.slope.evaluation.ModelMetrics;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures a trained model on every part of a run's rows. */
final class RunEvaluation {
  private final ModelConfig model;
  private final MeasuredModel measured;

  private RunEvaluation(ModelConfig model, MeasuredModel measured) {
    this.model = model;
    this.measured = measured;
  }

  /**
   * Measures.
   *
   * @param job that trained the model
   */
  static RunMetrics of(TrainingJob job, RunData data, TrainedModel trained) {
    ModelConfig model = job.model();
    Baseline baseline =
        Baseline.of(model, data.labels(), data.truth(), data.train().metricWeights());
    int parameters = parameters(model, data.features());
    RunEvaluation evaluation =
        new RunEvaluation(
            model, new MeasuredModel(data.labels(), Deviance.of(model), parameters, baseline));
    return new RunMetrics(
        evaluation.ofRows(data.measuredTrain(), trained.finalLoss(), trained.trainPredictions()),
        evaluation.heldOut(job, data.validation(), trained),
        evaluation.heldOut(job, data.test(), trained),
        parameters,
        baseline);
  }

  /**
   * The metrics of several models of one type on rows that none of them was trained on, in one pass
   * over the rows.
   *
   * @param runs that trained them
   * @param features that they are on the scale of
   * @param labels what the labels are
   * @param rows that measure
   * @param trained one a run
   */
  static List<MetricValues> heldOut(
      List<RunConfig> runs,
      FittedFeatures features,
      FittedLabels labels,
      RowsOfPart rows,
      List<LinearWeights> trained) {
    if (runs.isEmpty()) {
      return List.of();
    }
    List<FloatMatrix> scores =
        Trainer.scores(features, runs.get(0).training().device(), trained, rows.trainingRows());
    List<MetricValues> metrics = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      ModelConfig model = runs.get(i).model();
      MeasuredModel measured =
          new MeasuredModel(labels, Deviance.of(model), parameters(model, features), null);
      metrics.add(new RunEvaluation(model, measured).ofRows(rows, scores.get(i)).values());
    }
    return metrics;
  }

  private static int parameters(ModelConfig model, FittedFeatures features) {
    return features.inputs().size() + (model.fitIntercept() ? 1 : 0);
  }

  private RunMetrics.@Nullable OfRows heldOut(
      TrainingJob job, @Nullable RowsOfPart rows, TrainedModel trained) {
    if (rows == null) {
      return null;
    }
    Trainer.Measured measured = Trainer.measure(job, trained.weights(), rows.trainingRows());
    return ofRows(rows, measured.loss(), measured.scores());
  }

  private RunMetrics.OfRows ofRows(RowsOfPart rows, double loss, FloatMatrix scores) {
    ModelMetrics metrics = ofRows(rows, scores);
    return RunMetrics.OfRows.of(metrics, RunMetrics.values(metrics, loss));
  }

  private ModelMetrics ofRows(RowsOfPart rows, FloatMatrix scores) {
    return ModelEvaluator.evaluate(
        measured,
        rows.truth(),
        measured.labels() instanceof FittedLabels.Classes
            ? scores
            : InverseLink.apply(model, scores),
        rows.metricWeights());
  }

  /**
   * The metrics that an expectation may name: without a prefix those of the validation rows where
   * there are any, else of the training rows; with the prefix of each part its own.
   */
  static MetricValues byName(RunMetrics metrics) {
    RunMetrics.OfRows validation = metrics.validation();
    MetricValues train = metrics.train().values();
    MetricValues values = validation == null ? train : validation.values();
    return values.and(byPart(metrics));
  }

  /**
   * The metrics of each part, with its prefix: {@code train.}, {@code validation.}, {@code test.}.
   */
  static MetricValues byPart(RunMetrics metrics) {
    MetricValues train = metrics.train().values();
    return train
        .withPrefix("train.")
        .and(prefixed("validation", metrics.validation(), train))
        .and(prefixed("test", metrics.test(), train));
  }

  /** Of a part without rows every metric is undefined. */
  private static MetricValues prefixed(
      String part, RunMetrics.@Nullable OfRows rows, MetricValues train) {
    if (rows != null) {
      return rows.values().withPrefix(part + ".");
    }
    Map<String, String> undefined = new LinkedHashMap<>();
    String reason = "there are no " + part + " rows; see /data/" + part + " and /data/split";
    train.byName().keySet().forEach(metric -> undefined.put(metric, reason));
    train.undefined().keySet().forEach(metric -> undefined.put(metric, reason));
    return new MetricValues(Map.of(), undefined).withPrefix(part + ".");
  }
}
