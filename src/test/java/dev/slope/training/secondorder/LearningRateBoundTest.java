package dev.slope.training.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LearningRateBoundTest {
  // The line's Hessian is 2 [[35, 5], [5, 1]]: trace 72, determinant 40, so that its eigenvalues
  // are 36 -+ sqrt(1256).
  private static final double LARGEST = 36 + Math.sqrt(1256);
  private static final double SMALLEST = 36 - Math.sqrt(1256);

  @Test
  void ofTheLineInClosedForm() {
    LearningRateBound bound = LearningRateBound.ofSquaredLoss(line(), true, 0, false);

    assertThat(bound.largestEigenvalue()).isCloseTo(LARGEST, within(1e-12));
    assertThat(bound.smallestEigenvalue()).isCloseTo(SMALLEST, within(1e-12));
    assertThat(bound.largestStableRate()).isCloseTo(2 / LARGEST, within(1e-15));
    assertThat(bound.automaticRate()).isCloseTo(2.0 / 72, within(1e-15));
    assertThat(bound.conditionNumber()).isCloseTo(LARGEST / SMALLEST, within(1e-9));
  }

  // Descent itself: just below the bound every error shrinks, just above the largest one grows.
  @Test
  void isWhereDescentTurns() {
    LearningRateBound bound = LearningRateBound.ofSquaredLoss(line(), true, 0, false);
    double below = 0.999 * bound.largestStableRate();
    double above = 1.001 * bound.largestStableRate();

    assertThat(lossAfter(20_000, below)).isLessThan(1e-3);
    assertThat(lossAfter(20_000, above)).isGreaterThan(1e6);
    assertThat(bound.mustDiverge(below)).isFalse();
    assertThat(bound.mustDiverge((float) bound.largestStableRate())).isFalse();
    assertThat(bound.mustDiverge(above)).isTrue();
  }

  @Test
  void withoutAnInterceptAndWithL2() {
    // 2 * 35 + 3 is the only eigenvalue.
    LearningRateBound bound = LearningRateBound.ofSquaredLoss(line(), false, 3, false);

    assertThat(bound.largestEigenvalue()).isCloseTo(73, within(1e-12));
    assertThat(bound.automaticRate()).isCloseTo(1 / 73.0, within(1e-15));
  }

  @Test
  void otherLossesAndL1TakeOneOverL() {
    LearningRateBound withL1 = LearningRateBound.ofSquaredLoss(line(), true, 0, true);
    // A quarter of the largest eigenvalue of [[35, 5], [5, 1]], which is half of LARGEST, and l2.
    LearningRateBound logistic = LearningRateBound.ofCurvature(line(), true, 0.5, 0.25);

    assertThat(withL1.automaticRate()).isCloseTo(1 / LARGEST, within(1e-15));
    assertThat(withL1.mustDiverge(1)).isFalse();
    assertThat(logistic.largestEigenvalue()).isCloseTo(LARGEST / 8 + 0.5, within(1e-12));
    assertThat(logistic.automaticRate()).isCloseTo(1 / (LARGEST / 8 + 0.5), within(1e-14));
    assertThat(logistic.mustDiverge(1)).isFalse();
  }

  // The third column is the sum of the others: its eigenvalue is 0 but for rounding, and m is the
  // smallest of the other three, as found without that column's direction by Jacobi's method.
  @Test
  void theSmallestIsAboveTheRankTolerance() {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = new double[150];
    for (int row = 0; row < 50; row++) {
      x[row * 3] = random.nextInt(-8, 8);
      x[row * 3 + 1] = random.nextInt(-8, 8);
      x[row * 3 + 2] = x[row * 3] + x[row * 3 + 1];
    }
    GramSums sums = gram(x, 3);
    double[] expected = Jacobi.eigenvalues(LearningRateBound.hessian(sums, true, 0));

    LearningRateBound bound = LearningRateBound.ofSquaredLoss(sums, true, 0, false);

    assertThat(expected[0]).isCloseTo(0, within(1e-12));
    assertThat(bound.smallestEigenvalue()).isCloseTo(expected[1], within(1e-11));
    assertThat(bound.largestEigenvalue()).isCloseTo(expected[3], within(1e-11));
  }

  @Test
  void equalsJacobiOnRandomMatrices() {
    SplittableRandom random = new SplittableRandom(6);
    for (int size = 1; size <= 12; size++) {
      SymmetricMatrix products =
          gram(Samples.gaussians(random, 40 * size), size).meanProducts(true);

      assertThat(Eigenvalues.of(products))
          .containsExactly(Jacobi.eigenvalues(products), within(1e-12));
    }
  }

  // 200 columns, found from products with vectors alone.
  @Test
  void theLargestEigenvalueFromProductsIsAnUpperEstimate() {
    int size = 200;
    SymmetricMatrix products =
        gram(Samples.gaussians(new SplittableRandom(7), 400 * size), size).meanProducts(false);
    double[] eigenvalues = Eigenvalues.of(products);

    double estimate = LargestEigenvalue.of(size, vector -> products.multiply(vector, 1));

    assertThat(estimate / eigenvalues[size - 1]).isBetween(1 - 1e-9, 1 + 2e-4);
    assertThat(LargestEigenvalue.of(1, vector -> new double[] {3 * vector[0]}))
        .isCloseTo(3, within(1e-12));
  }

  @Test
  void nothingCurvedAllowsAnyRate() {
    LearningRateBound bound =
        LearningRateBound.ofSquaredLoss(gram(new double[] {0, 0}, 1), false, 0, false);

    assertThat(bound.largestStableRate()).isInfinite();
    assertThat(bound.automaticRate()).isEqualTo(1);
    assertThat(bound.mustDiverge(1e30)).isFalse();
  }

  // 2 / 71.44 = 0.0279955...: rounded down, so that the number it names is stable.
  @Test
  void theRefusalNamesTheRule() {
    LearningRateBound bound = LearningRateBound.ofSquaredLoss(line(), true, 0, false);

    assertThat(bound.refusal(0.03, false))
        .isEqualTo(
            "/training/optimizer/learning_rate must be below 0.02799, the largest at which gradient"
                + " descent on this data is stable, but was 0.03: it is sure to diverge; use 'auto',"
                + " a smaller number, or standardise the features ('scaling': 'standard'), which"
                + " allows larger steps, or set /training/allow_divergence to true to watch it");
    assertThat(bound.refusal(0.03, true)).contains("; use 'auto' or a smaller number, or set");
  }

  private static double lossAfter(int epochs, double rate) {
    double weight = 0;
    double intercept = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      double slope = 2 * (35 * (weight - 2) + 5 * (intercept - 1));
      double lift = 2 * (5 * (weight - 2) + (intercept - 1));
      weight -= rate * slope;
      intercept -= rate * lift;
    }
    double dw = weight - 2;
    double db = intercept - 1;
    return 35 * dw * dw + 10 * dw * db + db * db;
  }

  private static GramSums line() {
    try (SecondOrderProblem problem = Losses.squared(Samples.line(), 1, 0, true)) {
      return problem.gram();
    }
  }

  private static GramSums gram(double[] x, int columns) {
    try (SecondOrderProblem problem =
        Losses.squared(
            Samples.rows(
                Samples.matrix(columns, x), Samples.matrix(1, new double[x.length / columns])),
            1,
            0,
            true)) {
      return problem.gram();
    }
  }
}
