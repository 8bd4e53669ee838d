package dev.slope.report;

import dev.slope.report.Drawing.Anchor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loss over two parameters, the others at their optimum, as contours, and the way of gradient
 * descent. The loss is quadratic, so that a contour is an ellipse: {@code d' H d / 2 = height}.
 */
final class CostPlot {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 560;
  private static final double SCALE_WIDTH = 92;

  /** As far as the start is from the optimum, and this much more. */
  private static final double SPAN = 1.6;

  private static final double SMALLEST_SPAN = 1e-6;

  /** Heights are told apart on a logarithmic scale that begins here, as a part of a corner's. */
  private static final double FLOOR = 1e-3;

  /** Less curvature than this part of the larger one is taken for this much. */
  private static final double LEAST_CURVATURE = 1e-12;

  private static final double STEPS_APART = 5;
  private static final BasicStroke CONTOUR = new BasicStroke(0.8f);
  private static final Color CONTOUR_COLOR = new Color(255, 255, 255, 90);
  private static final BasicStroke CROSS = new BasicStroke(2.5f);
  private static final BasicStroke AROUND_CROSS = new BasicStroke(5f);

  private final CostSurface surface;
  private final int first;
  private final int second;

  CostPlot(CostSurface surface) {
    this.surface = surface;
    this.first = surface.shown().get(0);
    this.second = surface.shown().get(1);
  }

  Drawing draw() {
    Axis x = axis(first);
    Axis y = axis(second);
    double rate = surface.drawnRate();
    Chart chart = new Chart(WIDTH, HEIGHT, x, y);
    chart
        .layer(this::paintContours)
        .layer((plane, canvas) -> paintPath(plane, canvas, rate))
        .layer(
            (plane, canvas) ->
                paintCross(
                    canvas,
                    plane.x(surface.optimum().get(first)),
                    plane.y(surface.optimum().get(second))))
        .key(
            "gradient descent, learning rate " + number(rate),
            Chart.LINE_WIDTH,
            (canvas, at, middle) -> {
              canvas.line(at - 14, middle, at + 14, middle, Palette.WAY, Chart.LINE);
              canvas.dot(at, middle, 3, Palette.WAY);
            })
        .key("optimum", Chart.DOT_WIDTH, CostPlot::paintCross)
        .beside(SCALE_WIDTH, this::paintScale);
    return chart.draw("contours of the loss over %s and %s".formatted(x.name(), y.name()));
  }

  private Axis axis(int parameter) {
    String name = surface.names().get(parameter);
    double middle = surface.optimum().get(parameter);
    double span = span(parameter);
    return Axis.linear(
        name.startsWith("(") ? name.substring(1, name.length() - 1) : "weight of " + name,
        new AxisRange(middle - span, middle + span));
  }

  private double span(int parameter) {
    double optimum = surface.optimum().get(parameter);
    double way = Math.abs(surface.start().get(parameter) - optimum);
    return SPAN * Math.max(Math.max(way, Math.abs(optimum) / 2), SMALLEST_SPAN);
  }

  /** How far above the optimum the loss is, so far from the optimum. */
  private double height(double dx, double dy) {
    return (surface.curvature(first, first) * dx * dx
            + 2 * surface.curvature(first, second) * dx * dy
            + surface.curvature(second, second) * dy * dy)
        / 2;
  }

  /** The heights between one colour and the next, ascending. */
  List<Double> levels() {
    double floor = FLOOR * height(span(first), span(second));
    double highest =
        Math.max(height(span(first), span(second)), height(span(first), -span(second)));
    double from = Math.log10(floor);
    double to = Math.log10(highest + floor);
    List<Double> levels = new ArrayList<>();
    for (int place = 1; place < Palette.heights(); place++) {
      levels.add(Math.pow(10, from + (to - from) * place / Palette.heights()) - floor);
    }
    return levels;
  }

  private void paintContours(Chart.Plane plane, Canvas canvas) {
    List<Double> levels = levels();
    canvas.fill(plane.bounds(), Palette.height(levels.size()));
    for (int place = levels.size() - 1; place >= 0; place--) {
      Path2D contour = contour(plane, levels.get(place));
      canvas.fill(contour, Palette.height(place));
      canvas.line(contour, CONTOUR_COLOR, CONTOUR);
    }
  }

  /**
   * Of the unit circle u: d = sqrt(2 height) L'^-1 u, where the two rows and columns of H that are
   * drawn are L L'.
   */
  Path2D contour(Chart.Plane plane, double height) {
    double a = surface.curvature(first, first);
    double b = surface.curvature(first, second);
    double c = surface.curvature(second, second);
    double least = LEAST_CURVATURE * Math.max(a, c);
    double l11 = Math.sqrt(Math.max(a, least));
    double l21 = b / l11;
    double l22 = Math.sqrt(Math.max(c - l21 * l21, least));
    double radius = Math.sqrt(2 * height);
    double x = surface.optimum().get(first);
    double y = surface.optimum().get(second);
    double perX = plane.x(x + 1) - plane.x(x);
    double perY = plane.y(y + 1) - plane.y(y);
    AffineTransform onPicture =
        new AffineTransform(
            perX * radius / l11,
            0,
            -perX * radius * l21 / (l11 * l22),
            perY * radius / l22,
            plane.x(x),
            plane.y(y));
    return new Path2D.Double(new Ellipse2D.Double(-1, -1, 2, 2), onPicture);
  }

  /** Steps that can be told apart have a dot. */
  private void paintPath(Chart.Plane plane, Canvas canvas, double rate) {
    Rectangle2D bounds = plane.bounds();
    Rectangle2D around =
        new Rectangle2D.Double(
            bounds.getX() - bounds.getWidth(),
            bounds.getY() - bounds.getHeight(),
            3 * bounds.getWidth(),
            3 * bounds.getHeight());
    Path2D line = new Path2D.Double();
    List<double[]> dots = new ArrayList<>();
    double[] last = null;
    for (double[] parameters : surface.path(rate)) {
      double[] at = {plane.x(parameters[first]), plane.y(parameters[second])};
      if (last == null) {
        line.moveTo(at[0], at[1]);
      } else if (Math.hypot(at[0] - last[0], at[1] - last[1]) >= 1) {
        line.lineTo(at[0], at[1]);
      } else {
        continue;
      }
      last = at;
      double[] dot = dots.isEmpty() ? null : dots.get(dots.size() - 1);
      if (dot == null || Math.hypot(at[0] - dot[0], at[1] - dot[1]) >= STEPS_APART) {
        dots.add(at);
      }
      if (!around.contains(at[0], at[1])) {
        break;
      }
    }
    canvas.line(line, Palette.WAY, Chart.LINE);
    for (int i = 0; i < dots.size(); i++) {
      canvas.dot(dots.get(i)[0], dots.get(i)[1], i == 0 ? 5 : 2.5, Palette.WAY);
    }
  }

  private static void paintCross(Canvas canvas, double x, double y) {
    Path2D cross = new Path2D.Double();
    cross.moveTo(x - 5, y - 5);
    cross.lineTo(x + 5, y + 5);
    cross.moveTo(x - 5, y + 5);
    cross.lineTo(x + 5, y - 5);
    canvas.line(cross, Palette.INK, AROUND_CROSS);
    canvas.line(cross, Color.WHITE, CROSS);
  }

  /** What the colours mean. */
  private void paintScale(Chart.Plane plane, Canvas canvas) {
    double left = plane.bounds().getMaxX() + 18;
    double step = plane.bounds().getHeight() / Palette.heights();
    for (int place = 0; place < Palette.heights(); place++) {
      double top = plane.bounds().getMaxY() - (place + 1) * step;
      canvas.fill(new Rectangle2D.Double(left, top, 14, step), Palette.height(place));
    }
    List<Double> levels = levels();
    for (int place = 0; place < levels.size(); place += 3) {
      double at = plane.bounds().getMaxY() - (place + 1) * step;
      canvas.text(
          number(surface.optimalLoss() + levels.get(place)),
          left + 20,
          at + Chart.onMiddle(Chart.LABEL_SIZE),
          Chart.LABEL_SIZE,
          Anchor.START);
    }
    canvas.text("loss", left, plane.bounds().getY() - 8, Chart.LABEL_SIZE, Anchor.START);
  }

  private static String number(double value) {
    return value >= 1e-3 && value < 1e5
        ? plain(String.format(Locale.ROOT, "%." + digits(value) + "f", value))
        : String.format(Locale.ROOT, "%.1e", value)
            .replaceAll("e([+-])0?", "e$1")
            .replace("e+", "e");
  }

  /** Three significant digits. */
  private static int digits(double value) {
    return Math.max(0, 2 - (int) Math.floor(Math.log10(value)));
  }

  private static String plain(String number) {
    return number.contains(".") ? number.replaceAll("\\.?0+$", "") : number;
  }
}
