package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The line through eleven points, whose H is 2 [[35, 5], [5, 1]] and whose optimum (2, 1). */
class CostPlotTest {
  private static CostSurface surface(@Nullable Double learningRate) {
    return new CostSurface(
        List.of("x", "(intercept)"),
        List.of(70.0, 10.0, 10.0, 2.0),
        List.of(2.0, 1.0),
        0,
        List.of(0.0, 0.0),
        List.of(0, 1),
        36 + Math.sqrt(34 * 34 + 100),
        learningRate,
        2);
  }

  /**
   * From (0, 0) the gradient is H (-2, -1) = (-150, -22): one step of 0.01 leads to (1.5, 0.22).
   * There it is H (-0.5, -0.78) = (-42.8, -6.56), and the next leads to (1.928, 0.2856).
   */
  @Test
  void thePathIsThatOfGradientDescent() {
    List<double[]> path = surface(0.01).path(0.01);

    assertThat(path).hasSize(3);
    assertThat(path.get(0)).containsExactly(0, 0);
    assertThat(path.get(1)).containsExactly(new double[] {1.5, 0.22}, within(1e-12));
    assertThat(path.get(2)).containsExactly(new double[] {1.928, 0.2856}, within(1e-12));
  }

  /** The plane shows (2 +- 3.2, 1 +- 1.6): 6.4 wide and 3.2 high. */
  @Test
  void thePathIsDrawnAlongItsSteps() {
    String svg = new String(Plots.cost(surface(0.01)).get(1).bytes(), StandardCharsets.UTF_8);
    assertThat(svg)
        .contains(">weight of x<", ">intercept<", ">optimum<", ">loss<")
        .contains(">gradient descent, learning rate 0.01<");

    Rectangle2D plane = plane(svg);
    String way = svg.substring(svg.lastIndexOf("stroke=\"#c2410c\""));
    int from = way.indexOf("\"M") + 2;
    List<double[]> corners = Svgs.corners(way.substring(from, way.indexOf('"', from)));
    double[][] steps = {{0, 0}, {1.5, 0.22}, {1.928, 0.2856}};
    assertThat(corners).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(corners.get(i)[0])
          .isCloseTo(plane.getX() + (steps[i][0] + 1.2) / 6.4 * plane.getWidth(), within(0.02));
      assertThat(corners.get(i)[1])
          .isCloseTo(plane.getMaxY() - (steps[i][1] + 0.6) / 3.2 * plane.getHeight(), within(0.02));
    }
  }

  /** What the layers are clipped to. */
  private static Rectangle2D plane(String svg) {
    int from = svg.indexOf("<clipPath id=\"clip1\"><path d=\"M") + 31;
    List<double[]> corners = Svgs.corners(svg.substring(from, svg.indexOf('Z', from)));
    double[] first = corners.get(0);
    double[] across = corners.get(2);
    return new Rectangle2D.Double(first[0], first[1], across[0] - first[0], across[1] - first[1]);
  }

  /** On a contour the loss is its height: 35 dx^2 + 10 dx dy + dy^2. */
  @Test
  void onAContourTheLossIsItsHeight() {
    // A point of the picture is a unit of the data, upside down.
    Chart.Plane plane =
        new Chart.Plane(
            new Rectangle2D.Double(0, 0, 100, 100),
            Axis.linear("x", new AxisRange(0, 100)),
            Axis.linear("y", new AxisRange(0, 100)));
    List<Double> heights = new ArrayList<>();
    double[] at = new double[6];
    PathIterator contour = new CostPlot(surface(null)).contour(plane, 7).getPathIterator(null);
    for (; !contour.isDone(); contour.next()) {
      int segment = contour.currentSegment(at);
      if (segment != PathIterator.SEG_CLOSE) {
        // The curve's end, after its control points.
        int end = segment == PathIterator.SEG_CUBICTO ? 4 : 0;
        double dx = at[end] - 2;
        double dy = 100 - at[end + 1] - 1;
        heights.add(35 * dx * dx + 10 * dx * dy + dy * dy);
      }
    }
    assertThat(heights)
        .hasSize(5)
        .allSatisfy(height -> assertThat(height).isCloseTo(7, within(1e-9)));
  }

  /** Half of 2 / L where the training had no rate of its own. */
  @Test
  void anotherTrainingShowsARateThatDoesWell() {
    assertThat(surface(null).drawnRate())
        .isCloseTo(1 / (36 + Math.sqrt(34 * 34 + 100)), within(1e-15));
    assertThat(surface(0.02).drawnRate()).isEqualTo(0.02);
  }

  /** At 0.1, beyond 2 / L = 0.028, steps leave the picture, and the numbers a path can have. */
  @Test
  void aPathThatDivergesEnds() {
    CostSurface far =
        new CostSurface(
            List.of("x", "(intercept)"),
            List.of(70.0, 10.0, 10.0, 2.0),
            List.of(2.0, 1.0),
            0,
            List.of(0.0, 0.0),
            List.of(0, 1),
            36 + Math.sqrt(34 * 34 + 100),
            0.1,
            2_000);

    // A step multiplies the error by about 1 - 0.1 * 71.4, so that 1e12 is passed after 15 steps.
    assertThat(far.path(0.1)).hasSizeBetween(14, 18);
    assertThat(new String(Plots.cost(far).get(1).bytes(), StandardCharsets.UTF_8))
        .doesNotContain("NaN", "Infinity", "9223372036854775");
  }
}
