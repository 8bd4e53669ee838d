package dev.slope.report;

import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The predictions of one label beside its true values.
 *
 * @param fileName without an ending
 * @param xName the x axis
 * @param yName the y axis
 * @param dots in green
 * @param dotsName in the legend
 * @param line dashed
 * @param lineName in the legend
 */
record FitPlot(
    String fileName,
    String xName,
    String yName,
    Points dots,
    String dotsName,
    Points line,
    String lineName) {
  /** More dots than this hide each other, and make the SVG heavy. */
  static final int MAX_POINTS = 2_000;

  /** A plot for each label that has a row with finite numbers. */
  static List<FitPlot> perLabel(
      FloatMatrix features, FloatMatrix targets, FloatMatrix predictions) {
    long[] rows = RowSample.indices(targets.rows(), MAX_POINTS);
    List<FitPlot> plots = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int label = 0; label < targets.columns(); label++) {
      double[] actual = RowSample.column(targets, label, rows);
      double[] predicted = RowSample.column(predictions, label, rows);
      String name = targets.columns() == 1 ? "fit" : "fit_" + fileName(targets.names().get(label));
      String free = name;
      for (int i = 2; !names.add(free); i++) {
        free = name + "_" + i;
      }
      FitPlot plot =
          features.columns() == 1
              ? overFeature(
                  free,
                  features.names().get(0),
                  targets.names().get(label),
                  RowSample.column(features, 0, rows),
                  actual,
                  predicted)
              : predictedAgainstActual(free, targets.names().get(label), actual, predicted);
      if (plot.dots.count() > 0 && plot.line.count() > 0) {
        plots.add(plot);
      }
    }
    return plots;
  }

  private static FitPlot overFeature(
      String fileName,
      String feature,
      String label,
      double[] x,
      double[] actual,
      double[] predicted) {
    return new FitPlot(
        fileName,
        feature,
        label,
        Points.finiteByX(x, actual),
        "true data",
        Points.finiteByX(x, predicted),
        "predictions");
  }

  private static FitPlot predictedAgainstActual(
      String fileName, String label, double[] actual, double[] predicted) {
    Points dots = Points.finiteByX(actual, predicted);
    DoubleSummaryStatistics both =
        DoubleStream.concat(DoubleStream.of(dots.x()), DoubleStream.of(dots.y()))
            .summaryStatistics();
    double[] ends = dots.count() == 0 ? new double[0] : new double[] {both.getMin(), both.getMax()};
    return new FitPlot(
        fileName,
        "actual " + label,
        "predicted " + label,
        dots,
        "rows",
        new Points(ends, ends.clone()),
        "predicted = actual");
  }

  Drawing draw() {
    AxisRange x = AxisRange.around(dots.x(), line.x());
    AxisRange y = AxisRange.around(dots.y(), line.y());
    XYChart chart = ChartStyle.chart(xName, yName, x, y);
    ChartStyle.addDots(chart, dotsName, dots);
    ChartStyle.addDashes(chart, lineName, line);
    boolean falls = line.y()[line.count() - 1] < line.y()[0];
    chart.getStyler().setLegendPosition(falls ? LegendPosition.InsideNE : LegendPosition.InsideNW);
    return ChartStyle.draw(chart);
  }

  /** Letters, digits, dots and dashes stay; whatever a file system may refuse becomes a line. */
  /** Of plain letters only: a system in another locale may have no name for the others. */
  private static String fileName(String label) {
    return label.replaceAll("[^A-Za-z0-9.-]+", "_");
  }
}
