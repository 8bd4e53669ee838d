package dev.slope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is drawn on it as a {@link Drawing}, so that a chart is laid out once for PNG and SVG
 * both. Images, gradients and composites are not part of a drawing and are refused.
 */
final class DrawingRecorder extends Graphics2D {
  private static final FontRenderContext OUTLINES = new FontRenderContext(null, true, true);

  private final int width;
  private final int height;
  private final List<Drawing.Mark> marks;
  private final AffineTransform transform;
  private RenderingHints hints = new RenderingHints(Map.of());
  private Color color = Color.BLACK;
  private Color background = Color.WHITE;
  private BasicStroke stroke = new BasicStroke();
  private Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private @Nullable Shape clip;

  private DrawingRecorder(
      int width, int height, List<Drawing.Mark> marks, AffineTransform transform) {
    this.width = width;
    this.height = height;
    this.marks = marks;
    this.transform = transform;
  }

  /** An empty picture. */
  static DrawingRecorder of(int width, int height) {
    return new DrawingRecorder(width, height, new ArrayList<>(), new AffineTransform());
  }

  /** What was drawn so far. */
  Drawing drawing() {
    return new Drawing(width, height, List.copyOf(marks));
  }

  @Override
  public void fill(Shape shape) {
    marks.add(new Drawing.Mark(onPicture(shape), color, null, clip));
  }

  /**
   * XChart draws a line through many points piece by piece. A piece that goes on where the last one
   * ended is joined to it: dashes then run through, and corners are round.
   */
  @Override
  public void draw(Shape shape) {
    Drawing.Mark mark = new Drawing.Mark(onPicture(shape), color, stroke, clip);
    Drawing.Mark last = marks.isEmpty() ? null : marks.get(marks.size() - 1);
    if (last != null && last.shape() instanceof Path2D line && goesOn(line, last, mark)) {
      line.append(mark.shape(), true);
    } else {
      marks.add(mark);
    }
  }

  private static boolean goesOn(Path2D line, Drawing.Mark last, Drawing.Mark next) {
    PathIterator start = next.shape().getPathIterator(null);
    if (start.isDone()
        || line.getCurrentPoint() == null
        || !Objects.equals(last.stroke(), next.stroke())
        || !last.color().equals(next.color())
        || last.clip() != next.clip()) {
      return false;
    }
    double[] at = new double[6];
    start.currentSegment(at);
    return line.getCurrentPoint().equals(new Point2D.Double(at[0], at[1]));
  }

  /** A copy, as the caller may go on changing its shape. An ellipse stays one where it can. */
  private Shape onPicture(Shape shape) {
    boolean moved = (transform.getType() & ~AffineTransform.TYPE_TRANSLATION) == 0;
    if (moved && shape instanceof Ellipse2D ellipse) {
      return new Ellipse2D.Double(
          ellipse.getX() + transform.getTranslateX(),
          ellipse.getY() + transform.getTranslateY(),
          ellipse.getWidth(),
          ellipse.getHeight());
    }
    return new Path2D.Double(shape, transform);
  }

  @Override
  public void drawString(String text, float x, float y) {
    fill(font.createGlyphVector(OUTLINES, text).getOutline(x, y));
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    fill(glyphs.getOutline(x, y));
  }

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    fill(new Rectangle(x, y, width, height));
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    marks.add(
        new Drawing.Mark(onPicture(new Rectangle(x, y, width, height)), background, null, clip));
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    draw(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    fill(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int start, int extent) {
    draw(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.OPEN));
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int start, int extent) {
    fill(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.PIE));
  }

  @Override
  public void drawPolyline(int[] x, int[] y, int points) {
    Path2D line = new Path2D.Double();
    for (int i = 0; i < points; i++) {
      if (i == 0) {
        line.moveTo(x[i], y[i]);
      } else {
        line.lineTo(x[i], y[i]);
      }
    }
    draw(line);
  }

  @Override
  public void drawPolygon(int[] x, int[] y, int points) {
    draw(new Polygon(x, y, points));
  }

  @Override
  public void fillPolygon(int[] x, int[] y, int points) {
    fill(new Polygon(x, y, points));
  }

  @Override
  public Graphics create() {
    DrawingRecorder copy =
        new DrawingRecorder(width, height, marks, new AffineTransform(transform));
    copy.hints = (RenderingHints) hints.clone();
    copy.color = color;
    copy.background = background;
    copy.stroke = stroke;
    copy.font = font;
    copy.clip = clip;
    return copy;
  }

  @Override
  public void dispose() {}

  @Override
  public void setColor(@Nullable Color color) {
    if (color != null) {
      this.color = color;
    }
  }

  @Override
  public Color getColor() {
    return color;
  }

  @Override
  public void setPaint(@Nullable Paint paint) {
    if (paint != null && !(paint instanceof Color)) {
      throw refused("a paint other than a colour");
    }
    setColor((Color) paint);
  }

  @Override
  public Paint getPaint() {
    return color;
  }

  @Override
  public void setStroke(Stroke stroke) {
    if (!(stroke instanceof BasicStroke basic)) {
      throw refused("a stroke other than BasicStroke");
    }
    this.stroke = basic;
  }

  @Override
  public Stroke getStroke() {
    return stroke;
  }

  @Override
  public void setFont(@Nullable Font font) {
    if (font != null) {
      this.font = font;
    }
  }

  @Override
  public Font getFont() {
    return font;
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return OUTLINES;
  }

  @Override
  public void setBackground(Color color) {
    background = color;
  }

  @Override
  public Color getBackground() {
    return background;
  }

  @Override
  public void setClip(@Nullable Shape clip) {
    this.clip = clip == null ? null : onPicture(clip);
  }

  @Override
  public void setClip(int x, int y, int width, int height) {
    setClip(new Rectangle(x, y, width, height));
  }

  @Override
  public void clip(Shape shape) {
    if (clip == null) {
      setClip(shape);
      return;
    }
    Area both = new Area(clip);
    both.intersect(new Area(onPicture(shape)));
    clip = both;
  }

  @Override
  public void clipRect(int x, int y, int width, int height) {
    clip(new Rectangle(x, y, width, height));
  }

  @Override
  public @Nullable Shape getClip() {
    return clip == null ? null : inUserSpace(clip);
  }

  @Override
  public @Nullable Rectangle getClipBounds() {
    Shape shape = getClip();
    return shape == null ? null : shape.getBounds();
  }

  private Shape inUserSpace(Shape shape) {
    AffineTransform inverse = new AffineTransform(transform);
    try {
      inverse.invert();
    } catch (NoninvertibleTransformException e) {
      return new Rectangle2D.Double();
    }
    return inverse.createTransformedShape(shape);
  }

  @Override
  public void translate(int x, int y) {
    transform.translate(x, y);
  }

  @Override
  public void translate(double x, double y) {
    transform.translate(x, y);
  }

  @Override
  public void rotate(double angle) {
    transform.rotate(angle);
  }

  @Override
  public void rotate(double angle, double x, double y) {
    transform.rotate(angle, x, y);
  }

  @Override
  public void scale(double x, double y) {
    transform.scale(x, y);
  }

  @Override
  public void shear(double x, double y) {
    transform.shear(x, y);
  }

  @Override
  public void transform(AffineTransform other) {
    transform.concatenate(other);
  }

  @Override
  public void setTransform(AffineTransform other) {
    transform.setTransform(other);
  }

  @Override
  public AffineTransform getTransform() {
    return new AffineTransform(transform);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key key, @Nullable Object value) {
    if (value == null) {
      hints.remove(key);
    } else {
      hints.put(key, value);
    }
  }

  @Override
  public @Nullable Object getRenderingHint(RenderingHints.Key key) {
    return hints.get(key);
  }

  @Override
  public void setRenderingHints(Map<?, ?> hints) {
    this.hints.clear();
    addRenderingHints(hints);
  }

  @Override
  public void addRenderingHints(Map<?, ?> hints) {
    this.hints.putAll(hints);
  }

  @Override
  public RenderingHints getRenderingHints() {
    return (RenderingHints) hints.clone();
  }

  @Override
  public boolean hit(Rectangle rectangle, Shape shape, boolean onStroke) {
    throw refused("hit testing");
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    throw refused("font metrics");
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    throw refused("a device");
  }

  @Override
  public void setComposite(Composite composite) {
    throw refused("a composite");
  }

  @Override
  public Composite getComposite() {
    throw refused("a composite");
  }

  @Override
  public void setPaintMode() {}

  @Override
  public void setXORMode(Color color) {
    throw refused("XOR mode");
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw refused("copying an area");
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    throw refused("attributed text");
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw refused("attributed text");
  }

  @Override
  public boolean drawImage(Image image, AffineTransform transform, ImageObserver observer) {
    throw refused("an image");
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp operation, int x, int y) {
    throw refused("an image");
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform transform) {
    throw refused("an image");
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform transform) {
    throw refused("an image");
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    throw refused("an image");
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, ImageObserver observer) {
    throw refused("an image");
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color color, ImageObserver observer) {
    throw refused("an image");
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, Color color, ImageObserver observer) {
    throw refused("an image");
  }

  @Override
  public boolean drawImage(
      Image image,
      int toX1,
      int toY1,
      int toX2,
      int toY2,
      int fromX1,
      int fromY1,
      int fromX2,
      int fromY2,
      ImageObserver observer) {
    throw refused("an image");
  }

  @Override
  public boolean drawImage(
      Image image,
      int toX1,
      int toY1,
      int toX2,
      int toY2,
      int fromX1,
      int fromY1,
      int fromX2,
      int fromY2,
      Color color,
      ImageObserver observer) {
    throw refused("an image");
  }

  private static UnsupportedOperationException refused(String what) {
    return new UnsupportedOperationException(
        "a drawing must be made of shapes and text, but was given " + what);
  }
}
