package dev.slope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture as the shapes it is made of, later ones above earlier ones, on white. Text is among
 * them as outlines, so it looks the same wherever it is shown.
 *
 * @param width in points
 * @param height in points
 */
record Drawing(int width, int height, List<Mark> marks) {
  /**
   * A shape on the picture.
   *
   * @param shape in the picture's coordinates
   * @param stroke of its outline; null where the shape is filled
   * @param clip what may be drawn on; null for everywhere
   */
  record Mark(Shape shape, Color color, @Nullable BasicStroke stroke, @Nullable Shape clip) {}
}
