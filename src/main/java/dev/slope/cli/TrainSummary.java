package dev.slope.cli;

import dev.slope.pipeline.DryRun;
import dev.slope.pipeline.TrainResult;
import dev.slope.training.StopReason;
import java.util.Locale;

/** The end of a run as a person reads it. */
final class TrainSummary {
  private TrainSummary() {}

  /** What was trained, how well, and where it is. */
  static String of(TrainResult result) {
    return result.name()
        + "\n"
        + EquationText.of(result.outputs())
        + MetricText.of(result.metrics(), result.undefinedMetrics())
        + String.format(
            Locale.ROOT,
            "  %,d rows, %,d epochs in %.3f s, plan %s on %s%n",
            result.rows(),
            result.epochs(),
            result.trainingSeconds(),
            result.plan().label(),
            result.device())
        + (result.stopReason() == StopReason.EPOCHS_DONE
            ? ""
            : "  ended because " + result.stopReason().clause() + "\n")
        + "  exported to "
        + result.model()
        + "\n";
  }

  /** What would be trained. */
  static String of(DryRun plan) {
    return String.format(
        Locale.ROOT,
        """
        %s: nothing was trained
          %s of %s from %s
          minimises the %s
          %s, %,d rows, %,d epochs, plan %s
          would be exported below %s
        """,
        plan.name(),
        plan.model(),
        plan.labels(),
        plan.features(),
        plan.objective(),
        plan.source(),
        plan.rows(),
        plan.epochs(),
        plan.plan().label(),
        plan.directory());
  }
}
