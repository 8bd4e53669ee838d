package dev.slope.pipeline;

import dev.slope.config.GateConfig;
import dev.slope.config.MetricName;
import dev.slope.config.ModelConfig;
import dev.slope.config.RunConfig;
import dev.slope.evaluation.Deviance;
import dev.slope.evaluation.ExpectationCheck;
import dev.slope.evaluation.MetricValues;
import dev.slope.export.ModelVersions;
import dev.slope.export.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides whether a trained model may be exported. */
final class Gate {
  private final GateConfig gate;
  private final ModelConfig model;
  private final ModelVersions versions;
  private final MetricName metric;

  Gate(RunConfig run, ModelVersions versions) {
    this.gate = run.gate();
    this.model = run.model();
    this.versions = versions;
    this.metric = gate.metricOrDefault(model);
  }

  /** Whether it can't pass before the model is measured. */
  boolean asksForMetrics() {
    return !gate.metrics().isEmpty() || gate.beatsBaseline();
  }

  /**
   * What the model misses of bounds and baseline.
   *
   * @param metrics of the model, beside those of its baseline
   * @return a message for each; empty where it may be written
   */
  List<String> misses(RunMetrics metrics) {
    MetricValues measured = RunEvaluation.byName(metrics);
    List<String> misses = new ArrayList<>(ExpectationCheck.misses(measured, gate.metrics()));
    if (gate.beatsBaseline()) {
      misses.addAll(
          ExpectationCheck.notBetter(metric, measured, "the baseline", baseline(metrics)));
    }
    return List.copyOf(misses);
  }

  /**
   * Passes where the model is better than the newest version. Both are reloaded and predict the
   * same rows, so that a model that is trained once more is just as good to the last bit.
   *
   * @param written the model, loaded
   * @param data the rows, those that measure as they were read
   * @throws GateMissedException where it isn't
   */
  void requireBetter(ServedModel written, RunData data) {
    CurrentVersion current = gate.beatsCurrent() ? CurrentVersion.of(versions) : null;
    if (current == null) {
      return;
    }
    current.requireLabels(data.labels());
    RowsOfPart rows = data.measured();
    current.requireRead(rows);
    Deviance deviance = Deviance.of(model);
    List<String> misses =
        ExpectationCheck.notBetter(
            metric,
            CurrentVersion.measure(written, "the new version", rows, deviance),
            current.directory().toString(),
            current.measure(rows, deviance));
    if (!misses.isEmpty()) {
      throw new GateMissedException(misses);
    }
  }

  /** Of the rows that metrics without a prefix are of. */
  private static MetricValues baseline(RunMetrics metrics) {
    RunMetrics.OfRows validation = metrics.validation();
    Map<String, Double> values =
        validation == null ? metrics.train().baseline() : validation.baseline();
    return new MetricValues(values == null ? Map.of() : values, Map.of());
  }
}
