package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.CalibrationBin;
import dev.slope.evaluation.ClassCurves;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PlotsTest {
  private static final int GREEN = 0x2A9D4A;
  private static final FloatMatrix X = matrix("x", 0, 1, 2, 3);
  private static final FloatMatrix Y = matrix("y", 1, 3, 5, 7);

  @Test
  void oneFeatureShowsADotPerRowAndADashedLine() throws Exception {
    List<NamedFile> files = fit(X, Y, matrix("y", 1, 3, 5, 7));

    assertThat(files).extracting(NamedFile::name).containsExactly("fit.png", "fit.svg");
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(files.get(0).bytes()));
    // 800 x 500 points at two pixels each
    assertThat(png.getWidth()).isEqualTo(1600);
    assertThat(png.getHeight()).isEqualTo(1000);
    assertThat(png.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    // four rows and the dot of the legend
    assertThat(circles(files.get(1))).isEqualTo(5);
    assertThat(text(files.get(1)))
        .contains("stroke-dasharray=\"8 5\"", "fill=\"#2a9d4a\"", "stroke=\"#1f6feb\"");
    assertThat(texts(files.get(1))).contains("x", "y", "true data", "predictions");
  }

  @Test
  void theDotsStandWhereThePngHasThem() throws Exception {
    List<NamedFile> files = fit(X, Y, matrix("y", 7, 5, 3, 1));
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(files.get(0).bytes()));
    // The first circle is the legend's.
    var first = svg(files.get(1)).getElementsByTagName("circle").item(1).getAttributes();
    double x = Double.parseDouble(first.getNamedItem("cx").getNodeValue());
    double y = Double.parseDouble(first.getNamedItem("cy").getNodeValue());

    // Two points off the centre there is no line of the grid behind the dot:
    // green of opacity 0xBF / 255 over white: 255 - (255 - green) * 0.749
    assertThat(png.getRGB((int) (2 * (x + 2)), (int) (2 * (y + 2))) & 0xFFFFFF)
        .isEqualTo(over(GREEN, 0xBF / 255.0));
  }

  @Test
  void severalFeaturesShowPredictedAgainstActualPerLabel() {
    FloatMatrix features =
        new FloatMatrix(List.of("a", "b"), List.of(FloatBlock.of(2, 1, 2, 3, 4)));
    FloatMatrix labels =
        new FloatMatrix(List.of("y 1", "y/1"), List.of(FloatBlock.of(2, 1, 2, 3, 4)));

    assertThat(fit(features, labels, labels))
        .extracting(NamedFile::name)
        .containsExactly("fit_y_1.png", "fit_y_1.svg", "fit_y_1_2.png", "fit_y_1_2.svg");
    assertThat(Plots.residuals(ReportRows.of(features, labels, labels)))
        .extracting(NamedFile::name)
        .containsExactly(
            "residuals_y_1.png",
            "residuals_y_1.svg",
            "qq_y_1.png",
            "qq_y_1.svg",
            "residuals_y_1_2.png",
            "residuals_y_1_2.svg",
            "qq_y_1_2.png",
            "qq_y_1_2.svg");
  }

  @Test
  void predictedAgainstActualEndsItsDiagonalAtTheExtremes() {
    FloatMatrix features = new FloatMatrix(List.of("a", "b"), List.of(new FloatBlock(3, 2)));
    FitPlot plot =
        FitPlot.perLabel(ReportRows.of(features, matrix("y", 4, 2, 3), matrix("y", 2.5f, 1, 9)))
            .values()
            .iterator()
            .next();

    assertThat(plot.dots().x()).containsExactly(2, 3, 4);
    assertThat(plot.dots().y()).containsExactly(1, 9, 2.5);
    assertThat(plot.line().x()).containsExactly(1, 9);
    assertThat(plot.line().y()).containsExactly(1, 9);
  }

  @Test
  void aMillionRowsBecomeTwoThousandDots() throws Exception {
    FloatBlock rows = new FloatBlock(1_000_000, 1);
    for (int row = 0; row < rows.rows(); row++) {
      rows.set(row, 0, row);
    }
    FloatMatrix matrix = new FloatMatrix(List.of("x"), List.of(rows));

    assertThat(circles(fit(matrix, matrix, matrix).get(1))).isEqualTo(2_001);
  }

  @Test
  void lossIsLogarithmicBeyondTwoDecades() {
    // Three losses a decade apart from each other lie on a straight falling line.
    List<NamedFile> files = Plots.loss(history(100, 1, 0.01));
    assertThat(files).extracting(NamedFile::name).containsExactly("loss.png", "loss.svg");
    List<double[]> logarithmic = line(text(files.get(1)), "#1f6feb");
    assertThat(logarithmic.get(1)[1] - logarithmic.get(0)[1])
        .isCloseTo(logarithmic.get(2)[1] - logarithmic.get(1)[1], within(0.02));

    // Within two decades the axis is linear: 98 of 99 of the way down in the first step.
    List<double[]> linear = line(text(Plots.loss(history(100, 2, 1)).get(1)), "#1f6feb");
    assertThat((linear.get(1)[1] - linear.get(0)[1]) / (linear.get(2)[1] - linear.get(0)[1]))
        .isCloseTo(98 / 99.0, within(1e-3));
  }

  /** On a linear axis from 2 to 10 the training's 4 and the validation's 8 lie 4 of 8 apart. */
  @Test
  void lossOfTheValidationRowsIsDrawnBeside() throws Exception {
    NamedFile svg =
        Plots.loss(List.of(new HistoryRow(1, 2, 10.0, 0.1, 0), new HistoryRow(2, 4, 8.0, 0.1, 0)))
            .get(1);
    List<double[]> training = line(text(svg), "#1f6feb");
    List<double[]> validation = line(text(svg), "#2a9d4a");
    assertThat(texts(svg)).contains("training rows", "validation rows", "epoch", "loss");
    double unit = (training.get(0)[1] - training.get(1)[1]) / 2;
    assertThat(training.get(1)[1] - validation.get(1)[1]).isCloseTo(4 * unit, within(0.05));
  }

  @Test
  void constantAndNonFiniteDataAreDrawnWithoutTheirBadPoints() throws Exception {
    FloatMatrix constant = matrix("x", 1, 1, 1);
    assertThat(fit(constant, constant, constant)).hasSize(2);
    assertThat(Plots.residuals(ReportRows.of(constant, constant, constant))).hasSize(4);
    assertThat(Plots.loss(history(7, 7, 7))).hasSize(2);
    assertThat(Plots.loss(history(0, 0, Double.NaN))).hasSize(2);
    FloatMatrix holes = matrix("y", Float.NaN, 3e38f, Float.NEGATIVE_INFINITY, -3e38f);
    assertThat(circles(fit(X, holes, Y).get(1))).isEqualTo(3);
  }

  @Test
  void nothingFiniteIsNoPicture() {
    FloatMatrix nothing = matrix("y", Float.NaN, Float.NaN, Float.NaN, Float.NaN);
    assertThat(fit(X, nothing, Y)).isEmpty();
    assertThat(Plots.residuals(ReportRows.of(X, nothing, Y))).isEmpty();
    assertThat(Plots.loss(history(Double.NaN, Double.POSITIVE_INFINITY))).isEmpty();
    assertThat(Plots.loss(List.of())).isEmpty();
  }

  @Test
  void theSameDataGivesTheSameBytes() {
    assertThat(fit(X, Y, Y).get(0).bytes()).isEqualTo(fit(X, Y, Y).get(0).bytes());
    assertThat(fit(X, Y, Y).get(1).bytes()).isEqualTo(fit(X, Y, Y).get(1).bytes());
  }

  /** A residual of 0 lies on the dashed line; one of 2 as far above it as one of -2 below. */
  @Test
  void residualsLieAroundZero() throws Exception {
    List<NamedFile> files =
        Plots.residuals(ReportRows.of(X, matrix("y", 1, 3, 7, 5), matrix("y", 1, 3, 5, 7)));
    NamedFile svg = files.get(1);

    assertThat(svg.name()).isEqualTo("residuals.svg");
    assertThat(texts(svg)).contains("predicted y", "residual of y (actual - predicted)");
    double zero = line(text(svg), "#1f6feb").get(0)[1];
    double[] heights = heights(svg);
    assertThat(heights[0]).isCloseTo(zero, within(0.01));
    assertThat(heights[1]).isCloseTo(zero, within(0.01));
    assertThat(zero - heights[2]).isPositive().isCloseTo(heights[3] - zero, within(0.02));
    assertThat(texts(files.get(3))).contains("quantile of the normal distribution");
  }

  /**
   * Two thresholds take 1 of 2 positive rows and 0 of 4 negative ones, then all: the curve goes
   * from the lower left corner a half up, then to the upper right one.
   */
  @Test
  void theCurveOfTheRocRunsThroughItsPoints() throws Exception {
    ClassCurves curves =
        new ClassCurves(List.of(0.0, 0.0, 1.0), List.of(0.0, 0.5, 1.0), List.of(1.0, 1.0, 0.3333));
    List<NamedFile> files = Plots.curves(curves, 0.75, null);

    assertThat(files)
        .extracting(NamedFile::name)
        .containsExactly("roc.png", "roc.svg", "precision_recall.png", "precision_recall.svg");
    assertThat(texts(files.get(1)))
        .contains("false positive rate", "recall (true positive rate)", "model, area 0.7500");
    // The diagonal of chance goes from (0, 0) to (1, 1).
    List<double[]> chance = lineThrough(files.get(1), "#a8aeb8", 2);
    List<double[]> model = lineThrough(files.get(1), "#1f6feb", 3);
    double middle = (chance.get(0)[1] + chance.get(1)[1]) / 2;
    assertThat(model.get(0)).containsExactly(chance.get(0), within(0.02));
    assertThat(model.get(1)).containsExactly(new double[] {chance.get(0)[0], middle}, within(0.02));
    assertThat(model.get(2)).containsExactly(chance.get(1), within(0.02));
    assertThat(texts(files.get(3))).contains("recall", "precision", "model");
  }

  /** A bin that says 0.25 of rows of which 3 in 4 are positive: a quarter right, three up. */
  @Test
  void aBinOfTheCalibrationLiesAtItsShares() throws Exception {
    NamedFile svg = Plots.calibration(List.of(new CalibrationBin(0.2, 0.3, 4, 0.25, 0.75))).get(1);
    List<double[]> diagonal = lineThrough(svg, "#1f6feb", 2);
    var dot = svg(svg).getElementsByTagName("circle").item(1).getAttributes();
    double x = Double.parseDouble(dot.getNamedItem("cx").getNodeValue());
    double y = Double.parseDouble(dot.getNamedItem("cy").getNodeValue());

    double[] from = diagonal.get(0);
    double[] to = diagonal.get(1);
    assertThat((x - from[0]) / (to[0] - from[0])).isCloseTo(0.25, within(1e-3));
    assertThat((y - from[1]) / (to[1] - from[1])).isCloseTo(0.75, within(1e-3));
  }

  @Test
  void aCellOfTheConfusionHasItsNumberAndShade() throws Exception {
    NamedFile svg =
        Plots.confusion(List.of("no", "yes"), List.of(List.of(30L, 1L), List.of(0L, 15L))).get(1);

    assertThat(texts(svg)).contains("predicted class", "true class", "30", "1", "0", "15");
    // The most rows have the darkest cell, 15 of 30 one half way from 0xf1f5fb to 0x174ea6.
    assertThat(text(svg)).contains("#174ea6", "#84a2d1");
  }

  @Test
  void manyClassesKeepTheirCellsAndLoseTheirNumbers() throws Exception {
    List<String> names = IntStream.range(0, 100).mapToObj(i -> "class " + i).toList();
    List<List<Long>> rows =
        IntStream.range(0, 100)
            .mapToObj(i -> IntStream.range(0, 100).mapToObj(j -> i == j ? 7L : 0L).toList())
            .toList();
    NamedFile svg = Plots.confusion(names, rows).get(1);

    assertThat(texts(svg)).contains("class 0").doesNotContain("7", "0", "class 1");
    // One cell of each class.
    assertThat(svg(svg).getElementsByTagName("path").getLength()).isBetween(100, 200);
    List<String> more = IntStream.range(0, 201).mapToObj(Integer::toString).toList();
    assertThat(Plots.confusion(more, List.of())).isEmpty();
  }

  /** Names are the user's: they may have what XML gives a meaning, and what it knows nothing of. */
  @Test
  void namesStayWhatTheyAreInXml() throws Exception {
    FloatMatrix odd = matrix("a<b & \"c\"\u0001", 1, 2, 3);
    NamedFile svg = fit(odd, odd, odd).get(1);

    assertThat(texts(svg)).contains("a<b & \"c\" ");
    assertThat(svg(svg).getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("a<b & \"c\"  over a<b & \"c\" ");
  }

  @Test
  void namesFilesInPlainLettersWhateverTheLabels() {
    FloatMatrix features = new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, 1, 2)));
    FloatMatrix labels =
        new FloatMatrix(
            List.of("gr\u00f6\u00dfe", "gr\u00e4\u00dfe"), List.of(FloatBlock.of(2, 1, 2, 3, 4)));

    assertThat(fit(features, labels, labels))
        .extracting(NamedFile::name)
        .containsExactly("fit_gr_e.png", "fit_gr_e.svg", "fit_gr_e_2.png", "fit_gr_e_2.svg");
  }

  private static List<NamedFile> fit(
      FloatMatrix features, FloatMatrix targets, FloatMatrix predictions) {
    return Plots.fit(ReportRows.of(features, targets, predictions));
  }

  private static List<HistoryRow> history(double... losses) {
    return LongStream.range(0, losses.length)
        .mapToObj(i -> new HistoryRow(i + 1, losses[(int) i], null, 0.01, 0))
        .toList();
  }

  /** The corners of the line of a colour on the plane, to which alone lines are clipped. */
  private static List<double[]> line(String svg, String color) {
    String look = "clip-path=\"url(#clip1)\" fill=\"none\" stroke=\"%s\"".formatted(color);
    assertThat(svg).contains(look);
    String group = svg.substring(svg.indexOf(look));
    int from = group.indexOf("\"M") + 2;
    return Svgs.corners(group.substring(from, group.indexOf('"', from)));
  }

  private static List<double[]> lineThrough(NamedFile svg, String color, int corners) {
    List<double[]> line = line(text(svg), color);
    assertThat(line).hasSize(corners);
    return line;
  }

  private static double[] heights(NamedFile svg) throws Exception {
    var circles = svg(svg).getElementsByTagName("circle");
    return IntStream.range(0, circles.getLength())
        .mapToDouble(
            i ->
                Double.parseDouble(
                    circles.item(i).getAttributes().getNamedItem("cy").getNodeValue()))
        .toArray();
  }

  private static int over(int color, double opacity) {
    int result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int channel = color >> shift & 0xFF;
      result |= (int) Math.round(255 - (255 - channel) * opacity) << shift;
    }
    return result;
  }

  private static long circles(NamedFile svg) throws Exception {
    return svg(svg).getElementsByTagName("circle").getLength();
  }

  private static List<String> texts(NamedFile svg) throws Exception {
    var texts = svg(svg).getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .toList();
  }

  private static Document svg(NamedFile file) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(file.bytes()));
  }

  private static String text(NamedFile file) {
    return new String(file.bytes(), StandardCharsets.UTF_8);
  }

  private static FloatMatrix matrix(String name, float... values) {
    return new FloatMatrix(List.of(name), List.of(FloatBlock.of(1, values)));
  }
}
