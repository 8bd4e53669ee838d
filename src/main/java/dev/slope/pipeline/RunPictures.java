package dev.slope.pipeline;

import dev.slope.export.ModelManifest;
import dev.slope.report.HistoryRow;
import dev.slope.report.NamedFile;
import dev.slope.report.Plots;
import dev.slope.report.ReportData;
import dev.slope.report.ReportRows;
import dev.slope.report.ShownCoefficients;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which pictures a run has. */
final class RunPictures {
  private RunPictures() {}

  /**
   * Those that are drawn while a model is exported: what they show is there before its metrics are.
   *
   * @param rows null where they are not drawn
   * @throws dev.slope.report.PlotException where this machine can't draw
   */
  static List<NamedFile> ofTraining(@Nullable ReportRows rows, List<HistoryRow> history) {
    List<NamedFile> files = new ArrayList<>();
    if (rows != null) {
      files.addAll(Plots.fit(rows));
    }
    files.addAll(Plots.loss(history));
    return files;
  }

  /**
   * All pictures, each where it applies.
   *
   * @throws dev.slope.report.PlotException where this machine can't draw
   */
  static List<NamedFile> all(
      ReportData report, List<HistoryRow> history, ModelManifest model, RunMetrics metrics) {
    List<NamedFile> files = new ArrayList<>(ofTraining(report.rows(), history));
    if (report.rows() != null && model.classification() == null) {
      files.addAll(Plots.residuals(report.rows()));
    }
    if (report.surface() != null) {
      files.addAll(Plots.cost(report.surface()));
    }
    files.addAll(Plots.coefficients(ShownCoefficients.of(model)));
    RunMetrics.OfRows train = metrics.train();
    if (report.curves() != null) {
      files.addAll(
          Plots.curves(
              report.curves(),
              train.metrics().get("auc"),
              train.metrics().get("average_precision")));
    }
    if (train.calibration() != null) {
      files.addAll(Plots.calibration(train.calibration()));
    }
    if (model.classification() != null && train.confusion() != null) {
      files.addAll(Plots.confusion(model.classification().classes(), train.confusion()));
    }
    return files;
  }
}
