package dev.slope.report;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The predictions of one label beside its true values.
 *
 * @param xName the x axis
 * @param yName the y axis
 * @param dots in green
 * @param dotsName in the legend
 * @param line dashed
 * @param lineName in the legend
 */
record FitPlot(
    String xName, String yName, Points dots, String dotsName, Points line, String lineName) {

  /** By label, a plot of each that has a row with finite numbers. */
  static Map<String, FitPlot> perLabel(ReportRows rows) {
    Map<String, FitPlot> plots = new LinkedHashMap<>();
    rows.targets()
        .forEach(
            (label, actual) -> {
              List<Double> predicted = rows.predictions(label);
              FitPlot plot =
                  rows.feature() != null && rows.x() != null
                      ? overFeature(rows.feature(), rows.x(), label, actual, predicted)
                      : predictedAgainstActual(label, actual, predicted);
              if (plot.dots.count() > 0 && plot.line.count() > 0) {
                plots.put(label, plot);
              }
            });
    return plots;
  }

  private static FitPlot overFeature(
      String feature, List<Double> x, String label, List<Double> actual, List<Double> predicted) {
    return new FitPlot(
        feature,
        label,
        Points.finiteByX(x, actual),
        "true data",
        Points.finiteByX(x, predicted),
        "predictions");
  }

  private static FitPlot predictedAgainstActual(
      String label, List<Double> actual, List<Double> predicted) {
    Points dots = Points.finiteByX(actual, predicted);
    DoubleSummaryStatistics both =
        DoubleStream.concat(DoubleStream.of(dots.x()), DoubleStream.of(dots.y()))
            .summaryStatistics();
    Points ends =
        dots.count() == 0
            ? new Points(new double[0], new double[0])
            : Points.diagonal(both.getMin(), both.getMax());
    return new FitPlot(
        "actual " + label, "predicted " + label, dots, "rows", ends, "predicted = actual");
  }

  Drawing draw() {
    return new Chart(
            Axis.linear(xName, AxisRange.around(dots.x(), line.x())),
            Axis.linear(yName, AxisRange.around(dots.y(), line.y())))
        .dots(dotsName, dots, Palette.TRUTH)
        .line(lineName, line, Palette.MODEL, Chart.DASHES)
        .draw(yName + " over " + xName);
  }
}
