package dev.slope.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a drawing as PNG (W3C, second edition): 24-bit colour, two pixels a point, every line
 * stored as the difference from the one above.
 *
 * <p>Written here because ImageIO looks for plug-ins first, which takes a cold JVM longer than the
 * picture.
 */
final class Png {
  private static final int PIXELS_PER_POINT = 2;
  private static final int PIXELS_PER_METRE = PIXELS_PER_POINT * 2835;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte FILTER_UP = 2;

  private Png() {}

  static byte[] encode(Drawing drawing) {
    BufferedImage image = render(drawing);
    int width = image.getWidth();
    int height = image.getHeight();
    ByteArrayOutputStream png = new ByteArrayOutputStream(1 << 16);
    png.writeBytes(SIGNATURE);
    // Bit depth 8, colour type 2 (RGB), the only compression and filter methods, no interlace.
    byte[] header = {0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0};
    ByteBuffer.wrap(header).putInt(width).putInt(height);
    writeChunk(png, "IHDR", header);
    writeChunk(
        png,
        "pHYs",
        ByteBuffer.allocate(9)
            .putInt(PIXELS_PER_METRE)
            .putInt(PIXELS_PER_METRE)
            .put((byte) 1)
            .array());
    writeChunk(png, "IDAT", deflate(scanLines(image, width, height)));
    writeChunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static BufferedImage render(Drawing drawing) {
    BufferedImage image =
        new BufferedImage(
            drawing.width() * PIXELS_PER_POINT,
            drawing.height() * PIXELS_PER_POINT,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      drawing.marks().forEach(mark -> paint(mark, graphics));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void paint(Drawing.Mark mark, Graphics2D graphics) {
    if (mark instanceof Drawing.Area area) {
      graphics.setClip(area.clip());
      graphics.setColor(area.color());
      graphics.fill(area.shape());
    } else if (mark instanceof Drawing.Line line) {
      graphics.setClip(line.clip());
      graphics.setColor(line.color());
      graphics.setStroke(line.stroke());
      graphics.draw(line.shape());
    } else if (mark instanceof Drawing.Text text) {
      graphics.setClip(null);
      graphics.setColor(text.color());
      graphics.fill(letters(text));
    } else {
      throw new AssertionError("no pixels of " + mark.getClass().getSimpleName());
    }
  }

  private static Shape letters(Drawing.Text text) {
    GlyphVector glyphs = Texts.glyphs(text.text(), text.size());
    double width = glyphs.getLogicalBounds().getWidth();
    AffineTransform place = AffineTransform.getTranslateInstance(text.x(), text.y());
    if (text.upward()) {
      place.rotate(-Math.PI / 2);
    }
    place.translate(
        switch (text.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        },
        0);
    return place.createTransformedShape(glyphs.getOutline());
  }

  private static byte[] scanLines(BufferedImage image, int width, int height) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] lines = new byte[height * (1 + 3 * width)];
    int at = 0;
    for (int y = 0; y < height; y++) {
      lines[at++] = FILTER_UP;
      for (int x = 0; x < width; x++) {
        int pixel = pixels[y * width + x];
        int above = y == 0 ? 0 : pixels[(y - 1) * width + x];
        lines[at++] = (byte) ((pixel >> 16) - (above >> 16));
        lines[at++] = (byte) ((pixel >> 8) - (above >> 8));
        lines[at++] = (byte) (pixel - above);
      }
    }
    return lines;
  }

  private static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream compressed = new ByteArrayOutputStream(1 << 16);
      byte[] buffer = new byte[1 << 14];
      while (!deflater.finished()) {
        compressed.write(buffer, 0, deflater.deflate(buffer));
      }
      return compressed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Length, type, data and the checksum of type and data. */
  private static void writeChunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    png.writeBytes(
        ByteBuffer.allocate(data.length + 12)
            .putInt(data.length)
            .put(name)
            .put(data)
            .putInt((int) checksum.getValue())
            .array());
  }
}
