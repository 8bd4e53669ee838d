package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PlotsTest {
  private static final int GREEN = 0x2CA02C;
  private static final FloatMatrix X = matrix("x", 0, 1, 2, 3);
  private static final FloatMatrix Y = matrix("y", 1, 3, 5, 7);

  @Test
  void oneFeatureShowsADotPerRowAndADashedLine() throws Exception {
    List<NamedFile> files = Plots.fit(X, Y, matrix("y", 1, 3, 5, 7));

    assertThat(files).extracting(NamedFile::name).containsExactly("fit.png", "fit.svg");
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(files.get(0).bytes()));
    // 800 x 500 points at two pixels each
    assertThat(png.getWidth()).isEqualTo(1600);
    assertThat(png.getHeight()).isEqualTo(1000);
    assertThat(png.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    Document svg = svg(files.get(1));
    // four rows and the dot of the legend
    assertThat(svg.getElementsByTagName("ellipse").getLength()).isEqualTo(5);
    assertThat(text(files.get(1))).contains("stroke-dasharray=\"8 5\"", "fill=\"#2ca02c\"");
  }

  @Test
  void theDotsStandWhereThePngHasThem() throws Exception {
    List<NamedFile> files = Plots.fit(X, Y, matrix("y", 7, 5, 3, 1));
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(files.get(0).bytes()));
    var first = svg(files.get(1)).getElementsByTagName("ellipse").item(0).getAttributes();
    double x = Double.parseDouble(first.getNamedItem("cx").getNodeValue());
    double y = Double.parseDouble(first.getNamedItem("cy").getNodeValue());

    // Two points off the centre there is no line of the grid behind the dot:
    // green of opacity 0xB0 / 255 over white: 255 - (255 - green) * 0.690
    assertThat(png.getRGB((int) (2 * (x + 2)), (int) (2 * (y + 2))) & 0xFFFFFF)
        .isEqualTo(over(GREEN, 0xB0 / 255.0));
  }

  @Test
  void severalFeaturesShowPredictedAgainstActualPerLabel() {
    FloatMatrix features =
        new FloatMatrix(List.of("a", "b"), List.of(FloatBlock.of(2, 1, 2, 3, 4)));
    FloatMatrix labels =
        new FloatMatrix(List.of("y 1", "y/1"), List.of(FloatBlock.of(2, 1, 2, 3, 4)));

    assertThat(Plots.fit(features, labels, labels))
        .extracting(NamedFile::name)
        .containsExactly("fit_y_1.png", "fit_y_1.svg", "fit_y_1_2.png", "fit_y_1_2.svg");
  }

  @Test
  void predictedAgainstActualEndsItsDiagonalAtTheExtremes() {
    FloatMatrix features = new FloatMatrix(List.of("a", "b"), List.of(new FloatBlock(3, 2)));
    FitPlot plot = FitPlot.perLabel(features, matrix("y", 4, 2, 3), matrix("y", 2.5f, 1, 9)).get(0);

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

    Document svg = svg(Plots.fit(matrix, matrix, matrix).get(1));
    assertThat(svg.getElementsByTagName("ellipse").getLength()).isEqualTo(2_001);
  }

  @Test
  void lossIsLogarithmicBeyondTwoDecades() {
    // Three losses a decade apart from each other lie on a straight falling line.
    List<NamedFile> files = Plots.loss(history(100, 1, 0.01));
    assertThat(files).extracting(NamedFile::name).containsExactly("loss.png", "loss.svg");
    List<Double> logarithmic = lineHeights(text(files.get(1)));
    assertThat(logarithmic.get(1) - logarithmic.get(0))
        .isCloseTo(logarithmic.get(2) - logarithmic.get(1), within(0.02));

    // Within two decades the axis is linear: 98 of 99 of the way down in the first step.
    List<Double> linear = lineHeights(text(Plots.loss(history(100, 2, 1)).get(1)));
    assertThat((linear.get(1) - linear.get(0)) / (linear.get(2) - linear.get(0)))
        .isCloseTo(98 / 99.0, within(1e-3));
  }

  @Test
  void constantAndNonFiniteDataAreDrawnWithoutTheirBadPoints() throws Exception {
    FloatMatrix constant = matrix("x", 1, 1, 1);
    assertThat(Plots.fit(constant, constant, constant)).hasSize(2);
    assertThat(Plots.loss(history(7, 7, 7))).hasSize(2);
    assertThat(Plots.loss(history(0, 0, Double.NaN))).hasSize(2);
    FloatMatrix holes = matrix("y", Float.NaN, 3e38f, Float.NEGATIVE_INFINITY, -3e38f);
    assertThat(svg(Plots.fit(X, holes, Y).get(1)).getElementsByTagName("ellipse").getLength())
        .isEqualTo(3);
  }

  @Test
  void nothingFiniteIsNoPicture() {
    FloatMatrix nothing = matrix("y", Float.NaN, Float.NaN, Float.NaN, Float.NaN);
    assertThat(Plots.fit(X, nothing, Y)).isEmpty();
    assertThat(Plots.loss(history(Double.NaN, Double.POSITIVE_INFINITY))).isEmpty();
    assertThat(Plots.loss(List.of())).isEmpty();
  }

  @Test
  void theSameDataGivesTheSameBytes() {
    assertThat(Plots.fit(X, Y, Y).get(0).bytes()).isEqualTo(Plots.fit(X, Y, Y).get(0).bytes());
    assertThat(Plots.fit(X, Y, Y).get(1).bytes()).isEqualTo(Plots.fit(X, Y, Y).get(1).bytes());
  }

  private static List<HistoryRow> history(double... losses) {
    return LongStream.range(0, losses.length)
        .mapToObj(i -> new HistoryRow(i + 1, losses[(int) i], null, 0.01, 0))
        .toList();
  }

  /** The vertical coordinates of the blue line's corners. */
  private static List<Double> lineHeights(String svg) {
    String line =
        svg.lines().filter(l -> l.contains("stroke=\"#1f4e9e\"")).findFirst().orElseThrow();
    String path =
        line.substring(line.indexOf("\"M") + 2, line.indexOf('"', line.indexOf("\"M") + 2));
    return List.of(path.split("L", -1)).stream()
        .map(point -> Double.valueOf(point.substring(point.indexOf(' ') + 1)))
        .toList();
  }

  private static int over(int color, double opacity) {
    int result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int channel = color >> shift & 0xFF;
      result |= (int) Math.round(255 - (255 - channel) * opacity) << shift;
    }
    return result;
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

  @Test
  void namesFilesInPlainLettersWhateverTheLabels() {
    FloatMatrix features = new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, 1, 2)));
    FloatMatrix labels =
        new FloatMatrix(
            List.of("gr\u00f6\u00dfe", "gr\u00e4\u00dfe"), List.of(FloatBlock.of(2, 1, 2, 3, 4)));

    assertThat(Plots.fit(features, labels, labels))
        .extracting(NamedFile::name)
        .containsExactly("fit_gr_e.png", "fit_gr_e.svg", "fit_gr_e_2.png", "fit_gr_e_2.svg");
  }
}
