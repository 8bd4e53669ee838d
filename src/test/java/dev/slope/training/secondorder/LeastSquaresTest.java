package dev.slope.training.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  /**
   * NIST StRD, Longley: total, deflator, gnp, unemployed, armed forces, population, year. The
   * deflator is ten times NIST's: then all are whole numbers below 2^24, which float32 holds, and
   * the certified values hold to float64's digits.
   */
  private static final double[] LONGLEY = {
    60323, 830, 234289, 2356, 1590, 107608, 1947, 61122, 885, 259426, 2325, 1456, 108632, 1948,
    60171, 882, 258054, 3682, 1616, 109773, 1949, 61187, 895, 284599, 3351, 1650, 110929, 1950,
    63221, 962, 328975, 2099, 3099, 112075, 1951, 63639, 981, 346999, 1932, 3594, 113270, 1952,
    64989, 990, 365385, 1870, 3547, 115094, 1953, 63761, 1000, 363112, 3578, 3350, 116219, 1954,
    66019, 1012, 397469, 2904, 3048, 117388, 1955, 67857, 1046, 419180, 2822, 2857, 118734, 1956,
    68169, 1084, 442769, 2936, 2798, 120445, 1957, 66513, 1108, 444546, 4681, 2637, 121950, 1958,
    68655, 1126, 482704, 3813, 2552, 123366, 1959, 69564, 1142, 502601, 3931, 2514, 125368, 1960,
    69331, 1157, 518173, 4806, 2572, 127852, 1961, 70551, 1169, 554894, 4007, 2827, 130081, 1962
  };

  /** NIST StRD, Norris, y and x in turn, times ten for the same reason. */
  private static final double[] NORRIS = {
    1, 2, 3388, 3374, 1181, 1182, 8880, 8846, 92, 101, 2281, 2265, 6685, 6663, 9985, 9963, 4491,
    4486, 7789, 7770, 5592, 5582, 3, 4, 1, 6, 7781, 7755, 6688, 6669, 3393, 3380, 4489, 4475, 108,
    116, 5577, 5560, 2283, 2281, 9980, 9958, 8888, 8876, 1196, 1202, 3, 3, 6, 3, 5576, 5568, 3393,
    3391, 8880, 8872, 9985, 9990, 7789, 7790, 102, 111, 1176, 1183, 2289, 2292, 6684, 6691, 4492,
    4489, 2, 5
  };

  // Certified values; the deflator's coefficient is a tenth. The normal equations square the
  // condition number: of the centred and scaled columns that leaves about ten digits.
  @Test
  void longleyToTenDigits() {
    try (SecondOrderProblem problem = Losses.squared(labelFirst(LONGLEY, 7), 1, 0, true)) {
      LeastSquares solution = LeastSquares.solve(problem.gram(), names(6), 0, true);

      double[] certified = {
        1.50618722713733,
        -0.358191792925910E-01,
        -2.02022980381683,
        -1.03322686717359,
        -0.511041056535807E-01,
        1829.15146461355,
        -3482258.63459582
      };
      for (int i = 0; i < 7; i++) {
        assertThat(solution.parameters()[i])
            .as("coefficient %d", i)
            .isCloseTo(certified[i], withinPercentage(1e-8));
      }
      assertThat(solution.collinear()).isEmpty();
      assertThat(problem.squaredResiduals(solution)[0])
          .isCloseTo(836424.055505915, withinPercentage(1e-8));
    }
  }

  // Certified: slope 1.00211681802045, intercept -0.262323073774029, residuals 26.6173985294224.
  @Test
  void norrisToTwelveDigits() {
    try (SecondOrderProblem problem = Losses.squared(labelFirst(NORRIS, 2), 1, 0, true)) {
      LeastSquares solution = LeastSquares.solve(problem.gram(), names(1), 0, true);

      assertThat(solution.weight(0, 0)).isCloseTo(1.00211681802045, withinPercentage(1e-10));
      assertThat(solution.intercept(0) / 10).isCloseTo(-0.262323073774029, withinPercentage(1e-9));
      assertThat(problem.squaredResiduals(solution)[0] / 100)
          .isCloseTo(26.6173985294224, withinPercentage(1e-9));
    }
  }

  // By hand: with l2 the centred slope is 20 / (10 + 3/2) and the line goes through the means.
  // Without an intercept it is mean(x y) / mean(x^2) = 75 / 35.
  @Test
  void l2AndNoInterceptInClosedForm() {
    try (SecondOrderProblem problem = Losses.squared(Samples.line(), 1, 0, true)) {
      GramSums sums = problem.gram();
      LeastSquares ridge = LeastSquares.solve(sums, names(1), 3, true);
      LeastSquares through0 = LeastSquares.solve(sums, names(1), 0, false);

      assertThat(ridge.weight(0, 0)).isCloseTo(20 / 11.5, within(1e-14));
      assertThat(ridge.intercept(0)).isCloseTo(11 - 5 * 20 / 11.5, within(1e-13));
      assertThat(through0.weight(0, 0)).isCloseTo(75.0 / 35, within(1e-14));
      assertThat(through0.intercept(0)).isZero();
    }
  }

  // y = 3 a + 2 b + 1, and columns a, b, a + b, 5: every fit is (3 - t, 2 - t, t, 0), the least
  // norm that of t = 5/3.
  @Test
  void collinearColumnsAreNamedAndTheWeightsOfLeastNorm() {
    SplittableRandom random = new SplittableRandom(9);
    double[] x = new double[160];
    double[] y = new double[40];
    for (int row = 0; row < 40; row++) {
      double a = random.nextInt(-9, 9);
      double b = random.nextInt(-9, 9);
      x[row * 4] = a;
      x[row * 4 + 1] = b;
      x[row * 4 + 2] = a + b;
      x[row * 4 + 3] = 5;
      y[row] = 3 * a + 2 * b + 1;
    }
    try (SecondOrderProblem problem =
        Losses.squared(Samples.rows(Samples.matrix(4, x), Samples.matrix(1, y)), 1, 0, true)) {
      LeastSquares solution =
          LeastSquares.solve(problem.gram(), List.of("a", "b", "sum", "five"), 0, true);

      assertThat(solution.collinear())
          .containsExactly("sum = a + b + a constant", "five is constant");
      double[] expected = {3 - 5.0 / 3, 2 - 5.0 / 3, 5.0 / 3, 0, 1};
      assertThat(solution.parameters()).containsExactly(expected, within(1e-11));
    }
  }

  // Columns a and a / 4 - b rounded to float32 are still seen to give the third.
  @Test
  void roundingToFloat32HidesNoCollinearity() {
    SplittableRandom random = new SplittableRandom(10);
    double[] x = new double[3_000];
    for (int row = 0; row < 1_000; row++) {
      x[row * 3] = (float) random.nextGaussian();
      x[row * 3 + 1] = (float) random.nextGaussian();
      x[row * 3 + 2] = (float) (0.3 * x[row * 3] - 1.7 * x[row * 3 + 1]);
    }
    try (SecondOrderProblem problem =
        Losses.squared(
            Samples.rows(Samples.matrix(3, x), Samples.matrix(1, new double[1_000])),
            1,
            0,
            false)) {
      assertThat(LeastSquares.solve(problem.gram(), names(3), 0, false).collinear())
          .containsExactly("x2 = 0.3 * x0 - 1.7 * x1");
    }
  }

  private static List<String> names(int count) {
    return Samples.matrix(count, new double[count]).names();
  }

  private static SecondOrderRows labelFirst(double[] values, int columns) {
    FloatMatrix all = Samples.matrix(columns, values);
    int rows = values.length / columns;
    float[] features = new float[rows * (columns - 1)];
    float[] labels = new float[rows];
    FloatBlock block = all.blocks().get(0);
    for (int row = 0; row < rows; row++) {
      labels[row] = (float) block.get(row, 0);
      for (int column = 1; column < columns; column++) {
        features[row * (columns - 1) + column - 1] = (float) block.get(row, column);
      }
    }
    return Samples.rows(Samples.matrix(columns - 1, features), Samples.matrix(1, labels));
  }
}
