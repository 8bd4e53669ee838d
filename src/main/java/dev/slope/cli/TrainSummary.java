package dev.slope.cli;

import dev.slope.pipeline.DryRun;
import dev.slope.pipeline.RunMetrics;
import dev.slope.pipeline.TrainResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The end of a run as a person reads it. */
final class TrainSummary {
  /** A loss is a float32. */
  private static final double FLOAT32_ROUNDING = 1e-6;

  private TrainSummary() {}

  /** What was trained, how well, why it ended, and where it is. */
  static String of(TrainResult result) {
    Double optimum = result.optimalLoss();
    return result.name()
        + "\n"
        + EquationText.of(result.outputs())
        + StatisticsText.of(result.outputs())
        + "\n"
        + metrics(result)
        + measured(result)
        + "\n"
        + String.format(
            Locale.ROOT,
            "  %s, %,d epochs in %.3f s, plan %s on %s%n",
            RowsText.of(result.rows(), rows(result.validation()), rows(result.test())),
            result.epochs(),
            result.trainingSeconds(),
            result.plan().label(),
            result.device())
        + "  ended because "
        + result.stopReason().clause()
        + "\n"
        + (optimum == null ? "" : distance(result.metrics(), optimum))
        + (result.model() == null
            ? "  not exported: the gate was missed\n"
            : "  described in " + result.files() + "\n  exported to " + result.model() + "\n");
  }

  /** How far the loss is from the least that there is, but for rounding. */
  private static String distance(Map<String, Double> metrics, double optimum) {
    double above = Objects.requireNonNull(metrics.get("loss")) - optimum;
    return above <= FLOAT32_ROUNDING * Math.abs(optimum)
        ? "  the loss is the least there is\n"
        : String.format(
            Locale.ROOT,
            "  the loss is %.2g above the least there is, %s%n",
            above,
            optimum < FLOAT32_ROUNDING * above ? "0" : EquationText.number(optimum));
  }

  /** Two columns for the training rows, and where there are others, for each part. */
  private static String metrics(TrainResult result) {
    Map<String, MetricText.Part> parts = new LinkedHashMap<>();
    parts.put(
        "training",
        new MetricText.Part(result.metrics(), result.undefinedMetrics(), result.baseline()));
    RunMetrics.OfRows validation = result.validation();
    RunMetrics.OfRows test = result.test();
    if (validation != null) {
      parts.put("validation", MetricText.Part.of(validation));
    }
    if (test != null) {
      parts.put("test", MetricText.Part.of(test));
    }
    return MetricText.table(parts);
  }

  private static String measured(TrainResult result) {
    return result.measuredRows() == result.rows()
        ? ""
        : String.format(
            Locale.ROOT, "  training: of %,d rows, evenly spread%n", result.measuredRows());
  }

  private static long rows(RunMetrics.@Nullable OfRows rows) {
    return rows == null ? 0 : rows.rows();
  }

  /** What would be trained. */
  static String of(DryRun plan) {
    return String.format(
        Locale.ROOT,
        """
        %s: nothing was trained
          %s of %s from %s
          minimises the %s
          %s, %s, %,d epochs, plan %s
          would be exported below %s
        """,
        plan.name(),
        plan.model(),
        plan.labels(),
        plan.features(),
        plan.objective(),
        plan.source(),
        RowsText.of(plan.rows(), plan.validationRows(), plan.testRows()),
        plan.epochs(),
        plan.plan().label(),
        plan.directory());
  }
}
