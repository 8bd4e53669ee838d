package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.QuadraticForm;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Many rows are multiplied in float32 where that is enough; plain Java doubles say what is. */
class CurvatureTest {
  private static final int ROWS = 70_000;
  private static final double FLOAT32_STEP_AT_2 = Math.ulp(2f);

  // Means of 1000 beside a spread of 1: products about 0 would lose six of float32's seven digits.
  @Test
  void productsInFloat32TellSevenDigits() {
    TrainingJob job = job(1, 1);

    GramSums quick = sums(job, Precision.FLOAT32);

    assertThat(quick.isEnough(true)).isTrue();
    assertThat(quick.weight()).isEqualTo(ROWS);
    double[] exact = moments(job);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        assertThat(quick.inputScatter()[i * 2 + j] / ROWS)
            .as("moment %d, %d", i, j)
            .isCloseTo(exact[i * 2 + j], within(1e-7));
      }
    }
  }

  // Residuals of 1e-3 beside labels of 1: 1e-6 of the terms that they would be the difference of.
  @Test
  void leastLossOfGoodFitComesFromItsResiduals() {
    TrainingJob job = job(1, 1e-3);

    QuadraticForm form = new Curvature(job, Device.CPU).form();

    double[] optimum = solution(moments(job), means(job));
    double squares = 0;
    for (int row = 0; row < ROWS; row++) {
      double residual = optimum[2] - value(job, row, 2);
      for (int input = 0; input < 2; input++) {
        residual += optimum[input] * value(job, row, input);
      }
      squares += residual * residual;
    }
    assertThat(form.optimalLoss() / (squares / ROWS)).isCloseTo(1, within(1e-4));
    for (int i = 0; i < 2; i++) {
      assertThat(form.optimum()[i]).isCloseTo(optimum[i], within(FLOAT32_STEP_AT_2));
    }
  }

  // The second column is the first and a hundredth of noise: a pivot of 1e-4.
  @Test
  void columnsThatAreNearlyCollinearAreMultipliedInFloat64() {
    TrainingJob job = job(0.01, 1);
    assertThat(sums(job, Precision.FLOAT32).isEnough(true)).isFalse();

    QuadraticForm form = new Curvature(job, Device.CPU).form();

    double[] optimum = solution(moments(job), means(job));
    for (int i = 0; i < 2; i++) {
      assertThat(form.optimum()[i]).isCloseTo(optimum[i], within(1e-8));
    }
  }

  /**
   * Two columns about 1000 and -1000, and y = a + 2 b + noise.
   *
   * @param apart how far the second column, about the first's negative, is from it
   */
  private static TrainingJob job(double apart, double noise) {
    SplittableRandom random = new SplittableRandom(3);
    FloatBlock x = new FloatBlock(ROWS, 2);
    FloatBlock y = new FloatBlock(ROWS, 1);
    for (int row = 0; row < ROWS; row++) {
      double first = random.nextGaussian();
      double second = apart == 1 ? random.nextGaussian() : first + apart * random.nextGaussian();
      x.set(row, 0, first + 1000);
      x.set(row, 1, second - 1000);
      y.set(row, 0, x.get(row, 0) + 2 * x.get(row, 1) + 1000 + noise * random.nextGaussian());
    }
    return TrainingFixtures.job(
        new FloatMatrix(List.of("a", "b"), List.of(x)),
        TrainingFixtures.matrix("y", y),
        Scaling.NONE,
        0.01,
        1);
  }

  private static GramSums sums(TrainingJob job, Precision products) {
    try (GramPass pass = new GramPass(job, Device.CPU, products)) {
      return pass.sums();
    }
  }

  /** A column of the inputs, or the label. */
  private static double value(TrainingJob job, int row, int column) {
    TrainingRows rows = job.rows();
    return column < 2
        ? rows.rawFeatures().blocks().get(0).get(row, column)
        : rows.labels().blocks().get(0).get(row, 0);
  }

  private static double[] means(TrainingJob job) {
    double[] means = new double[3];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < 3; i++) {
        means[i] += value(job, row, i) / ROWS;
      }
    }
    return means;
  }

  /** Those of the two inputs, row by row, then of each with the label. */
  private static double[] moments(TrainingJob job) {
    double[] means = means(job);
    double[] moments = new double[6];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          int at = j < 2 ? i * 2 + j : 4 + i;
          moments[at] += (value(job, row, i) - means[i]) * (value(job, row, j) - means[j]) / ROWS;
        }
      }
    }
    return moments;
  }

  /** Cramer's rule, and the intercept. */
  private static double[] solution(double[] moments, double[] means) {
    double determinant = moments[0] * moments[3] - moments[1] * moments[2];
    double first = (moments[4] * moments[3] - moments[1] * moments[5]) / determinant;
    double second = (moments[0] * moments[5] - moments[2] * moments[4]) / determinant;
    return new double[] {first, second, means[2] - first * means[0] - second * means[1]};
  }
}
