package dev.slope.cli;

import dev.slope.pipeline.DryRun;
import dev.slope.pipeline.RunMetrics;
import dev.slope.pipeline.TrainResult;
import dev.slope.training.StopReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The end of a run as a person reads it. */
final class TrainSummary {
  private TrainSummary() {}

  /** What was trained, how well, and where it is. */
  static String of(TrainResult result) {
    return result.name()
        + "\n"
        + EquationText.of(result.outputs())
        + metrics(result)
        + String.format(
            Locale.ROOT,
            "  %s, %,d epochs in %.3f s, plan %s on %s%n",
            RowsText.of(result.rows(), rows(result.validation()), rows(result.test())),
            result.epochs(),
            result.trainingSeconds(),
            result.plan().label(),
            result.device())
        + (result.stopReason() == StopReason.EPOCHS_DONE
            ? ""
            : "  ended because " + result.stopReason().clause() + "\n")
        + (result.model() == null
            ? "  not exported: the gate was missed\n"
            : "  exported to " + result.model() + "\n");
  }

  /** A line for the training rows, and where there are others, one for each part, by its name. */
  private static String metrics(TrainResult result) {
    String train = MetricText.of(result.metrics(), result.undefinedMetrics());
    RunMetrics.OfRows validation = result.validation();
    RunMetrics.OfRows test = result.test();
    if (validation == null && test == null) {
      return train;
    }
    return "  training\n"
        + indented(train)
        + (validation == null ? "" : "  validation\n" + indented(validation))
        + (test == null ? "" : "  test\n" + indented(test));
  }

  private static String indented(RunMetrics.OfRows rows) {
    return indented(MetricText.of(rows.metrics(), rows.undefined()));
  }

  private static String indented(String lines) {
    return lines.indent(2);
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
