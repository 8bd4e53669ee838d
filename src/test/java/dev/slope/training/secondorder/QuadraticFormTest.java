package dev.slope.training.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuadraticFormTest {
  // mean (2x + 1)^2 = 4 * 35 + 4 * 5 + 1 = 161, and its gradient -2 mean (x, 1)(2x + 1) =
  // (-150, -22); the fit is exact. The sums alone would give -2.8e-14 there.
  @Test
  void ofTheLine() {
    QuadraticForm form = form(Samples.line(), 1, 0);

    assertThat(form.optimum()).containsExactly(new double[] {2, 1}, within(1e-14));
    assertThat(form.optimalLoss()).isBetween(0.0, 1e-28);
    assertThat(form.loss(new double[] {0, 0})).isCloseTo(161, within(1e-12));
    assertThat(form.gradient(new double[] {0, 0}))
        .containsExactly(new double[] {-150, -22}, within(1e-12));
    assertThat(form.loss(form.optimum())).isEqualTo(form.optimalLoss());
    // 1e-9 off: 35e-18, a number that a difference of sums of 161 can't show.
    assertThat(form.loss(new double[] {form.optimum()[0] + 1e-9, form.optimum()[1]}))
        .isCloseTo(35e-18, within(1e-22));
  }

  // The rows themselves, in Java: two outputs, l2 0.3, at random parameters.
  @Test
  void equalsTheLossOfTheRows() {
    SplittableRandom random = new SplittableRandom(11);
    double[] x = Samples.gaussians(random, 300);
    double[] y = Samples.gaussians(random, 200);
    double[] parameters = Samples.gaussians(random, 8);
    QuadraticForm form = form(Samples.rows(Samples.matrix(3, x), Samples.matrix(2, y)), 2, 0.3);

    double squares = 0;
    for (int row = 0; row < 100; row++) {
      for (int output = 0; output < 2; output++) {
        double error = parameters[6 + output] - y[row * 2 + output];
        for (int input = 0; input < 3; input++) {
          error += x[row * 3 + input] * parameters[input * 2 + output];
        }
        squares += error * error;
      }
    }
    double penalty = 0;
    for (int i = 0; i < 6; i++) {
      penalty += 0.15 * parameters[i] * parameters[i];
    }
    assertThat(form.loss(parameters)).isCloseTo(squares / 200 + penalty, within(1e-12));
    assertThat(form.gradient(form.optimum())).containsOnly(0);
    for (int i = 0; i < 8; i++) {
      double[] up = parameters.clone();
      double[] down = parameters.clone();
      up[i] += 1e-4;
      down[i] -= 1e-4;
      assertThat(form.gradient(parameters)[i])
          .as("parameter %d", i)
          .isCloseTo((form.loss(up) - form.loss(down)) / 2e-4, within(1e-9));
    }
  }

  private static QuadraticForm form(SecondOrderRows rows, int outputs, double l2) {
    try (SecondOrderProblem problem = Losses.squared(rows, outputs, l2, true)) {
      GramSums sums = problem.gram();
      List<String> names = rows.raw().names();
      LeastSquares solution = LeastSquares.solve(sums, names, l2, true);
      return QuadraticForm.of(sums, solution, problem.squaredResiduals(solution), l2, true);
    }
  }
}
