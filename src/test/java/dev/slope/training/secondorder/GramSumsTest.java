package dev.slope.training.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.data.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GramSumsTest {
  // x = 0..10: mean 5, mean square 35, variance 10; y = 2x + 1: mean 11, variance 40.
  @Test
  void ofTheLine() {
    try (SecondOrderProblem problem = Losses.squared(Samples.line(), 1, 0, true)) {
      GramSums sums = problem.gram();

      assertThat(sums.weight()).isEqualTo(11);
      assertThat(sums.inputMean(0)).isEqualTo(5);
      assertThat(sums.labelMean(0)).isEqualTo(11);
      assertThat(sums.inputVariance(0)).isCloseTo(10, within(1e-14));
      assertThat(sums.labelVariance(0)).isCloseTo(40, within(1e-13));
      assertThat(sums.meanProducts(true).values())
          .containsExactly(new double[] {35, 5, 5, 1}, within(1e-13));
      assertThat(sums.meanProducts(false).values())
          .containsExactly(new double[] {35}, within(1e-13));
    }
  }

  // Two passes in Java over the same float32 values; 20,000 rows are several runs of the graph.
  @Test
  void equalsTwoPassesInJavaWithWeightsAndOffsets() {
    int rows = 20_000;
    SplittableRandom random = new SplittableRandom(2);
    double[] x = new double[rows * 3];
    double[] y = Samples.gaussians(random, rows * 2);
    double[] weights = new double[rows];
    double[] offsets = Samples.gaussians(random, rows);
    for (int row = 0; row < rows; row++) {
      weights[row] = (float) random.nextDouble();
      for (int column = 0; column < 3; column++) {
        x[row * 3 + column] = (float) (random.nextGaussian() + 1e4 * column);
      }
    }
    GramSums sums = gram(x, y, weights, offsets);

    double total = 0;
    double[] means = new double[5];
    for (int row = 0; row < rows; row++) {
      total += weights[row];
      for (int column = 0; column < 5; column++) {
        means[column] += weights[row] * value(x, y, offsets, row, column);
      }
    }
    double[] scatter = new double[25];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 25; i++) {
        scatter[i] +=
            weights[row]
                * (value(x, y, offsets, row, i / 5) - means[i / 5] / total)
                * (value(x, y, offsets, row, i % 5) - means[i % 5] / total);
      }
    }
    assertThat(sums.weight()).isCloseTo(total, within(1e-9));
    for (int i = 0; i < 3; i++) {
      assertThat(sums.inputMean(i)).isCloseTo(means[i] / total, within(1e-9));
      for (int j = 0; j < 3; j++) {
        assertThat(sums.inputMoments(true).get(i, j))
            .as("moment %d, %d", i, j)
            .isCloseTo(scatter[i * 5 + j] / total, within(1e-11));
      }
      for (int output = 0; output < 2; output++) {
        assertThat(sums.labelMoments(true)[i * 2 + output])
            .isCloseTo(scatter[i * 5 + 3 + output] / total, within(1e-11));
      }
    }
  }

  @Test
  void partsMergeIntoTheWhole() {
    SplittableRandom random = new SplittableRandom(3);
    double[] x = Samples.gaussians(random, 300);
    double[] y = Samples.gaussians(random, 100);
    for (int i = 0; i < 120; i++) {
      x[i] = (float) (x[i] + 1_000);
    }
    GramSums whole = gram(x, y);
    GramSums first = gram(slice(x, 0, 120), slice(y, 0, 40));
    GramSums second = gram(slice(x, 120, 300), slice(y, 40, 100));

    GramSums merged = GramSums.empty(3, 1).merge(first).merge(second).merge(GramSums.empty(3, 1));

    assertThat(merged.weight()).isEqualTo(100);
    for (int i = 0; i < 9; i++) {
      assertThat(merged.inputMoments(true).values()[i])
          .isCloseTo(whole.inputMoments(true).values()[i], within(1e-9));
    }
    assertThat(merged.labelMoments(true)).containsExactly(whole.labelMoments(true), within(1e-11));
  }

  // The values 1e7 - 1, 1e7, 1e7 + 1 have variance 2/3; the naive sum of squares, 3e14, would
  // leave one or two digits of it.
  @Test
  void largeMeansCostNoDigits() {
    GramSums sums =
        gram(new double[] {9_999_999, 10_000_000, 10_000_001}, new double[] {1, 2, 3}, 1);

    assertThat(sums.inputVariance(0)).isCloseTo(2.0 / 3, within(1e-15));
  }

  // The graph's pass over the residuals is the second implementation.
  @Test
  void tellTheResidualsOfAnyParameters() {
    SplittableRandom random = new SplittableRandom(4);
    double[] x = Samples.gaussians(random, 3_000);
    double[] y = Samples.gaussians(random, 1_000);
    double[] parameters = {0.5, -1, 2, 0.25};
    try (SecondOrderProblem problem =
        Losses.squared(Samples.rows(Samples.matrix(3, x), Samples.matrix(1, y)), 1, 0, true)) {
      double[] byPass = problem.squaredResiduals(new LeastSquares(parameters, 3, 1, List.of()));

      assertThat(problem.gram().squaredResiduals(parameters).orElseThrow()[0])
          .isCloseTo(byPass[0], within(1e-9 * byPass[0]));
    }
  }

  // y = 2x + 1 leaves nothing: what sums of size 440 would say is their rounding.
  @Test
  void dontTellTheResidualsOfAnExactFit() {
    try (SecondOrderProblem problem = Losses.squared(Samples.line(), 1, 0, true)) {
      assertThat(problem.gram().squaredResiduals(new double[] {2, 1})).isEmpty();
    }
  }

  @Test
  void sumsOfOtherColumnsDontMerge() {
    assertThatThrownBy(() -> GramSums.empty(2, 1).merge(GramSums.empty(3, 1)))
        .hasMessage("sums to merge must be of 2 inputs and 1 outputs, but were of 3 and 1");
  }

  private static double value(double[] x, double[] y, double[] offsets, int row, int column) {
    return column < 3 ? x[row * 3 + column] : y[row * 2 + column - 3] - offsets[row];
  }

  private static GramSums gram(double[] x, double[] y) {
    return gram(x, y, 3);
  }

  private static GramSums gram(double[] x, double[] y, int columns) {
    try (SecondOrderProblem problem =
        Losses.squared(
            Samples.rows(Samples.matrix(columns, x), Samples.matrix(1, y)), 1, 0, true)) {
      return problem.gram();
    }
  }

  private static GramSums gram(double[] x, double[] y, double[] weights, double[] offsets) {
    FloatMatrix features = Samples.matrix(3, x);
    try (SecondOrderProblem problem =
        Losses.squared(
            Samples.rows(
                features,
                Samples.matrix(2, y),
                Samples.matrix(1, weights),
                Samples.matrix(1, offsets)),
            2,
            0,
            true)) {
      return problem.gram();
    }
  }

  private static double[] slice(double[] values, int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }
}
