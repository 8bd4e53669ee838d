package dev.slope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture as the marks it is made of, later ones above earlier ones, on white. PNG and SVG are
 * both written from it, so that they show the same.
 *
 * @param width in points
 * @param height in points
 * @param title what the picture shows, for those who can't see it
 */
record Drawing(int width, int height, String title, List<Mark> marks) {
  Drawing {
    marks = List.copyOf(marks);
  }

  /** What stands on a picture. */
  sealed interface Mark {}

  /**
   * A filled shape.
   *
   * @param shape in the picture's coordinates
   * @param clip what may be drawn on; null for everywhere
   */
  record Area(Shape shape, Color color, @Nullable Shape clip) implements Mark {}

  /**
   * The outline of a shape.
   *
   * @param shape in the picture's coordinates
   * @param clip what may be drawn on; null for everywhere
   */
  record Line(Shape shape, Color color, BasicStroke stroke, @Nullable Shape clip) implements Mark {}

  /**
   * A text in one line.
   *
   * @param x where its anchor is
   * @param y its base line
   * @param size of the font, in points
   * @param upward whether it is read from below to above, turned around its anchor
   */
  record Text(String text, double x, double y, int size, Anchor anchor, boolean upward, Color color)
      implements Mark {}

  /** Which part of a text stands at its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }
}
