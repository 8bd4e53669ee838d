package dev.slope.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;

/** The letters of pictures. */
final class Texts {
  private static final FontRenderContext OUTLINES = new FontRenderContext(null, true, true);
  private static final String MORE = "\u2026";

  private Texts() {}

  /** The shapes of a text's letters, from the start of its base line. */
  static GlyphVector glyphs(String text, int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size).createGlyphVector(OUTLINES, text);
  }

  /** How wide a text is, in points. */
  static double width(String text, int size) {
    return text.isEmpty() ? 0 : glyphs(text, size).getLogicalBounds().getWidth();
  }

  /** A text, or its beginning and three dots where it is wider than there is room. */
  static String fitting(String text, int size, double room) {
    if (width(text, size) <= room) {
      return text;
    }
    int end = text.length();
    do {
      end = text.offsetByCodePoints(end, -1);
    } while (end > 0 && width(text.substring(0, end) + MORE, size) > room);
    return text.substring(0, end) + MORE;
  }
}
