package dev.slope.training.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.training.secondorder.SecondOrderResult.End;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LbfgsTest {
  private static final SecondOrderSettings SETTINGS = new SecondOrderSettings(200, 1e-7);

  // The textbook start of the valley.
  @Test
  void findsTheEndOfTheValley() {
    Rosenbrock valley = new Rosenbrock();

    SecondOrderResult result =
        Lbfgs.minimise(valley, new double[] {-1.2, 1}, 10, SETTINGS, SecondOrderListener.NONE);

    assertThat(result.end()).isEqualTo(End.CONVERGED);
    assertThat(result.parameters()).containsExactly(new double[] {1, 1}, within(1e-6));
    assertThat(result.losses()[0]).isCloseTo(24.2, within(1e-12));
    assertThat(valley.evaluations).isLessThan(70);
    assertThat(result.losses()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  // A memory of one step is enough as well, only slower.
  @Test
  void aMemoryOfOneStepIsEnough() {
    SecondOrderResult result =
        Lbfgs.minimise(
            new Rosenbrock(), new double[] {-1.2, 1}, 1, SETTINGS, SecondOrderListener.NONE);

    assertThat(result.parameters()).containsExactly(new double[] {1, 1}, within(1e-5));
  }

  // A second implementation in float64.
  @Test
  void logisticRegressionEqualsPlainIrls() {
    Classes classes = Classes.draw(40_000, 17);
    double[] ones = new double[40_000];
    Arrays.fill(ones, 1);
    double[] expected = PlainIrls.fit(classes.x(), classes.y(), ones, 3, 1e-3);
    try (SecondOrderProblem problem = Losses.logistic(classes.rows(), 1e-3)) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.end()).isEqualTo(End.CONVERGED);
      assertThat(result.parameters()).containsExactly(expected, within(5e-6));
    }
  }

  // Float32 rows can't bring the slope to zero: the search sees that nothing lowers the loss.
  @Test
  void anImpossibleToleranceEndsAtFloat32Resolution() {
    try (SecondOrderProblem problem = Losses.logistic(Classes.draw(2_000, 18).rows(), 0)) {
      SecondOrderResult result =
          Lbfgs.minimise(
              problem,
              new double[4],
              10,
              new SecondOrderSettings(200, 0),
              SecondOrderListener.NONE);

      assertThat(result.end()).isEqualTo(End.CONVERGED);
      assertThat(result.gradientNorm()).isLessThan(1e-5);
      assertThat(result.losses().length).isLessThan(60);
    }
  }

  @Test
  void separableClassesEndWithAWarning() {
    try (SecondOrderProblem problem =
        Losses.logistic(
            Samples.rows(
                Samples.matrix(1, -3, -2, -1, 1, 2, 3f), Samples.matrix(1, 0, 0, 0, 1, 1, 1f)),
            0)) {
      SecondOrderResult result = minimise(problem);

      assertThat(result.end()).isEqualTo(End.NO_FINITE_OPTIMUM);
      assertThat(result.warnings().get(0)).startsWith("no finite optimum: ");
    }
  }

  @Test
  void theListenerMayStop() {
    SecondOrderResult result =
        Lbfgs.minimise(
            new Rosenbrock(),
            new double[] {-1.2, 1},
            10,
            SETTINGS,
            (iteration, loss, gradientNorm) -> iteration < 5);

    assertThat(result.end()).isEqualTo(End.CANCELLED);
    assertThat(result.losses()).hasSize(5);
  }

  @Test
  void tooFewIterationsAreAWarning() {
    SecondOrderResult result =
        Lbfgs.minimise(
            new Rosenbrock(),
            new double[] {-1.2, 1},
            10,
            new SecondOrderSettings(5, 1e-7),
            SecondOrderListener.NONE);

    assertThat(result.end()).isEqualTo(End.ITERATIONS_DONE);
    assertThat(result.warnings().get(0))
        .startsWith("did not converge: after 5 iterations the largest slope is ");
  }

  // As Newton's: the third column is twice the first. From zeros it ends in the least norm as well,
  // for no gradient leaves the space of the rows.
  @Test
  void collinearColumnsAreNamedAndShareTheirEffect() {
    Classes classes = Classes.draw(5_000, 15);
    double[] x = new double[15_000];
    for (int row = 0; row < 5_000; row++) {
      x[row * 3] = classes.x()[row * 3];
      x[row * 3 + 1] = classes.x()[row * 3 + 1];
      x[row * 3 + 2] = 2 * x[row * 3];
    }
    try (SecondOrderProblem problem =
        Losses.logistic(Samples.rows(Samples.matrix(3, x), Samples.matrix(1, classes.y())), 0)) {
      double[] parameters = minimise(problem).parameters();

      assertThat(problem.collinear()).containsExactly("x2 = 2 * x0 + a constant");
      assertThat(parameters[2]).isCloseTo(2 * parameters[0], within(1e-5));
    }
  }

  // The second column is constant in the first 4,000 rows, which a look at a few would take for
  // all, and the third is the first.
  @Test
  void allRowsDecideWhatIsCollinear() {
    double[] x = new double[15_000];
    SplittableRandom random = new SplittableRandom(16);
    for (int row = 0; row < 5_000; row++) {
      x[row * 3] = random.nextInt(100);
      x[row * 3 + 1] = row < 4_000 ? 7 : random.nextInt(100);
      x[row * 3 + 2] = x[row * 3];
    }
    SecondOrderRows rows = Samples.rows(Samples.matrix(3, x), Samples.matrix(1, new double[5_000]));
    try (SecondOrderProblem problem = Losses.squared(rows, 1, 0, true)) {
      assertThat(problem.collinear()).containsExactly("x2 = x0 + a constant");
    }
    try (SecondOrderProblem problem = Losses.logistic(Classes.draw(5_000, 17).rows(), 0)) {
      assertThat(problem.collinear()).isEmpty();
    }
  }

  @Test
  void aStartOutOfBoundsIsRefused() {
    assertThatThrownBy(
            () ->
                Lbfgs.minimise(
                    new Rosenbrock(),
                    new double[] {Double.NaN, 1},
                    10,
                    SETTINGS,
                    SecondOrderListener.NONE))
        .isInstanceOf(SecondOrderException.class)
        .hasMessageContaining("NaN");
  }

  private static SecondOrderResult minimise(SecondOrderProblem problem) {
    return Lbfgs.minimise(
        problem, new double[problem.size()], 10, SETTINGS, SecondOrderListener.NONE);
  }
}
