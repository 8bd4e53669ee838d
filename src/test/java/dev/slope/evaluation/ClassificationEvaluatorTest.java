package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedLabels;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClassificationEvaluatorTest {
  /** The references are printed in full; sums may be in another order. */
  private static final Offset<Double> ROUNDING = within(1e-14);

  private static final FittedLabels.Binary BINARY = new FittedLabels.Binary("y", "no", "yes", 0.6);
  private static final FloatMatrix TRUTH = column(0, 0, 1, 1, 1, 0, 1, 0, 1, 0);
  private static final FloatMatrix SCORES =
      column(-2, 0.5f, 1.5f, -0.25f, 3, -1, 0.5f, 0.5f, 0.75f, -4);
  private static final FloatMatrix WEIGHTS = column(1, 2, 0.5f, 1, 3, 1, 0, 2, 1.5f, 1);

  private static final FittedLabels.MultiClass THREE =
      new FittedLabels.MultiClass("y", List.of("a", "b", "c"));
  private static final FloatMatrix TRUTH_OF_THREE = column(0, 1, 2, 2, 1, 0, 0);
  private static final FloatMatrix SCORES_OF_THREE =
      new FloatMatrix(
          List.of("a", "b", "c"),
          List.of(
              FloatBlock.of(
                  3, 1, 0, -1, 0.5f, 2, 0, 0, 0.25f, 0.5f, 2, 1, 1.5f, 0, 3, 1, 1, 0, 2, 0.25f, 0,
                  0.125f)));

  /**
   * scikit-learn 1.9.1 on the rows above as float64, {@code p = 1 / (1 + exp(-z))}, {@code d = p >=
   * 0.6}: accuracy_score, balanced_accuracy_score, precision_score, recall_score and f1_score of d,
   * log_loss and brier_score_loss of p, roc_auc_score of z.
   */
  @Test
  void twoClassesAsScikitLearn() {
    ClassificationMetrics metrics = ClassificationEvaluator.evaluate(BINARY, TRUTH, SCORES, null);

    assertMetrics(
        metrics,
        Map.of(
            "accuracy", 0.7,
            "balanced_accuracy", 0.7,
            "precision", 0.6666666666666666,
            "recall", 0.8,
            "f1", 0.7272727272727273,
            "log_loss", 0.4343381634569563,
            "auc", 0.8799999999999999,
            "brier", 0.14588075334866668));
    assertThat(metrics.confusion()).containsExactly(List.of(3L, 2L), List.of(1L, 4L));
    assertThat(metrics.classes()).extracting(ClassMetrics::name).containsExactly("no", "yes");
    assertThat(metrics.classes()).extracting(ClassMetrics::rows).containsExactly(5L, 5L);
    assertThat(metrics.rows()).isEqualTo(10);
  }

  /** The same with {@code sample_weight}; the confusion counts rows, not their weights. */
  @Test
  void twoClassesWeightedAsScikitLearn() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(BINARY, TRUTH, SCORES, WEIGHTS);

    assertMetrics(
        metrics,
        Map.of(
            "accuracy", 0.6153846153846154,
            "balanced_accuracy", 0.6309523809523809,
            "precision", 0.5555555555555556,
            "recall", 0.8333333333333334,
            "f1", 0.6666666666666666,
            "log_loss", 0.46210478353563283,
            "auc", 0.9047619047619048,
            "brier", 0.1638849122651792));
    assertThat(metrics.confusion()).containsExactly(List.of(3L, 2L), List.of(1L, 4L));
  }

  /**
   * scikit-learn 1.9.1: the scores' argmax and softmax, {@code average="macro"}, {@code
   * roc_auc_score(multi_class="ovr")}, precision_recall_fscore_support.
   */
  @Test
  void threeClassesAsScikitLearn() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(THREE, TRUTH_OF_THREE, SCORES_OF_THREE, null);

    assertMetrics(
        metrics,
        Map.of(
            "accuracy", 0.7142857142857143,
            "balanced_accuracy", 0.7222222222222222,
            "precision", 0.7222222222222222,
            "recall", 0.7222222222222222,
            "f1", 0.7222222222222222,
            "log_loss", 0.7599764673292303,
            "auc", 0.8166666666666668,
            "brier", 0.4588474596219335));
    assertThat(metrics.confusion())
        .containsExactly(List.of(2L, 0L, 1L), List.of(0L, 2L, 0L), List.of(1L, 0L, 1L));
  }

  @Test
  void threeClassesWeightedAsScikitLearn() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(
            THREE, TRUTH_OF_THREE, SCORES_OF_THREE, column(1, 2, 1, 0.5f, 1, 3, 1));

    assertMetrics(
        metrics,
        Map.of(
            "accuracy", 0.631578947368421,
            "balanced_accuracy", 0.6888888888888888,
            "precision", 0.6833333333333332,
            "recall", 0.6888888888888888,
            "f1", 0.6323232323232323,
            "log_loss", 0.8264492712738581,
            "auc", 0.7870370370370369,
            "brier", 0.523687352621262));
    ClassMetrics third = metrics.classes().get(2);
    assertThat(third.precision()).isCloseTo(0.25, ROUNDING);
    assertThat(third.recall()).isCloseTo(0.66666667, within(5e-9));
    assertThat(third.f1()).isCloseTo(0.36363636, within(5e-9));
  }

  /** Without probabilities the sign decides, and neither log loss nor brier score is there. */
  @Test
  void marginsHaveNoProbabilities() {
    FittedLabels.Binary margin = new FittedLabels.Binary("y", "0", "1", null);
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(margin, column(1, 0, 1), column(0.5f, -1, -0.5f), null);

    assertThat(metrics.values().byName())
        .containsOnlyKeys("accuracy", "balanced_accuracy", "precision", "recall", "f1", "auc");
    assertThat(metrics.values().byName()).containsEntry("accuracy", 2 / 3.0);
    assertThat(metrics.values().byName()).containsEntry("auc", 1.0);
  }

  /** log(1 + e^1e4) is 1e4 where the exponential itself has no float64. */
  @Test
  void hugeScoresStayFinite() {
    ClassificationMetrics wrong =
        ClassificationEvaluator.evaluate(BINARY, column(0, 1), column(1e4f, 1e4f), null);
    assertThat(wrong.values().byName()).containsEntry("log_loss", 5_000.0);

    FloatMatrix scores =
        new FloatMatrix(THREE.classes(), List.of(FloatBlock.of(3, 1e4f, -1e4f, 0)));
    ClassificationMetrics three = ClassificationEvaluator.evaluate(THREE, column(1), scores, null);
    assertThat(three.values().byName()).containsEntry("log_loss", 20_000.0);
  }

  /**
   * A positive row of score 0 and a negative one of 1. Probit: 1/2 and Phi(1) = 0.84134475, log
   * losses ln 2 and -ln 0.15865525. Complementary log-log: 1 - 1/e and 0.93401196, log losses -ln(1
   * - 1/e) = 0.45867515 and e.
   */
  @Test
  void otherLinksHaveTheirOwnProbabilities() {
    Map<String, Double> probit = measured(BinaryLink.PROBIT, 0, 1);
    assertThat(probit.get("log_loss")).isCloseTo((0.69314718 + 1.84102165) / 2, within(1e-8));
    assertThat(probit.get("brier")).isCloseTo((0.25 + 0.84134475 * 0.84134475) / 2, within(1e-8));
    Map<String, Double> cloglog = measured(BinaryLink.CLOGLOG, 0, 1);
    assertThat(cloglog.get("log_loss")).isCloseTo((0.45867515 + Math.E) / 2, within(1e-8));
    assertThat(cloglog.get("brier"))
        .isCloseTo((1 / Math.E / Math.E + 0.93401196 * 0.93401196) / 2, within(1e-8));
  }

  /** exp(1e4) has no float64. */
  @Test
  void aLogLossAboveAnyNumberIsUndefined() {
    FittedLabels.Binary labels = new FittedLabels.Binary("y", "no", "yes", 0.5, BinaryLink.CLOGLOG);
    MetricValues values =
        ClassificationEvaluator.evaluate(labels, column(1, 0), column(0, 1e4f), null).values();

    assertThat(values.byName()).doesNotContainKey("log_loss").containsEntry("accuracy", 0.5);
    assertThat(values.undefined()).containsEntry("log_loss", "a row's is more than any number");
  }

  private static Map<String, Double> measured(BinaryLink link, float ofPositive, float ofNegative) {
    FittedLabels.Binary labels = new FittedLabels.Binary("y", "no", "yes", 0.5, link);
    return ClassificationEvaluator.evaluate(
            labels, column(1, 0), column(ofPositive, ofNegative), null)
        .values()
        .byName();
  }

  @Test
  void aClassThatIsMissingHasNoArea() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(BINARY, column(1, 1), column(1, -1), null);

    assertThat(metrics.values().undefined())
        .isEqualTo(Map.of("auc", "class 'yes' has all the rows or none"));
    // Nothing is predicted wrongly to be of it: 1 of 1; 1 of 2 is found.
    assertThat(metrics.values().byName()).containsEntry("precision", 1.0);
    assertThat(metrics.values().byName()).containsEntry("recall", 0.5);
    assertThat(metrics.values().byName()).containsEntry("balanced_accuracy", 0.5);
  }

  /** Every pair counted: the definition, against the sort, over scores with ties. */
  @Test
  void areaIsThePartOfPairsInOrder() {
    float[] scores = new float[200];
    float[] truth = new float[200];
    IntStream.range(0, 200)
        .forEach(
            i -> {
              scores[i] = Math.round(Math.sin(i * 7) * 8) / 8f;
              truth[i] = i * 37 % 3 == 0 ? 1 : 0;
            });
    double right = 0;
    double pairs = 0;
    for (int positive = 0; positive < 200; positive++) {
      for (int negative = 0; negative < 200; negative++) {
        if (truth[positive] == 1 && truth[negative] == 0) {
          pairs++;
          int order = Float.compare(scores[positive] + 0f, scores[negative] + 0f);
          right += order > 0 ? 1 : order == 0 ? 0.5 : 0;
        }
      }
    }

    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(BINARY, column(truth), column(scores), null);

    assertThat(metrics.values().byName().get("auc")).isCloseTo(right / pairs, ROUNDING);
  }

  @Test
  void rejects() {
    assertThatThrownBy(
            () -> ClassificationEvaluator.evaluate(BINARY, column(1, 0), column(1), null))
        .hasMessage("scores must be of 2 rows in 1 blocks as the labels are, but were of 1 in 1");
    assertThatThrownBy(() -> ClassificationEvaluator.evaluate(THREE, column(1), column(1), null))
        .hasMessage("scores must have the columns [a, b, c], but had 1 columns");
    assertThatThrownBy(
            () -> ClassificationEvaluator.evaluate(BINARY, column(1), column(Float.NaN), null))
        .hasMessage("a score must be a finite number, but was NaN");
    assertThatThrownBy(
            () -> ClassificationEvaluator.evaluate(BINARY, column(1), column(1), column(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the weights of all rows must sum to > 0, but were 0.0");
  }

  private static void assertMetrics(ClassificationMetrics metrics, Map<String, Double> expected) {
    assertThat(metrics.values().undefined()).isEmpty();
    assertThat(metrics.values().byName()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(metrics.values().byName().get(name)).as(name).isCloseTo(value, ROUNDING));
  }

  private static FloatMatrix column(float... values) {
    return new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, values)));
  }
}
