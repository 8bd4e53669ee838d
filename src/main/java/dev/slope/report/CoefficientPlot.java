package dev.slope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Coefficients below each other, the largest first: dots with their intervals where they are known,
 * else bars from 0.
 */
final class CoefficientPlot {
  /** For axes, names and a legend. */
  private static final int MARGINS = 110;

  private static final double INPUT_HEIGHT = 20;
  private static final double OUTPUT_HEIGHT = 9;
  private static final int LEAST_HEIGHT = 260;
  private static final BasicStroke INTERVAL = new BasicStroke(2f);

  private final ShownCoefficients shown;

  CoefficientPlot(ShownCoefficients shown) {
    this.shown = shown;
  }

  Drawing draw() {
    int count = shown.outputs().size();
    Chart chart =
        new Chart(
            Chart.WIDTH,
            (int)
                Math.max(
                    LEAST_HEIGHT,
                    MARGINS + shown.names().size() * Math.max(INPUT_HEIGHT, count * OUTPUT_HEIGHT)),
            Axis.linear(axisName(), range()),
            Axis.down(count == 1 ? shown.outputs().get(0).score() : "input", shown.names()));
    chart.layer(
        (plane, canvas) ->
            canvas.line(
                plane.x(0),
                plane.bounds().getY(),
                plane.x(0),
                plane.bounds().getMaxY(),
                Palette.FRAME,
                Chart.HAIRLINE));
    for (int place = 0; place < count; place++) {
      int output = place;
      Color color = Palette.series(place, count);
      chart.layer((plane, canvas) -> paint(plane, canvas, output, color));
      if (count > 1) {
        chart.key(
            shown.outputs().get(place).score(),
            Chart.DOT_WIDTH,
            (canvas, at, middle) -> canvas.dot(at, middle, 4, color));
      }
    }
    return chart.draw("coefficients");
  }

  private String axisName() {
    String name =
        "coefficient on the scale of training" + (shown.haveIntervals() ? ", 95 % interval" : "");
    return shown.names().size() == shown.inputs()
        ? name
        : name
            + String.format(
                Locale.ROOT, ", the %d largest of %,d", shown.names().size(), shown.inputs());
  }

  private AxisRange range() {
    List<double[]> series = new ArrayList<>(List.of(new double[] {0}));
    for (ShownCoefficients.OfOutput output : shown.outputs()) {
      Stream.of(output.values(), ends(output, output.low()), ends(output, output.high()))
          .map(values -> values.stream().mapToDouble(Double::doubleValue).toArray())
          .forEach(series::add);
    }
    return AxisRange.around(series.toArray(double[][]::new));
  }

  /** Intervals of some outputs alone are not drawn. */
  private List<Double> ends(ShownCoefficients.OfOutput output, @Nullable List<Double> ends) {
    return ends != null && shown.haveIntervals() ? ends : output.values();
  }

  /** Each output has a lane of its own in the row of an input. */
  private void paint(Chart.Plane plane, Canvas canvas, int output, Color color) {
    ShownCoefficients.OfOutput coefficients = shown.outputs().get(output);
    int count = shown.outputs().size();
    double lane = (plane.y(1) - plane.y(0)) / (count + 1);
    double radius = count == 1 ? 4 : 3;
    for (int input = 0; input < shown.names().size(); input++) {
      double y = plane.y(input) + lane * (output - (count - 1) / 2.0);
      double x = plane.x(coefficients.values().get(input));
      if (shown.haveIntervals()) {
        canvas.line(
            plane.x(ends(coefficients, coefficients.low()).get(input)),
            y,
            plane.x(ends(coefficients, coefficients.high()).get(input)),
            y,
            color,
            INTERVAL);
        canvas.dot(x, y, radius, color);
      } else {
        double thickness = count == 1 ? lane : 0.8 * lane;
        double left = Math.min(x, plane.x(0));
        canvas.fill(
            new Rectangle2D.Double(left, y - thickness / 2, Math.abs(x - plane.x(0)), thickness),
            color);
      }
    }
  }
}
