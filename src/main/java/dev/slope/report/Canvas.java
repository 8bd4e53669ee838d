package dev.slope.report;

import dev.slope.report.Drawing.Anchor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a drawing comes to be. */
final class Canvas {
  private final int width;
  private final int height;
  private final List<Drawing.Mark> marks = new ArrayList<>();
  private @Nullable Shape clip;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** From now on marks other than texts end at the shape's edge; null for nowhere. */
  void clip(@Nullable Shape shape) {
    clip = shape;
  }

  void fill(Shape shape, Color color) {
    marks.add(new Drawing.Area(shape, color, clip));
  }

  void line(Shape shape, Color color, BasicStroke stroke) {
    marks.add(new Drawing.Line(shape, color, stroke, clip));
  }

  /** A straight line. */
  void line(double x1, double y1, double x2, double y2, Color color, BasicStroke stroke) {
    Path2D line = new Path2D.Double();
    line.moveTo(x1, y1);
    line.lineTo(x2, y2);
    line(line, color, stroke);
  }

  void dot(double x, double y, double radius, Color color) {
    fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), color);
  }

  /**
   * A text in ink.
   *
   * @param y its base line
   */
  void text(String text, double x, double y, int size, Anchor anchor) {
    text(text, x, y, size, anchor, Palette.INK);
  }

  /**
   * A text.
   *
   * @param y its base line
   */
  void text(String text, double x, double y, int size, Anchor anchor, Color color) {
    marks.add(new Drawing.Text(text, x, y, size, anchor, false, color));
  }

  /**
   * A text in ink that is read from below to above.
   *
   * @param x its base line
   */
  void upward(String text, double x, double y, int size, Anchor anchor) {
    marks.add(new Drawing.Text(text, x, y, size, anchor, true, Palette.INK));
  }

  /**
   * What was drawn so far.
   *
   * @param title what it shows
   */
  Drawing drawing(String title) {
    return new Drawing(width, height, title, marks);
  }
}
