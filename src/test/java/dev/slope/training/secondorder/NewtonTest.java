package dev.slope.training.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.training.secondorder.SecondOrderResult.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NewtonTest {
  private static final SecondOrderSettings SETTINGS = new SecondOrderSettings(100, 1e-9);

  // A second implementation in float64; scores of float32 leave about six digits.
  @Test
  void logisticRegressionEqualsPlainIrls() {
    Classes classes = Classes.draw(2_000, 13);
    double[] weights = new double[2_000];
    SplittableRandom random = new SplittableRandom(14);
    for (int row = 0; row < weights.length; row++) {
      weights[row] = (float) (0.5 + random.nextDouble());
    }
    double[] expected = PlainIrls.fit(classes.x(), classes.y(), weights, 3, 0.01);
    try (SecondOrderProblem problem =
        Losses.logistic(
            Samples.rows(
                Samples.matrix(3, classes.x()),
                Samples.matrix(1, classes.y()),
                Samples.matrix(1, weights),
                null),
            0.01)) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.end()).isEqualTo(End.CONVERGED);
      assertThat(result.parameters()).containsExactly(expected, within(2e-6));
      assertThat(result.losses().length).isLessThanOrEqualTo(8);
      assertThat(result.losses()[0]).isCloseTo(Math.log(2), within(1e-7));
      assertThat(result.warnings()).isEmpty();
    }
  }

  // One step of least squares is the optimum: the line.
  @Test
  void aQuadraticTakesOneStep() {
    try (SecondOrderProblem problem = Losses.squared(Samples.line(), 1, 0, true)) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.end()).isEqualTo(End.CONVERGED);
      assertThat(result.parameters()).containsExactly(new double[] {2, 1}, within(1e-6));
      assertThat(result.losses()[0]).isCloseTo(161, within(1e-4));
      assertThat(result.losses()[1]).isLessThan(1e-10);
    }
  }

  // Counts 3, 5 | 8, 16 over exposures 1, 1 | 2, 2: the rates are 8/2 and 24/4, so that the
  // intercept is ln 4 and the weight ln 6 - ln 4.
  @Test
  void poissonWithExposureInClosedForm() {
    try (SecondOrderProblem problem =
        Losses.poisson(
            Samples.rows(
                Samples.matrix(1, 0, 0, 1, 1f),
                Samples.matrix(1, 3, 5, 8, 16f),
                null,
                Samples.matrix(1, 0, 0, Math.log(2), Math.log(2))))) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.parameters())
          .containsExactly(new double[] {Math.log(1.5), Math.log(4)}, within(1e-6));
    }
  }

  // Class counts 1, 2, 3 where x = 0 and 3, 2, 1 where x = 1: the probabilities are those shares.
  // The scores have a free constant; least norm keeps their sum 0.
  @Test
  void softmaxInClosedFormOfLeastNorm() {
    float[] x = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    float[] classes = {0, 1, 1, 2, 2, 2, 0, 0, 0, 1, 1, 2};
    try (SecondOrderProblem problem =
        Samples.problem(
            Samples.rows(Samples.matrix(1, x), Samples.matrix(1, classes)),
            Losses.softmax(3),
            3,
            0,
            true)) {
      SecondOrderResult result = minimise(problem);

      double mean = (Math.log(1) + Math.log(2) + Math.log(3)) / 3;
      double[] intercepts = {-mean, Math.log(2) - mean, Math.log(3) - mean};
      double[] expected = {
        intercepts[2] - intercepts[0],
        0,
        intercepts[0] - intercepts[2],
        intercepts[0],
        intercepts[1],
        intercepts[2]
      };
      assertThat(result.end()).isEqualTo(End.CONVERGED);
      assertThat(result.parameters()).containsExactly(expected, within(1e-6));
    }
  }

  // Ten rows on a line and one far off: with delta 1 the far one pulls with slope 1 only. At the
  // optimum of an intercept alone the others, at 0 and 10 of them, pull back 10 b = 1.
  @Test
  void huberFollowsTheSlopeWhereCurvatureIsMissing() {
    float[] y = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100};
    try (SecondOrderProblem problem =
        Samples.problem(
            Samples.rows(Samples.matrix(1, new float[11]), Samples.matrix(1, y)),
            Losses.huber(1),
            1,
            0,
            true)) {
      SecondOrderResult fromZero = minimise(problem);
      // Every residual is beyond delta here: the Hessian is 0.
      SecondOrderResult fromAfar =
          Newton.minimise(problem, new double[] {0, 50}, SETTINGS, SecondOrderListener.NONE);

      assertThat(fromZero.parameters()[1]).isCloseTo(0.1, within(1e-6));
      assertThat(fromAfar.parameters()[1]).isCloseTo(0.1, within(1e-6));
    }
  }

  // x > 0 tells the class: the loss falls to 0 as the weight grows.
  @Test
  void separableClassesStopWithAWarning() {
    try (SecondOrderProblem problem = Losses.logistic(separable(), 0)) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.end()).isEqualTo(End.NO_FINITE_OPTIMUM);
      assertThat(result.warnings()).hasSize(1);
      assertThat(result.warnings().get(0)).startsWith("no finite optimum: ").contains("/model/l2");
      assertThat(result.parameters()[0]).isFinite().isBetween(1.0, 100.0);
      assertThat(result.losses().length).isLessThan(15);
    }
  }

  // The separable rows and two of each class at x = 0: only their side's weight runs away, while
  // the loss stays above the four rows' ln 2 each.
  @Test
  void quasiSeparableClassesStopWithAWarning() {
    try (SecondOrderProblem problem =
        Losses.logistic(
            Samples.rows(
                Samples.matrix(1, -3, -2, -1, 0, 0, 0, 0, 1, 2, 3f),
                Samples.matrix(1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1f)),
            0)) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.end()).isEqualTo(End.NO_FINITE_OPTIMUM);
      assertThat(result.finalLoss()).isCloseTo(0.4 * Math.log(2), within(1e-3));
    }
  }

  @Test
  void l2GivesSeparableClassesAnOptimum() {
    try (SecondOrderProblem problem = Losses.logistic(separable(), 1e-3)) {
      double[] expected =
          PlainIrls.fit(
              new double[] {-3, -2, -1, 1, 2, 3},
              new double[] {0, 0, 0, 1, 1, 1},
              new double[] {1, 1, 1, 1, 1, 1},
              1,
              1e-3);
      SecondOrderResult result = minimise(problem);

      assertThat(result.end()).isEqualTo(End.CONVERGED);
      assertThat(result.parameters()).containsExactly(expected, within(1e-5));
    }
  }

  // The third column is twice the first: the weights share its effect as 1 to 2, and together they
  // do what one alone would.
  @Test
  void collinearColumnsAreNamed() {
    Classes classes = Classes.draw(500, 15);
    double[] x = new double[1_500];
    double[] single = new double[1_000];
    for (int row = 0; row < 500; row++) {
      x[row * 3] = classes.x()[row * 3];
      x[row * 3 + 1] = classes.x()[row * 3 + 1];
      x[row * 3 + 2] = 2 * x[row * 3];
      single[row * 2] = x[row * 3];
      single[row * 2 + 1] = x[row * 3 + 1];
    }
    double[] ones = new double[500];
    Arrays.fill(ones, 1);
    double[] expected = PlainIrls.fit(single, classes.y(), ones, 2, 0);
    try (SecondOrderProblem problem =
        Losses.logistic(Samples.rows(Samples.matrix(3, x), Samples.matrix(1, classes.y())), 0)) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.warnings()).containsExactly("collinear: x2 = 2 * x0 + a constant");
      assertThat(result.parameters())
          .containsExactly(
              new double[] {expected[0] / 5, expected[1], expected[0] * 2 / 5, expected[2]},
              within(5e-6));
    }
  }

  @Test
  void theListenerSeesEachIterationAndMayStop() {
    Classes classes = Classes.draw(500, 16);
    List<String> seen = new ArrayList<>();
    try (SecondOrderProblem problem = Losses.logistic(classes.rows(), 0)) {
      SecondOrderResult result =
          Newton.minimise(
              problem,
              new double[4],
              SETTINGS,
              (iteration, loss, gradientNorm) -> {
                seen.add(iteration + " " + Math.round(loss * 1e4) / 1e4);
                return iteration < 3;
              });

      assertThat(result.end()).isEqualTo(End.CANCELLED);
      assertThat(seen).hasSize(3).first().isEqualTo("1 0.6931");
      assertThat(result.losses()).hasSize(3);
      assertThat(result.finalLoss()).isEqualTo(result.losses()[2]);
    }
  }

  @Test
  void tooFewIterationsAreAWarning() {
    try (SecondOrderProblem problem = Losses.logistic(Classes.draw(500, 16).rows(), 0)) {
      SecondOrderResult result =
          Newton.minimise(
              problem, new double[4], new SecondOrderSettings(1, 0), SecondOrderListener.NONE);

      assertThat(result.end()).isEqualTo(End.ITERATIONS_DONE);
      assertThat(result.warnings().get(0))
          .startsWith("did not converge: after 1 iterations the largest slope is ");
    }
  }

  @Test
  void aStartOutOfBoundsIsRefused() {
    try (SecondOrderProblem problem = Losses.squared(Samples.line(), 1, 0, true)) {
      assertThatThrownBy(
              () ->
                  Newton.minimise(
                      problem, new double[] {1e30, 0}, SETTINGS, SecondOrderListener.NONE))
          .isInstanceOf(SecondOrderException.class)
          .hasMessageStartingWith(
              "training can't start: the loss before the first iteration is Infinity");
    }
  }

  @Test
  void aLossWithKinksIsRefused() {
    assertThatThrownBy(() -> Samples.problem(Samples.line(), Losses.absolute(), 1, 0, true).close())
        .hasMessage("a loss for second derivatives must be smooth");
  }

  private static SecondOrderRows separable() {
    return Samples.rows(
        Samples.matrix(1, -3, -2, -1, 1, 2, 3f), Samples.matrix(1, 0, 0, 0, 1, 1, 1f));
  }

  private static SecondOrderResult minimise(SecondOrderProblem problem) {
    return Newton.minimise(problem, new double[problem.size()], SETTINGS, SecondOrderListener.NONE);
  }
}
