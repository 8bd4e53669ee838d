package dev.slope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How every chart looks: ink on white, a light grid, dots in green and lines in blue. */
final class ChartStyle {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final Color GRID = new Color(0xE6, 0xE6, 0xE6);
  private static final Color FRAME = new Color(0xB0, 0xB0, 0xB0);
  private static final Color GREEN = new Color(0x2C, 0xA0, 0x2C, 0xB0);
  private static final Color BLUE = new Color(0x1F, 0x4E, 0x9E);
  private static final BasicStroke HAIRLINE = new BasicStroke(1f);
  private static final BasicStroke LINE =
      new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke DASHES =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 5f}, 0f);

  private ChartStyle() {}

  /** A chart without series. */
  static XYChart chart(String xName, String yName, AxisRange x, AxisRange y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(xName)
            .yAxisTitle(yName)
            .build();
    XYStyler styler = chart.getStyler();
    styler
        .setLocale(Locale.ROOT)
        .setChartTitleVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotBorderColor(FRAME)
        .setChartFontColor(INK)
        .setChartPadding(14)
        .setPlotContentSize(1)
        .setLegendBackgroundColor(new Color(255, 255, 255, 220))
        .setLegendBorderColor(GRID)
        .setLegendFont(font(14))
        .setLegendPadding(8);
    styler
        .setAxisTitleFont(font(15))
        .setAxisTickLabelsFont(font(13))
        .setAxisTickLabelsColor(INK)
        .setAxisTickMarksColor(FRAME)
        .setAxisTickMarksStroke(HAIRLINE)
        .setAxisTicksLineVisible(false)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(HAIRLINE)
        .setPlotMargin(0)
        .setYAxisLabelAlignment(TextAlignment.Right)
        .setXAxisMin(x.min())
        .setXAxisMax(x.max())
        .setYAxisMin(y.min())
        .setYAxisMax(y.max());
    return chart;
  }

  /** Green dots, smaller where there are many. */
  static void addDots(XYChart chart, String name, Points points) {
    XYSeries series = chart.addSeries(name, points.x(), points.y());
    series
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(GREEN);
    chart.getStyler().setMarkerSize(points.count() <= 100 ? 9 : points.count() <= 500 ? 7 : 5);
  }

  /** A dashed line. */
  static void addDashes(XYChart chart, String name, Points points) {
    addLine(chart, name, points).setLineStyle(DASHES);
  }

  /** A line; a dot where it has one point only. */
  static XYSeries addLine(XYChart chart, String name, Points points) {
    XYSeries series = chart.addSeries(name, points.x(), points.y());
    series
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
        .setMarker(points.count() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
        .setMarkerColor(BLUE)
        .setLineColor(BLUE)
        .setLineStyle(LINE);
    return series;
  }

  static Drawing draw(XYChart chart) {
    DrawingRecorder recorder = DrawingRecorder.of(WIDTH, HEIGHT);
    chart.paint(recorder, WIDTH, HEIGHT);
    return recorder.drawing();
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }
}
