package dev.slope.training.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.training.secondorder.SecondOrderResult.End;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bliss's beetles (1935): how many of 481 died of which dose. The coefficients are those of Dobson,
 * "An Introduction to Generalized Linear Models", table 7.4, here to more digits: logit -60.717 and
 * 34.270, probit -34.935 and 19.728, complementary log-log -39.572 and 22.041.
 */
class BinaryLinksTest {
  private static final double[] DOSES = {
    1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839
  };
  private static final int[] BEETLES = {59, 60, 62, 56, 63, 59, 62, 60};
  private static final int[] KILLED = {6, 13, 18, 28, 52, 53, 61, 60};

  /** The doses are less this, so that float32 keeps their digits. */
  private static final double MIDDLE = 1.8;

  @ParameterizedTest
  @CsvSource({
    "LOGIT, 34.27032573, -60.71745456",
    "PROBIT, 19.72793421, -34.93525890",
    "CLOGLOG, 22.04116982, -39.57231061"
  })
  void newtonAndLbfgsFindThePublishedOptimum(BinaryLink link, double weight, double intercept) {
    double[] expected = {weight, intercept + MIDDLE * weight};
    try (SecondOrderProblem problem = Samples.problem(beetles(), Losses.binary(link), 1, 0, true)) {
      SecondOrderResult newton =
          Newton.minimise(
              problem, new double[2], new SecondOrderSettings(100, 1e-9), SecondOrderListener.NONE);
      SecondOrderResult lbfgs =
          Lbfgs.minimise(
              problem,
              new double[2],
              10,
              new SecondOrderSettings(500, 1e-9),
              SecondOrderListener.NONE);

      assertThat(newton.end()).isEqualTo(End.CONVERGED);
      assertThat(newton.losses().length).isLessThan(20);
      assertThat(newton.parameters()[0]).isCloseTo(expected[0], within(2e-4));
      assertThat(newton.parameters()[1]).isCloseTo(expected[1], within(1e-5));
      assertThat(lbfgs.end()).isEqualTo(End.CONVERGED);
      assertThat(lbfgs.parameters()[0]).isCloseTo(expected[0], within(2e-2));
      assertThat(lbfgs.parameters()[1]).isCloseTo(expected[1], within(1e-3));
      assertThat(newton.warnings()).isEmpty();
      assertThat(lbfgs.warnings()).isEmpty();
    }
  }

  // x > 0 tells the class, whatever the link.
  @ParameterizedTest
  @CsvSource({"LOGIT", "PROBIT", "CLOGLOG"})
  void separableClassesStopWithAWarning(BinaryLink link) {
    try (SecondOrderProblem problem =
        Samples.problem(
            Samples.rows(
                Samples.matrix(1, -3, -2, -1, 1, 2, 3f), Samples.matrix(1, 0, 0, 0, 1, 1, 1f)),
            Losses.binary(link),
            1,
            0,
            true)) {
      SecondOrderResult result =
          Newton.minimise(
              problem, new double[2], new SecondOrderSettings(100, 1e-9), SecondOrderListener.NONE);

      assertThat(result.end()).isEqualTo(End.NO_FINITE_OPTIMUM);
      assertThat(result.warnings().get(0)).startsWith("no finite optimum: ");
    }
  }

  /** A row for those that died of each dose and one for those that lived, weighted. */
  private static SecondOrderRows beetles() {
    double[] doses = new double[2 * DOSES.length];
    double[] died = new double[doses.length];
    double[] weights = new double[doses.length];
    for (int i = 0; i < DOSES.length; i++) {
      doses[2 * i] = DOSES[i] - MIDDLE;
      doses[2 * i + 1] = DOSES[i] - MIDDLE;
      died[2 * i] = 1;
      weights[2 * i] = KILLED[i];
      weights[2 * i + 1] = BEETLES[i] - KILLED[i];
    }
    return Samples.rows(
        Samples.matrix(1, doses), Samples.matrix(1, died), Samples.matrix(1, weights), null);
  }
}
