package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.config.MetricName;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedLabels;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Constants by hand: labels 1, 2, 3, 10, and the same with the weights 1, 1, 1, 5. */
class ConstantBaselineTest {
  private static final FittedLabels NUMBERS = new FittedLabels.Regression(List.of("y"));
  private static final FloatMatrix LABELS = column("y", 1, 2, 3, 10);
  private static final FloatMatrix WEIGHTS = column("weight", 1, 1, 1, 5);

  @Test
  void ofSquaresTheMean() {
    assertThat(constant(MetricName.RMSE, null)).isEqualTo(4); // 16 / 4
    assertThat(constant(MetricName.MSE, WEIGHTS)).isEqualTo(7); // (1 + 2 + 3 + 50) / 8
  }

  @Test
  void ofMagnitudesTheMedian() {
    assertThat(constant(MetricName.MAE, null)).isEqualTo(2);
    assertThat(constant(MetricName.MAE, WEIGHTS)).isEqualTo(10); // half of 8 lies in 10 alone
  }

  @Test
  void ofPinballTheQuantile() {
    assertThat(constant(MetricName.PINBALL, null)).isEqualTo(3); // 0.75 of 4 rows
  }

  /** One of four is positive: logit(1/4) = -ln 3; the weights make it 5 of 8: ln(5/3). */
  @Test
  void ofTwoClassesTheShareOfThePositiveOne() {
    FittedLabels labels = new FittedLabels.Binary("c", "no", "yes", 0.5, BinaryLink.LOGIT);
    FloatMatrix truth = column("c", 0, 0, 0, 1);

    assertThat(answers(labels, MetricName.LOG_LOSS, truth, null).get(0, 0))
        .isCloseTo((float) -Math.log(3), within(1e-6f));
    assertThat(answers(labels, MetricName.LOG_LOSS, truth, WEIGHTS).get(3, 0))
        .isCloseTo((float) Math.log(5 / 3.0), within(1e-6f));
  }

  @Test
  void ofMarginsTheMoreFrequentClass() {
    FittedLabels margins = new FittedLabels.Binary("c", "no", "yes", null);
    FloatMatrix truth = column("c", 0, 0, 0, 1);

    assertThat(answers(margins, MetricName.ACCURACY, truth, null).get(0, 0)).isNegative();
    assertThat(answers(margins, MetricName.ACCURACY, truth, WEIGHTS).get(0, 0)).isPositive();
  }

  /** Shares 1/2, 1/4, 1/4; a class that no row is of has a score that is finite all the same. */
  @Test
  void ofManyClassesTheirShares() {
    FittedLabels labels = new FittedLabels.MultiClass("c", List.of("a", "b", "c", "d"));
    FloatBlock scores = answers(labels, MetricName.LOG_LOSS, column("c", 0, 1, 2, 0), null);

    assertThat(Math.exp(scores.get(0, 0))).isCloseTo(0.5, within(1e-6));
    assertThat(Math.exp(scores.get(0, 2))).isCloseTo(0.25, within(1e-6));
    assertThat(scores.get(0, 3)).isLessThan(-20).isGreaterThan(Float.NEGATIVE_INFINITY);
  }

  private static float constant(MetricName metric, @Nullable FloatMatrix weights) {
    return answers(NUMBERS, metric, LABELS, weights).get(1, 0);
  }

  private static FloatBlock answers(
      FittedLabels labels, MetricName metric, FloatMatrix truth, @Nullable FloatMatrix weights) {
    return ConstantBaseline.of(labels, metric, 0.75, truth, weights)
        .answers(labels.outputs(), truth)
        .blocks()
        .get(0);
  }

  private static FloatMatrix column(String name, float... values) {
    return new FloatMatrix(List.of(name), List.of(FloatBlock.of(1, values)));
  }
}
