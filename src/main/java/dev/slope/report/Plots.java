package dev.slope.report;

import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The pictures of a run, each as PNG and as SVG, in memory. */
public final class Plots {
  private Plots() {}

  /**
   * What the model predicts beside what is true: over the feature where there is one, else
   * predicted against actual. Named {@code fit}, with several labels {@code fit_<label>}.
   *
   * @param features as the user gave them, unscaled
   * @param targets a column per label
   * @param predictions as many rows and columns as the targets
   * @return a PNG and an SVG per label that has a finite point
   * @throws PlotException where this machine can't draw
   */
  public static List<NamedFile> fit(
      FloatMatrix features, FloatMatrix targets, FloatMatrix predictions) {
    return drawn(
        () -> {
          List<NamedFile> files = new ArrayList<>();
          for (FitPlot plot : FitPlot.perLabel(features, targets, predictions)) {
            files.addAll(encode(plot.fileName(), plot.draw()));
          }
          return files;
        });
  }

  /**
   * The loss over the epochs, {@code loss.png} and {@code loss.svg}; logarithmic where it is
   * positive and spans more than two decades.
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
