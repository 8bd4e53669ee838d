package dev.slope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.PathIterator;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a drawing as SVG 1.1: the same bytes for the same drawing. */
final class Svg {
  private static final String[] CAPS = {"butt", "round", "square"};
  private static final String[] JOINS = {"miter", "round", "bevel"};

  private final StringBuilder svg = new StringBuilder(1 << 14);
  private final Map<String, String> clipIds = new LinkedHashMap<>();

  private Svg() {}

  static byte[] encode(Drawing drawing) {
    return new Svg().write(drawing).getBytes(StandardCharsets.UTF_8);
  }

  private String write(Drawing drawing) {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(drawing.width())
        .append("\" height=\"")
        .append(drawing.height())
        .append("\" viewBox=\"0 0 ")
        .append(drawing.width())
        .append(' ')
        .append(drawing.height())
        .append("\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (Drawing.Mark mark : drawing.marks()) {
      write(mark);
    }
    return svg.append("</svg>\n").toString();
  }

  private void write(Drawing.Mark mark) {
    Shape clip = mark.clip();
    String clipId = clip == null ? "" : clipId(clip);
    if (mark.shape() instanceof Ellipse2D ellipse) {
      svg.append("<ellipse");
      attribute("cx", ellipse.getCenterX());
      attribute("cy", ellipse.getCenterY());
      attribute("rx", ellipse.getWidth() / 2);
      attribute("ry", ellipse.getHeight() / 2);
    } else {
      svg.append("<path d=\"").append(path(mark.shape())).append('"');
    }
    if (!clipId.isEmpty()) {
      svg.append(" clip-path=\"url(#").append(clipId).append(")\"");
    }
    BasicStroke stroke = mark.stroke();
    if (stroke == null) {
      paint("fill", mark.color());
    } else {
      svg.append(" fill=\"none\"");
      paint("stroke", mark.color());
      writeStroke(stroke);
    }
    svg.append("/>\n");
  }

  private void writeStroke(BasicStroke stroke) {
    attribute("stroke-width", stroke.getLineWidth());
    svg.append(" stroke-linecap=\"")
        .append(CAPS[stroke.getEndCap()])
        .append("\" stroke-linejoin=\"")
        .append(JOINS[stroke.getLineJoin()])
        .append('"');
    float[] dashes = stroke.getDashArray();
    if (dashes != null) {
      svg.append(" stroke-dasharray=\"");
      for (int i = 0; i < dashes.length; i++) {
        svg.append(i == 0 ? "" : " ").append(number(dashes[i]));
      }
      svg.append('"');
    }
  }

  private String clipId(Shape clip) {
    String path = path(clip);
    String known = clipIds.get(path);
    if (known != null) {
      return known;
    }
    String id = "clip" + (clipIds.size() + 1);
    clipIds.put(path, id);
    svg.append("<clipPath id=\"")
        .append(id)
        .append("\"><path d=\"")
        .append(path)
        .append("\"/></clipPath>\n");
    return id;
  }

  private void paint(String property, Color color) {
    svg.append(" %s=\"#%06x\"".formatted(property, color.getRGB() & 0xFFFFFF));
    if (color.getAlpha() < 255) {
      attribute(property + "-opacity", color.getAlpha() / 255.0);
    }
  }

  private void attribute(String name, double value) {
    svg.append(' ').append(name).append("=\"").append(number(value)).append('"');
  }

  private static String path(Shape shape) {
    StringBuilder path = new StringBuilder();
    double[] at = new double[6];
    for (PathIterator it = shape.getPathIterator(null); !it.isDone(); it.next()) {
      int segment = it.currentSegment(at);
      path.append("MLQCZ".charAt(segment));
      int numbers = segment == PathIterator.SEG_CLOSE ? 0 : segment <= 1 ? 2 : 2 * segment;
      for (int i = 0; i < numbers; i++) {
        path.append(i == 0 ? "" : " ").append(number(at[i]));
      }
    }
    return path.toString();
  }

  /** At most two decimals: a hundredth of a point is below what a screen shows. */
  private static String number(double value) {
    long hundredths = Math.round(value * 100);
    long whole = hundredths / 100;
    long rest = Math.abs(hundredths % 100);
    String sign = hundredths < 0 && whole == 0 ? "-" : "";
    if (rest == 0) {
      return Long.toString(whole);
    }
    String decimals = rest < 10 ? "0" + rest : Long.toString(rest);
    return sign + whole + "." + (rest % 10 == 0 ? decimals.substring(0, 1) : decimals);
  }
}
