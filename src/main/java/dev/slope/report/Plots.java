package dev.slope.report;

import dev.slope.evaluation.CalibrationBin;
import dev.slope.evaluation.ClassCurves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The pictures of a run, each as PNG and as SVG, in memory. */
public final class Plots {
  /** The cells of more classes can't be told apart. */
  private static final int MAX_CLASSES = 200;

  private Plots() {}

  /**
   * What the model predicts beside what is true: over the feature where there is one, else
   * predicted against actual. Named {@code fit}, with several labels {@code fit_<label>}.
   *
   * @return a PNG and an SVG per label that has a finite point
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> fit(ReportRows rows) {
    return drawn(
        () -> {
          LabelFiles names = new LabelFiles(rows.targets().keySet());
          List<NamedFile> files = new ArrayList<>();
          FitPlot.perLabel(rows)
              .forEach(
                  (label, plot) -> files.addAll(encode(names.name("fit", label), plot.draw())));
          return files;
        });
  }

  /**
   * What the predictions of a regression miss: {@code residuals} over the predictions, and their
   * quantiles over those of a normal distribution, {@code qq}; with several labels {@code
   * residuals_<label>} and {@code qq_<label>}.
   *
   * @return two PNGs and two SVGs per label that has a row with finite numbers
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> residuals(ReportRows rows) {
    return drawn(
        () -> {
          LabelFiles names = new LabelFiles(rows.targets().keySet());
          List<NamedFile> files = new ArrayList<>();
          for (Map.Entry<String, Residuals> each : Residuals.perLabel(rows).entrySet()) {
            String label = each.getKey();
            Residuals residuals = each.getValue();
            files.addAll(
                encode(
                    names.name("residuals", label),
                    ResidualPlots.overPredictions(label, residuals)));
            files.addAll(
                encode(names.name("qq", label), ResidualPlots.quantiles(label, residuals)));
          }
          return files;
        });
  }

  /**
   * The loss over the epochs, {@code loss}, with that of the validation rows where there are any;
   * logarithmic where it is positive and spans more than two decades.
   *
   * @return empty where no loss is finite
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> loss(List<HistoryRow> history) {
    return drawn(
        () -> {
          List<HistoryRow> finite =
              history.stream().filter(row -> Double.isFinite(row.loss())).toList();
          return finite.isEmpty() ? List.of() : encode("loss", LossPlot.draw(finite));
        });
  }

  /**
   * The contours of the loss over two parameters and the way of gradient descent, {@code cost}.
   *
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> cost(CostSurface surface) {
    return drawn(() -> encode("cost", new CostPlot(surface).draw()));
  }

  /**
   * The coefficients, with their confidence intervals where they are known: {@code coefficients}.
   *
   * @return empty where there are none
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> coefficients(ShownCoefficients shown) {
    return drawn(
        () ->
            shown.names().isEmpty()
                ? List.of()
                : encode("coefficients", new CoefficientPlot(shown).draw()));
  }

  /**
   * The ROC and the precision-recall curve of two classes: {@code roc}, {@code precision_recall}.
   *
   * @param area under the ROC curve; null where it is undefined
   * @param averagePrecision null where it is undefined
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> curves(
      ClassCurves curves, @Nullable Double area, @Nullable Double averagePrecision) {
    return drawn(
        () -> {
          List<NamedFile> files = new ArrayList<>(encode("roc", ClassPlots.roc(curves, area)));
          files.addAll(
              encode("precision_recall", ClassPlots.precisionRecall(curves, averagePrecision)));
          return files;
        });
  }

  /**
   * Predicted probabilities beside what was observed: {@code calibration}.
   *
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> calibration(List<CalibrationBin> bins) {
    return drawn(() -> encode("calibration", ClassPlots.calibration(bins)));
  }

  /**
   * How many rows of each class are taken for which: {@code confusion}.
   *
   * @param classes in the order of both
   * @param rows by class and prediction
   * @return empty where there are too many classes to tell them apart
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> confusion(List<String> classes, List<List<Long>> rows) {
    return drawn(
        () ->
            classes.size() > MAX_CLASSES
                ? List.of()
                : encode("confusion", ClassPlots.confusion(classes, rows)));
  }

  /**
   * Draws a small picture for nothing, so that the fonts and the renderer are loaded when the real
   * ones are drawn. For a background thread: what it costs a cold JVM then passes beside other
   * work. Never throws; what can't be drawn now is reported by the real pictures.
   */
  public static void warmUp() {
    try {
      loss(List.of(new HistoryRow(1, 1, null, 1, 0), new HistoryRow(2, 1e-3, null, 1, 0)));
    } catch (PlotException e) {
      return;
    }
  }

  private static List<NamedFile> encode(String name, Drawing drawing) {
    return List.of(
        new NamedFile(name + ".png", Png.encode(drawing)),
        new NamedFile(name + ".svg", Svg.encode(drawing)));
  }

  /** A JVM without fonts or font libraries fails in many ways, errors of linkage among them. */
  private static List<NamedFile> drawn(Callable<List<NamedFile>> drawing) {
    try {
      return List.copyOf(drawing.call());
    } catch (Exception | LinkageError | InternalError e) {
      throw new PlotException("the plots could not be drawn: " + reason(e), e);
    }
  }

  private static String reason(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
