package dev.slope.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.knowm.xchart.XYChart;

/** The loss over the epochs. */
final class LossPlot {
  private static final double LOGARITHMIC_FROM_RATIO = 100;

  private LossPlot() {}

  /** Draws rows of finite losses, at least one. */
  static Drawing draw(List<HistoryRow> history) {
    List<HistoryRow> rows =
        LongStream.of(RowSample.indices(history.size(), FitPlot.MAX_POINTS))
            .mapToObj(i -> history.get((int) i))
            .toList();
    double[] epochs = rows.stream().mapToDouble(HistoryRow::epoch).toArray();
    double[] losses = rows.stream().mapToDouble(HistoryRow::loss).toArray();
    AxisRange x = AxisRange.around(epochs);
    double min = rows.stream().mapToDouble(HistoryRow::loss).min().orElseThrow();
    double max = rows.stream().mapToDouble(HistoryRow::loss).max().orElseThrow();
    boolean logarithmic = min > 0 && max / min > LOGARITHMIC_FROM_RATIO;
    AxisRange y = logarithmic ? logarithmicRange(losses) : AxisRange.around(losses);
    XYChart chart = ChartStyle.chart("epoch", "loss", x, y);
    chart.getStyler().setYAxisLogarithmic(logarithmic).setLegendVisible(false);
    ChartStyle.addLine(chart, "loss", new Points(epochs, losses));
    return ChartStyle.draw(chart);
  }

  private static AxisRange logarithmicRange(double[] values) {
    AxisRange exponents = AxisRange.around(DoubleStream.of(values).map(Math::log10).toArray());
    return new AxisRange(Math.pow(10, exponents.min()), Math.pow(10, exponents.max()));
  }
}
