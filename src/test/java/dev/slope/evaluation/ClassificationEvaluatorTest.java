package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedLabels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
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
   * log_loss and brier_score_loss of p, roc_auc_score and average_precision_score of z.
   */
  @Test
  void twoClassesAsScikitLearn() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(BINARY, null, TRUTH, SCORES, null);

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
            "average_precision", 0.8761904761904762,
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
        ClassificationEvaluator.evaluate(BINARY, null, TRUTH, SCORES, WEIGHTS);

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
            "average_precision", 0.9333333333333333,
            "brier", 0.1638849122651792));
    assertThat(metrics.confusion()).containsExactly(List.of(3L, 2L), List.of(1L, 4L));
  }

  /**
   * scikit-learn 1.9.1: the scores' argmax and softmax, {@code average="macro"}, {@code
   * roc_auc_score(multi_class="ovr")}, average_precision_score of the classes as columns,
   * precision_recall_fscore_support.
   */
  @Test
  void threeClassesAsScikitLearn() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(THREE, null, TRUTH_OF_THREE, SCORES_OF_THREE, null);

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
            "average_precision", 0.7518518518518519,
            "brier", 0.4588474596219335));
    assertThat(metrics.confusion())
        .containsExactly(List.of(2L, 0L, 1L), List.of(0L, 2L, 0L), List.of(1L, 0L, 1L));
  }

  @Test
  void threeClassesWeightedAsScikitLearn() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(
            THREE, null, TRUTH_OF_THREE, SCORES_OF_THREE, column(1, 2, 1, 0.5f, 1, 3, 1));

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
            "average_precision", 0.693038073038073,
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
        ClassificationEvaluator.evaluate(
            margin, null, column(1, 0, 1), column(0.5f, -1, -0.5f), null);

    assertThat(metrics.values().byName())
        .containsOnlyKeys(
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "f1",
            "auc",
            "average_precision");
    assertThat(metrics.values().byName()).containsEntry("accuracy", 2 / 3.0);
    assertThat(metrics.values().byName()).containsEntry("auc", 1.0);
  }

  /** log(1 + e^1e4) is 1e4 where the exponential itself has no float64. */
  @Test
  void hugeScoresStayFinite() {
    ClassificationMetrics wrong =
        ClassificationEvaluator.evaluate(BINARY, null, column(0, 1), column(1e4f, 1e4f), null);
    assertThat(wrong.values().byName()).containsEntry("log_loss", 5_000.0);

    FloatMatrix scores =
        new FloatMatrix(THREE.classes(), List.of(FloatBlock.of(3, 1e4f, -1e4f, 0)));
    ClassificationMetrics three =
        ClassificationEvaluator.evaluate(THREE, null, column(1), scores, null);
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
        ClassificationEvaluator.evaluate(labels, null, column(1, 0), column(0, 1e4f), null)
            .values();

    assertThat(values.byName()).doesNotContainKey("log_loss").containsEntry("accuracy", 0.5);
    assertThat(values.undefined()).containsEntry("log_loss", "a row's is more than any number");
  }

  private static Map<String, Double> measured(BinaryLink link, float ofPositive, float ofNegative) {
    FittedLabels.Binary labels = new FittedLabels.Binary("y", "no", "yes", 0.5, link);
    return ClassificationEvaluator.evaluate(
            labels, null, column(1, 0), column(ofPositive, ofNegative), null)
        .values()
        .byName();
  }

  @Test
  void aClassThatIsMissingHasNoArea() {
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(BINARY, null, column(1, 1), column(1, -1), null);

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
        ClassificationEvaluator.evaluate(BINARY, null, column(truth), column(scores), null);

    assertThat(metrics.values().byName().get("auc")).isCloseTo(right / pairs, ROUNDING);
  }

  @Test
  void rejects() {
    assertThatThrownBy(
            () -> ClassificationEvaluator.evaluate(BINARY, null, column(1, 0), column(1), null))
        .hasMessage("scores must be of 2 rows in 1 blocks as the labels are, but were of 1 in 1");
    assertThatThrownBy(
            () -> ClassificationEvaluator.evaluate(THREE, null, column(1), column(1), null))
        .hasMessage("scores must have the columns [a, b, c], but had 1 columns");
    assertThatThrownBy(
            () ->
                ClassificationEvaluator.evaluate(BINARY, null, column(1), column(Float.NaN), null))
        .hasMessage("a score must be a finite number, but was NaN");
    assertThatThrownBy(
            () -> ClassificationEvaluator.evaluate(BINARY, null, column(1), column(1), column(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the weights of all rows must sum to > 0, but were 0.0");
  }

  /**
   * A thousand rows of 101 different scores, so that most are tied. scikit-learn 1.9.1 on the same
   * rows as float64: the metrics as above; for {@code bestThreshold} the largest f1 of
   * precision_recall_curve, halfway between the probabilities of its score and the next one;
   * calibration_curve; DummyClassifier(strategy="prior") for the baseline.
   */
  @Test
  void aThousandRowsAsScikitLearn() {
    FloatMatrix truth = truthOfThousand();
    FittedLabels.Binary labels = new FittedLabels.Binary("y", "no", "yes", 0.5);
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(
            labels, baseline(labels, truth, null), truth, scoresOfThousand(), null);

    assertMetrics(
        metrics,
        Map.of(
            "accuracy", 0.746,
            "balanced_accuracy", 0.7482661766424475,
            "precision", 0.700990099009901,
            "recall", 0.774617067833698,
            "f1", 0.735966735966736,
            "log_loss", 0.6215272070614675,
            "auc", 0.764887105028793,
            "average_precision", 0.697385396559607,
            "brier", 0.20127769360513595));
    assertAverages(
        metrics.averages(),
        new double[] {0.7464546454645464, 0.7482661766424475, 0.7456326936095723},
        0.746,
        new double[] {0.750364596459646, 0.746, 0.7464639659668563});
    BestThreshold best = Objects.requireNonNull(metrics.bestThreshold());
    assertThat(best.threshold()).isCloseTo(0.5078099578615078, ROUNDING);
    assertThat(best.precision()).isCloseTo(0.7090909090909091, ROUNDING);
    assertThat(best.recall()).isCloseTo(0.7680525164113785, ROUNDING);
    assertThat(best.f1()).isCloseTo(0.7373949579831933, ROUNDING);
    List<CalibrationBin> bins = Objects.requireNonNull(metrics.calibration());
    assertThat(bins)
        .extracting(CalibrationBin::rows)
        .containsExactly(149L, 128L, 89L, 70L, 69L, 59L, 70L, 88L, 129L, 149L);
    assertClose(
        bins.stream().map(CalibrationBin::observed).toList(),
        List.of(
            0.21476510067114093,
            0.1953125,
            0.21348314606741572,
            0.22857142857142856,
            0.2028985507246377,
            0.6101694915254238,
            0.6571428571428571,
            0.6931818181818182,
            0.7441860465116279,
            0.7516778523489933));
    assertClose(
        bins.stream().map(CalibrationBin::predicted).toList(),
        List.of(
            0.06563127834681884,
            0.14254945740526404,
            0.24605318940470255,
            0.3491800855374104,
            0.45411025404178906,
            0.5541844503421157,
            0.6508199144625894,
            0.753847823842404,
            0.8571694885599315,
            0.9344215820907148));
    assertBaseline(
        metrics,
        Map.of(
            "accuracy", 0.543,
            "balanced_accuracy", 0.5,
            "precision", 0.0,
            "recall", 0.0,
            "f1", 0.0,
            "log_loss", 0.6894446086193586,
            "auc", 0.5,
            "average_precision", 0.457,
            "brier", 0.24815099999999998));
  }

  /** The same with {@code sample_weight}, a fifth of them 0. */
  @Test
  void aThousandWeightedRowsAsScikitLearn() {
    FloatMatrix truth = truthOfThousand();
    FloatMatrix weights = weightsOfThousand();
    FittedLabels.Binary labels = new FittedLabels.Binary("y", "no", "yes", 0.5);
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(
            labels, baseline(labels, truth, weights), truth, scoresOfThousand(), weights);

    assertMetrics(
        metrics,
        Map.of(
            "accuracy", 0.758,
            "balanced_accuracy", 0.7600871751075589,
            "precision", 0.7147117296222664,
            "recall", 0.7849344978165939,
            "f1", 0.7481789802289281,
            "log_loss", 0.6017591310255316,
            "auc", 0.7770851125541823,
            "average_precision", 0.7286783665977611,
            "brier", 0.1951405540069671));
    assertAverages(
        metrics.averages(),
        new double[] {0.7582612974067067, 0.7600871751075589, 0.7576313572944449},
        0.758,
        new double[] {0.7619194611005996, 0.758, 0.7584253569679482});
    BestThreshold best = Objects.requireNonNull(metrics.bestThreshold());
    assertThat(best.threshold()).isCloseTo(0.4921900421384922, ROUNDING);
    assertThat(best.f1()).isCloseTo(0.7481789802289283, ROUNDING);
    List<CalibrationBin> bins = Objects.requireNonNull(metrics.calibration());
    // NumPy: sum(w p) / sum(w) and sum(w y) / sum(w) of the rows of each range.
    assertThat(bins)
        .extracting(CalibrationBin::rows)
        .containsExactly(119L, 103L, 72L, 56L, 55L, 47L, 56L, 70L, 103L, 119L);
    assertThat(bins.get(1).predicted()).isCloseTo(0.14251036561683636, ROUNDING);
    assertThat(bins.get(1).observed()).isCloseTo(0.20077220077220076, ROUNDING);
    assertThat(bins.get(9).predicted()).isCloseTo(0.9344622089929807, ROUNDING);
    assertThat(bins.get(9).observed()).isCloseTo(0.7736486486486487, ROUNDING);
    assertBaseline(
        metrics,
        Map.of(
            "accuracy", 0.542,
            "balanced_accuracy", 0.5,
            "precision", 0.0,
            "recall", 0.0,
            "f1", 0.0,
            "log_loss", 0.6896150198775519,
            "auc", 0.5,
            "average_precision", 0.458,
            "brier", 0.24823599999999998));
  }

  /** scikit-learn 1.9.1, as with three classes above, with DummyClassifier(strategy="prior"). */
  @Test
  void aThousandRowsOfThreeClassesAsScikitLearn() {
    FloatMatrix truth = classesOfThousand();
    FloatMatrix weights = weightsOfThousand();
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(
            THREE, baseline(THREE, truth, weights), truth, scoresOfThousand(3), weights);

    assertMetrics(
        metrics,
        Map.of(
            "accuracy", 0.804,
            "balanced_accuracy", 0.8359868380714914,
            "precision", 0.8039187921895782,
            "recall", 0.8359868380714914,
            "f1", 0.8064158598034834,
            "log_loss", 0.8366233064416957,
            "auc", 0.8594910172520299,
            "average_precision", 0.7405882227516202,
            "brier", 0.4164977178154055));
    assertAverages(
        metrics.averages(),
        new double[] {0.8039187921895782, 0.8359868380714914, 0.8064158598034834},
        0.804,
        new double[] {0.8246830344187481, 0.804, 0.8018162923746316});
    assertThat(metrics.confusion())
        .containsExactly(List.of(273L, 31L, 28L), List.of(0L, 243L, 0L), List.of(72L, 62L, 291L));
    assertBaseline(
        metrics,
        Map.of(
            "accuracy", 0.433,
            "balanced_accuracy", 1 / 3.0,
            "precision", 0.14433333333333334,
            "recall", 1 / 3.0,
            "f1", 0.2014421958595022,
            "log_loss", 1.0662210029534738,
            "auc", 0.5,
            "average_precision", 1 / 3.0,
            "brier", 0.645606));
    assertThat(metrics.calibration()).isNull();
    assertThat(metrics.bestThreshold()).isNull();
  }

  /** scikit-learn 1.9.1: the fourth class is predicted 95 times and never right. */
  @Test
  void aClassWithoutRowsAsScikitLearn() {
    FittedLabels.MultiClass four =
        new FittedLabels.MultiClass("y", List.of("a", "b", "c", "never"));
    ClassificationMetrics metrics =
        ClassificationEvaluator.evaluate(
            four, null, classesOfThousand(), scoresOfThousand(4), null);

    Map<String, Double> values = metrics.values().byName();
    assertThat(values.get("accuracy")).isCloseTo(0.723, ROUNDING);
    assertThat(values.get("log_loss")).isCloseTo(0.9839717205156657, ROUNDING);
    assertThat(values.get("brier")).isCloseTo(0.48634866751516564, ROUNDING);
    assertThat(values.get("balanced_accuracy")).isCloseTo(0.7481381541659253, ROUNDING);
    assertAverages(
        metrics.averages(),
        new double[] {0.6013615156114374, 0.561103615624444, 0.5708366623403862},
        0.723,
        new double[] {0.8213022788048157, 0.723, 0.7566365342950592});
    assertThat(metrics.values().undefined())
        .isEqualTo(
            Map.of(
                "auc",
                "class 'never' has all the rows or none",
                "average_precision",
                "no row is of class 'never'"));
    assertThat(metrics.baseline()).isNull();
  }

  /** Ranks that are one number in float32 and two in float64: 1 and 1 + 2^-40. */
  @Test
  void ranksKeepAllDigits() {
    double more = 1 + Math.scalb(1.0, -40);
    assertThat(area(more, 1)).isEqualTo(1);
    assertThat(area(1, more)).isEqualTo(0);
    assertThat(area(1, 1)).isEqualTo(0.5);
  }

  /** Of a row of the class and another, from their ranks. */
  private static double area(double own, double other) {
    double[] ranks = {own, other};
    return Ranking.of(
            new ClassRows(column(1, 0), 1, block -> row -> ranks[row], null), DescendingValues.MOST)
        .area();
  }

  private static FloatMatrix truthOfThousand() {
    return column(
        thousand(
            i -> {
              double z = ((i * 37) % 101 - 50) / 16.0;
              int bound = 7 + (z > 0 ? 5 : 0) + (z > 1 ? 2 : 0);
              return (i * i * 31 + i * 7) % 19 < bound ? 1 : 0;
            }));
  }

  private static FloatMatrix scoresOfThousand() {
    return column(thousand(i -> (i * 37 % 101 - 50) / 16f));
  }

  private static FloatMatrix scoresOfThousand(int outputs) {
    float[] values = new float[1_000 * outputs];
    for (int i = 0; i < 1_000; i++) {
      for (int output = 0; output < outputs; output++) {
        values[i * outputs + output] = score(i, output);
      }
    }
    List<String> names = List.of("a", "b", "c", "never").subList(0, outputs);
    return new FloatMatrix(names, List.of(FloatBlock.of(outputs, values)));
  }

  private static float score(int i, int output) {
    return switch (output) {
      case 0 -> (i * 37 % 101 - 50) / 16f;
      case 1 -> (i * 53 % 97 - 48) / 16f + 1 / 1024f;
      case 2 -> (i * 29 % 89 - 44) / 16f + 1 / 4096f;
      default -> (i * 41 % 83 - 60) / 16f + 1 / 16384f;
    };
  }

  private static FloatMatrix classesOfThousand() {
    return column(
        thousand(
            i -> {
              int best = 0;
              for (int output = 1; output < 3; output++) {
                best = score(i, output) > score(i, best) ? output : best;
              }
              return (i * i * 13 + i) % 7 < 3 ? best : (i * i * 5 + 3 * i) % 3;
            }));
  }

  private static FloatMatrix weightsOfThousand() {
    return column(thousand(i -> i * 7 % 5 / 4f));
  }

  private static float[] thousand(IntFunction<Number> value) {
    float[] values = new float[1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(i).floatValue();
    }
    return values;
  }

  private static Baseline baseline(
      FittedLabels.Classes labels, FloatMatrix truth, @Nullable FloatMatrix weights) {
    ModelConfig model =
        new ModelConfig.SoftmaxRegression(
            true, 0, 0, Map.of(), new ClassWeightConfig.None(), new InitializerConfig.Zeros());
    return Baseline.of(model, labels, truth, weights);
  }

  private static void assertBaseline(ClassificationMetrics metrics, Map<String, Double> expected) {
    MetricValues baseline = Objects.requireNonNull(metrics.baseline());
    assertThat(baseline.undefined()).isEmpty();
    assertThat(baseline.byName()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(baseline.byName().get(name)).as(name).isCloseTo(value, ROUNDING));
  }

  private static void assertAverages(
      ClassAverages averages, double[] macro, double micro, double[] weighted) {
    assertAverage(averages.macro(), macro);
    assertAverage(averages.micro(), new double[] {micro, micro, micro});
    assertAverage(averages.weighted(), weighted);
  }

  private static void assertAverage(ClassAverages.Average average, double[] expected) {
    assertThat(average.precision()).isCloseTo(expected[0], ROUNDING);
    assertThat(average.recall()).isCloseTo(expected[1], ROUNDING);
    assertThat(average.f1()).isCloseTo(expected[2], ROUNDING);
  }

  private static void assertClose(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), ROUNDING);
    }
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
