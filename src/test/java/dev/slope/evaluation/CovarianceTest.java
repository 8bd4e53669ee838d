package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CovarianceTest {
  /**
   * The eigenvalues of {@code [[s + w m^2, w m], [w m, w]]} by the quadratic formula; s = 4, w = 2,
   * m = 3: of [[22, 6], [6, 2]] they are 12 +- sqrt(136).
   */
  @Test
  void theConditionNumberIsTheRootOfTheRatioOfTheEigenvalues() throws StatisticsException {
    Information information = new Information(2, new double[] {3}, new double[] {4}, true);

    assertThat(Covariance.of(information, List.of("a", "b")).conditionNumber())
        .isCloseTo(Math.sqrt((12 + Math.sqrt(136)) / (12 - Math.sqrt(136))), within(1e-12 * 100));
  }

  /**
   * Two categories of one column are never in one row: their product, centred and not, cancels to
   * 0, or to a rounding of it that isn't the same when the product is turned around.
   */
  @Test
  void sumsThatAreNotQuiteSymmetricHaveAConditionNumber() throws StatisticsException {
    double[] means = {0.3, 0.6};
    double centred = -7 * 0.3 * 0.6;
    double rounded = Math.nextUp(centred);
    Information exact = new Information(7, means, new double[] {2, centred, centred, 3}, true);
    Information almost = new Information(7, means, new double[] {2, centred, rounded, 3}, true);

    double number = Covariance.of(exact, List.of("a", "b")).conditionNumber();

    assertThat(Covariance.of(almost, List.of("a", "b")).conditionNumber())
        .isCloseTo(number, within(1e-12 * number));
  }
}
