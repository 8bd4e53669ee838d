package dev.slope.report;

import dev.slope.report.Drawing.Anchor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Two axes and what lies between them. The legend stands above, where it hides no data. */
final class Chart {
  static final int WIDTH = 800;
  static final int HEIGHT = 500;

  static final BasicStroke HAIRLINE = new BasicStroke(1f);
  static final BasicStroke LINE =
      new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final BasicStroke DASHES =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 5f}, 0f);

  static final int LABEL_SIZE = 13;
  private static final int NAME_SIZE = 15;
  private static final int LEGEND_SIZE = 14;

  private static final double PADDING = 14;
  private static final double GAP = 8;
  private static final double LEGEND_ROW = 24;
  static final double LINE_WIDTH = 28;
  static final double DOT_WIDTH = 10;
  private static final double LONGEST_LABEL = 210;

  /** Points of a line that are closer than this can't be told apart. */
  private static final double NEAR = 0.4;

  /**
   * Where the data lie.
   *
   * @param bounds on the picture
   */
  record Plane(Rectangle2D bounds, Axis x, Axis y) {
    double x(double value) {
      return bounds.getX() + x.part(value) * bounds.getWidth();
    }

    double y(double value) {
      return bounds.getMaxY() - y.part(value) * bounds.getHeight();
    }
  }

  /** Something drawn on the plane. */
  interface Layer {
    void paint(Plane plane, Canvas canvas);
  }

  /** How something looks, for the legend. */
  interface Sample {
    /**
     * Draws it.
     *
     * @param x its middle
     * @param y its middle
     */
    void paint(Canvas canvas, double x, double y);
  }

  private record Key(String name, double width, Sample sample) {}

  private final int width;
  private final int height;
  private final Axis x;
  private final Axis y;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Layer> beside = new ArrayList<>();
  private final List<Key> keys = new ArrayList<>();
  private double besideWidth;

  /** A chart of the usual size without data. */
  Chart(Axis x, Axis y) {
    this(WIDTH, HEIGHT, x, y);
  }

  /**
   * A chart without data.
   *
   * @param width of the picture, in points
   * @param height of the same
   */
  Chart(int width, int height, Axis x, Axis y) {
    this.width = width;
    this.height = height;
    this.x = x;
    this.y = y;
  }

  /** Something above all that was added before. It ends at the frame. */
  Chart layer(Layer layer) {
    layers.add(layer);
    return this;
  }

  /** Something to the right of the frame, so wide. */
  Chart beside(double width, Layer layer) {
    besideWidth = width;
    beside.add(layer);
    return this;
  }

  /**
   * An entry of the legend.
   *
   * @param width of the sample
   */
  Chart key(String name, double width, Sample sample) {
    keys.add(new Key(name, width, sample));
    return this;
  }

  /** Dots, smaller where there are many. */
  Chart dots(Points points, Color color) {
    double radius = radius(points);
    return layer(
        (plane, canvas) -> {
          for (int i = 0; i < points.count(); i++) {
            canvas.dot(plane.x(points.x()[i]), plane.y(points.y()[i]), radius, color);
          }
        });
  }

  private static double radius(Points points) {
    return points.count() <= 100 ? 4.5 : points.count() <= 500 ? 3.5 : 2.5;
  }

  /** Dots that the legend names. */
  Chart dots(String name, Points points, Color color) {
    double radius = radius(points);
    return dots(points, color)
        .key(name, DOT_WIDTH, (canvas, at, y) -> canvas.dot(at, y, radius, color));
  }

  /** A line through points; a dot where there is but one. */
  Chart line(Points points, Color color, BasicStroke stroke) {
    return layer(
        (plane, canvas) -> {
          if (points.count() == 1) {
            canvas.dot(plane.x(points.x()[0]), plane.y(points.y()[0]), radius(points), color);
          } else {
            canvas.line(path(plane, points), color, stroke);
          }
        });
  }

  /** A line that the legend names. */
  Chart line(String name, Points points, Color color, BasicStroke stroke) {
    return line(points, color, stroke)
        .key(
            name,
            LINE_WIDTH,
            (canvas, at, y) ->
                canvas.line(at - LINE_WIDTH / 2, y, at + LINE_WIDTH / 2, y, color, stroke));
  }

  private static Path2D path(Plane plane, Points points) {
    Path2D path = new Path2D.Double();
    double lastX = plane.x(points.x()[0]);
    double lastY = plane.y(points.y()[0]);
    path.moveTo(lastX, lastY);
    for (int i = 1; i < points.count(); i++) {
      double nextX = plane.x(points.x()[i]);
      double nextY = plane.y(points.y()[i]);
      if (i + 1 == points.count() || Math.hypot(nextX - lastX, nextY - lastY) >= NEAR) {
        path.lineTo(nextX, nextY);
        lastX = nextX;
        lastY = nextY;
      }
    }
    return path;
  }

  /**
   * Lays it out and draws it.
   *
   * @param title what it shows
   */
  Drawing draw(String title) {
    Canvas canvas = new Canvas(width, height);
    double left =
        PADDING + NAME_SIZE + 3 * GAP + labelWidth(y.ticks(height - 6 * PADDING, rowRoom()));
    double right = width - PADDING - GAP - besideWidth;
    List<List<Key>> legend = legendRows(right - left);
    double top = PADDING + (legend.isEmpty() ? 0 : legend.size() * LEGEND_ROW + GAP);
    boolean upward = x.scale() == Axis.Scale.CATEGORIES && isTooWide(right - left);
    double labels = upward ? labelWidth(x.ticks(right - left, LABEL_SIZE + 3)) : LABEL_SIZE;
    double bottom = height - PADDING - NAME_SIZE - 2 * GAP - labels;
    Plane plane = new Plane(new Rectangle2D.Double(left, top, right - left, bottom - top), x, y);
    paintLegend(canvas, legend, left);
    paintAxes(canvas, plane, upward);
    canvas.clip(plane.bounds());
    layers.forEach(layer -> layer.paint(plane, canvas));
    canvas.clip(null);
    canvas.line(plane.bounds(), Palette.FRAME, HAIRLINE);
    beside.forEach(layer -> layer.paint(plane, canvas));
    return canvas.drawing(title);
  }

  private double rowRoom() {
    return y.scale() == Axis.Scale.CATEGORIES ? LABEL_SIZE + 3 : 44;
  }

  private static double labelWidth(List<Axis.Tick> ticks) {
    return ticks.stream()
        .mapToDouble(tick -> Math.min(LONGEST_LABEL, Texts.width(tick.label(), LABEL_SIZE)))
        .max()
        .orElse(0);
  }

  private boolean isTooWide(double length) {
    double room = length / x.categories().size() - GAP;
    return x.categories().stream().anyMatch(name -> Texts.width(name, LABEL_SIZE) > room);
  }

  /** Entries from left to right, as many in a row as fit. */
  private List<List<Key>> legendRows(double length) {
    List<List<Key>> rows = new ArrayList<>();
    double used = length;
    for (Key key : keys) {
      String name = Texts.fitting(key.name(), LEGEND_SIZE, length - key.width() - 3 * GAP);
      Key shown = new Key(name, key.width(), key.sample());
      double room = width(shown);
      if (used + room > length) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(shown);
      used += room;
    }
    return rows;
  }

  private static double width(Key key) {
    return key.width() + 3 * GAP + Texts.width(key.name(), LEGEND_SIZE);
  }

  private static void paintLegend(Canvas canvas, List<List<Key>> rows, double left) {
    double middle = PADDING + LEGEND_ROW / 2;
    for (List<Key> row : rows) {
      double at = left;
      for (Key key : row) {
        key.sample().paint(canvas, at + key.width() / 2, middle);
        canvas.text(
            key.name(),
            at + key.width() + GAP,
            middle + onMiddle(LEGEND_SIZE),
            LEGEND_SIZE,
            Anchor.START);
        at += width(key);
      }
      middle += LEGEND_ROW;
    }
  }

  /** How far below its middle a text's base line is: half the height of a digit. */
  static double onMiddle(int size) {
    return 0.36 * size;
  }

  private void paintAxes(Canvas canvas, Plane plane, boolean upward) {
    Rectangle2D bounds = plane.bounds();
    double columnRoom = x.scale() == Axis.Scale.CATEGORIES ? LABEL_SIZE + 3 : 75;
    List<Axis.Tick> columns = x.ticks(bounds.getWidth(), columnRoom);
    List<Axis.Tick> rows = y.ticks(bounds.getHeight(), rowRoom());
    for (Axis.Tick tick : columns) {
      double at = plane.x(tick.value());
      if (x.scale() != Axis.Scale.CATEGORIES) {
        canvas.line(at, bounds.getY(), at, bounds.getMaxY(), Palette.GRID, HAIRLINE);
      }
      String label = Texts.fitting(tick.label(), LABEL_SIZE, LONGEST_LABEL);
      if (upward) {
        canvas.upward(
            label, at + onMiddle(LABEL_SIZE), bounds.getMaxY() + GAP, LABEL_SIZE, Anchor.END);
      } else {
        canvas.text(label, at, bounds.getMaxY() + GAP + 10, LABEL_SIZE, Anchor.MIDDLE);
      }
    }
    for (Axis.Tick tick : rows) {
      double at = plane.y(tick.value());
      canvas.line(bounds.getX(), at, bounds.getMaxX(), at, Palette.GRID, HAIRLINE);
      canvas.text(
          Texts.fitting(tick.label(), LABEL_SIZE, LONGEST_LABEL),
          bounds.getX() - GAP,
          at + onMiddle(LABEL_SIZE),
          LABEL_SIZE,
          Anchor.END);
    }
    canvas.text(
        Texts.fitting(x.name(), NAME_SIZE, bounds.getWidth()),
        bounds.getCenterX(),
        height - PADDING - 2,
        NAME_SIZE,
        Anchor.MIDDLE);
    canvas.upward(
        Texts.fitting(y.name(), NAME_SIZE, bounds.getHeight()),
        PADDING + NAME_SIZE - 2,
        bounds.getCenterY(),
        NAME_SIZE,
        Anchor.MIDDLE);
  }
}
