package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Cross-validation of the shipped data against scikit-learn 1.9.1, in float64: for each fold a
 * StandardScaler and a model fitted on the rows outside it, measured on those inside; the mean and
 * numpy's std of the five. The folds were those of seed 0, as RowFolds draws them, given to
 * scikit-learn row by row. Of n rows outside a fold, l2 is alpha = l2 n / 2 of Ridge, l1 is alpha =
 * l1 / 2 of Lasso (tol 1e-10) and l2 is C = 1 / (l2 n) of LogisticRegression (tol 1e-10).
 */
class TuneReferenceTest {
  private static final double[][] RIDGE = {
    {2962.930115577214, 292.259140313961},
    {2960.9151862015897, 287.10005506077096},
    {2963.653512042635, 272.9842229583065},
    {3092.3763445040054, 222.3758871528085}
  };

  private static final double[][] LASSO = {
    {2966.5976946473575, 280.12785534216044}, {3083.5663492290323, 229.70541505182752}
  };

  private static final double[][] LOGISTIC = {
    {0.07861143386140475, 0.04184081126049395},
    {0.08236497210651197, 0.025740399052218914},
    {0.14086203018819027, 0.026831703529635167}
  };

  @TempDir Path models;

  /** Newton trains setting after setting, gradient descent all of them and their folds at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"optimizer\": \"newton\"}",
        "{\"plan\": \"gram\", \"stop\": {\"tolerance\": 1e-4}}",
        "{\"plan\": \"full_batch\", \"stop\": {\"tolerance\": 1e-2}}"
      })
  void ridgeOfDiabetes(String training) {
    JsonNode tuning =
        tuned(
            "diabetes.json",
            training,
            "{\"parameters\": {\"/model/l2\": [0, 0.01, 0.1, 1]}, \"folds\": 5}");

    assertAgree(tuning, RIDGE, 1e-4);
    assertThat(tuning.get("best").asInt()).isEqualTo(2);
    assertThat(tuning.at("/settings/0/folds/4/metric").asDouble())
        .isCloseTo(3491.8049102091477, within(0.3));
  }

  @Test
  void lassoOfDiabetes() {
    JsonNode tuning =
        tuned(
            "diabetes.json",
            "{\"epochs\": 50000}",
            "{\"parameters\": {\"/model/l1\": [1, 10]}, \"folds\": 5}");

    assertAgree(tuning, LASSO, 1e-4);
  }

  /** Stratified: 42 or 43 of 212 malignant tumours in each fold. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"optimizer\": \"newton\"}", "{\"stop\": {\"tolerance\": 1e-5}}"})
  void logisticRegressionOfBreastCancer(String training) {
    JsonNode tuning =
        tuned(
            "breast_cancer.json",
            training.replace("\"stop\"", "\"epochs\": 100000, \"stop\""),
            "{\"parameters\": {\"/model/l2\": [0.001, 0.01, 0.1]}, \"folds\": 5}");

    assertThat(tuning.get("metric").asString()).isEqualTo("log_loss");
    assertThat(tuning.get("stratified").asBoolean()).isTrue();
    assertAgree(tuning, LOGISTIC, 1e-3);
  }

  /** The area under the curve of l2 0.01, where more is better. */
  @Test
  void areasUnderTheCurve() {
    JsonNode tuning =
        tuned(
            "breast_cancer.json",
            "{\"optimizer\": \"newton\"}",
            "{\"parameters\": {\"/model/l2\": [0.001, 0.01, 0.1]}, \"folds\": 5, \"metric\": \"auc\"}");

    assertThat(tuning.at("/settings/0/mean").asDouble())
        .isCloseTo(0.9941792659488368, within(1e-5));
    assertThat(tuning.at("/settings/1/mean").asDouble())
        .isCloseTo(0.9951853021661407, within(1e-5));
    assertThat(tuning.get("best").asInt()).isEqualTo(2);
  }

  /** NumPy's max |2 X'(y - mean) / n| over the standardised columns, rounded up to six digits. */
  @Test
  void aPathBeginsWhereAllWeightsAreZero() {
    CommandResult plan =
        CommandResult.of(
            "tune",
            Path.of("configs", "diabetes.json"),
            "--dry-run",
            "--json",
            "--set",
            "/tune={\"parameters\": {\"/model/l1\": {\"type\": \"path\", \"count\": 4}}, \"folds\": 2}");

    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.json().get("settings"))
        .extracting(setting -> setting.get("/model/l1").asDouble())
        .containsExactly(90.3201, 9.03201, 0.903201, 0.0903201);
  }

  private static void assertAgree(JsonNode tuning, double[][] expected, double relative) {
    assertThat(tuning.get("settings")).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      JsonNode setting = tuning.get("settings").get(i);
      assertThat(setting.get("mean").asDouble())
          .as("mean of setting " + (i + 1))
          .isCloseTo(expected[i][0], within(relative * expected[i][0]));
      assertThat(setting.get("standard_deviation").asDouble())
          .as("deviation of setting " + (i + 1))
          .isCloseTo(expected[i][1], within(10 * relative * expected[i][1]));
    }
  }

  private JsonNode tuned(String config, String training, String tune) {
    CommandResult result =
        CommandResult.of(
            "tune",
            Path.of("configs", config),
            "--models",
            models,
            "--json",
            "--set",
            "/expect={}",
            "--set",
            "/report/plots=false",
            "--set",
            "/training=" + training,
            "--set",
            "/tune=" + tune);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.json().get("tuning");
  }
}
