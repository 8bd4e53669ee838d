package dev.slope.report;

import dev.slope.report.Drawing.Anchor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.PathIterator;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a drawing as SVG 1.1: the same bytes for the same drawing. Texts stay texts, which can be
 * found, read aloud and edited.
 */
final class Svg {
  private static final String[] CAPS = {"butt", "round", "square"};
  private static final String[] JOINS = {"miter", "round", "bevel"};

  /** Java's own sans serif first where it is DejaVu, then letters of about the same width. */
  private static final String FONTS = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

  private final StringBuilder svg = new StringBuilder(1 << 14);
  private final Map<String, String> clipIds = new LinkedHashMap<>();

  /** What the marks that are being written have in common; empty where there are none. */
  private String look = "";

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
        .append("\" role=\"img\" font-family=\"")
        .append(FONTS)
        .append("\">\n<title>")
        .append(escaped(drawing.title()))
        .append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (Drawing.Mark mark : drawing.marks()) {
      write(mark);
    }
    group("");
    return svg.append("</svg>\n").toString();
  }

  private void write(Drawing.Mark mark) {
    if (mark instanceof Drawing.Area area) {
      group(clipped(area.clip()) + paint("fill", area.color()));
      shape(area.shape());
    } else if (mark instanceof Drawing.Line line) {
      group(
          clipped(line.clip())
              + " fill=\"none\""
              + paint("stroke", line.color())
              + stroke(line.stroke()));
      shape(line.shape());
    } else if (mark instanceof Drawing.Text text) {
      group(
          paint("fill", text.color())
              + attribute("font-size", text.size())
              + anchored(text.anchor()));
      text(text);
    } else {
      throw new AssertionError("no element of " + mark.getClass().getSimpleName());
    }
  }

  /** Ends the group of the marks before, where the next ones look different. */
  private void group(String next) {
    if (next.equals(look)) {
      return;
    }
    if (!look.isEmpty()) {
      svg.append("</g>\n");
    }
    if (!next.isEmpty()) {
      svg.append("<g").append(next).append(">\n");
    }
    look = next;
  }

  private void shape(Shape shape) {
    if (shape instanceof Ellipse2D ellipse && ellipse.getWidth() == ellipse.getHeight()) {
      svg.append("<circle")
          .append(attribute("cx", ellipse.getCenterX()))
          .append(attribute("cy", ellipse.getCenterY()))
          .append(attribute("r", ellipse.getWidth() / 2));
    } else {
      svg.append("<path d=\"").append(path(shape)).append('"');
    }
    svg.append("/>\n");
  }

  private void text(Drawing.Text text) {
    svg.append("<text").append(attribute("x", text.x())).append(attribute("y", text.y()));
    if (text.upward()) {
      svg.append(" transform=\"rotate(-90 ")
          .append(number(text.x()))
          .append(' ')
          .append(number(text.y()))
          .append(")\"");
    }
    svg.append('>').append(escaped(text.text())).append("</text>\n");
  }

  private static String anchored(Anchor anchor) {
    return switch (anchor) {
      case START -> "";
      case MIDDLE -> " text-anchor=\"middle\"";
      case END -> " text-anchor=\"end\"";
    };
  }

  private static String stroke(BasicStroke stroke) {
    StringBuilder look = new StringBuilder(attribute("stroke-width", stroke.getLineWidth()));
    look.append(" stroke-linecap=\"")
        .append(CAPS[stroke.getEndCap()])
        .append("\" stroke-linejoin=\"")
        .append(JOINS[stroke.getLineJoin()])
        .append('"');
    float[] dashes = stroke.getDashArray();
    if (dashes != null) {
      look.append(" stroke-dasharray=\"");
      for (int i = 0; i < dashes.length; i++) {
        look.append(i == 0 ? "" : " ").append(number(dashes[i]));
      }
      look.append('"');
    }
    return look.toString();
  }

  /** A clip that is new is written at once: the group before must have ended. */
  private String clipped(@Nullable Shape clip) {
    if (clip == null) {
      return "";
    }
    String path = path(clip);
    String id = clipIds.get(path);
    if (id == null) {
      group("");
      id = "clip" + (clipIds.size() + 1);
      clipIds.put(path, id);
      svg.append("<clipPath id=\"")
          .append(id)
          .append("\"><path d=\"")
          .append(path)
          .append("\"/></clipPath>\n");
    }
    return " clip-path=\"url(#" + id + ")\"";
  }

  private static String paint(String property, Color color) {
    String paint = " %s=\"#%06x\"".formatted(property, color.getRGB() & 0xFFFFFF);
    return color.getAlpha() < 255
        ? paint + attribute(property + "-opacity", color.getAlpha() / 255.0)
        : paint;
  }

  private static String attribute(String name, double value) {
    return " " + name + "=\"" + number(value) + "\"";
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

  /** A name of the user's may have any character; what XML knows of none becomes a blank. */
  private static String escaped(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
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
