package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelRulesTest {
  private static final String CONFIG =
      """
      {"data": {"train": {"type": "inline", "columns": {"x": [1], "y": [1], "w": [1], "o": [1]}}},
       "label": "y", "model": "%s", %s
       "training": {"epochs": 1, "optimizer": {"type": "gradient_descent", "learning_rate": 1}}}
      """;

  @TempDir Path folder;

  @Test
  void readsEveryUse() throws IOException {
    RunConfig run =
        ConfigLoader.load(
                write(
                    "logistic_regression",
                    "\"positive_class\": 1, \"threshold\": 0.25, \"weight_column\": \"w\","
                        + " \"offset_column\": \"o\", \"ignore\": \"x\","),
                List.of())
            .run();

    assertThat(run.positiveClass()).isEqualTo("1");
    assertThat(run.threshold()).isEqualTo(0.25);
    assertThat(run.weightColumn()).isEqualTo("w");
    assertThat(run.offsetColumn()).isEqualTo("o");
    assertThat(run.ignore()).containsExactly("x");
  }

  @Test
  void leftOutThereIsNone() throws IOException {
    RunConfig run = ConfigLoader.load(write("logistic_regression", ""), List.of()).run();

    assertThat(run.positiveClass()).isNull();
    assertThat(run.thresholdOrDefault()).isEqualTo(0.5);
    assertThat(run.weightColumn()).isNull();
    assertThat(run.offsetColumn()).isNull();
    assertThat(run.ignore()).isEmpty();
  }

  @Test
  void aPositiveClassMayBeTextNumberOrTruth() throws IOException {
    for (String value : List.of("\"yes\"", "2.5", "true")) {
      Path file = write("linear_svm", "\"positive_class\": " + value + ",");
      assertThat(ConfigLoader.load(file, List.of()).run().positiveClass())
          .isEqualTo(value.replace("\"", ""));
    }
    assertThat(problem("linear_svm", "\"positive_class\": [1],"))
        .isEqualTo(
            "line 2: /positive_class must be a string, a number, true or false, but was a list");
  }

  @Test
  void aColumnHasOneUse() throws IOException {
    assertThat(problem("linear_regression", "\"weight_column\": \"y\","))
        .isEqualTo(
            "line 2: /weight_column must be a column with no other use, but 'y' is a label; take it"
                + " out of one of the two");
    assertThat(problem("linear_regression", "\"offset_column\": \"w\", \"weight_column\": \"w\","))
        .isEqualTo(
            "line 2: /offset_column must be a column with no other use, but 'w' is named by"
                + " /weight_column; take it out of one of the two");
    assertThat(
            problem("linear_regression", "\"ignore\": \"x\", \"features\": {\"x\": \"numeric\"},"))
        .isEqualTo(
            "line 2: /ignore/0 must be a column with no other use, but 'x' is a feature; take it"
                + " out of one of the two");
  }

  @Test
  void columnsMustBeThere() throws IOException {
    assertThat(problem("linear_regression", "\"weight_column\": \"v\","))
        .isEqualTo(
            "line 2: /weight_column must be a column of the data, but was 'v'; did you mean 'x'?");
  }

  @Test
  void keysThatAModelHasNoUseForAreRefused() throws IOException {
    assertThat(problem("softmax_regression", "\"positive_class\": 1,"))
        .isEqualTo(
            "line 2: /positive_class is for models of two classes, logistic_regression and"
                + " linear_svm; leave it out with softmax_regression");
    assertThat(problem("linear_svm", "\"threshold\": 0.3,"))
        .isEqualTo(
            "line 2: /threshold is for the probability that logistic_regression predicts; leave it"
                + " out with linear_svm");
    assertThat(problem("softmax_regression", "\"offset_column\": \"o\","))
        .isEqualTo(
            "line 2: /offset_column changes no probability where every class's score grows by the"
                + " same; leave it out with softmax_regression");
    assertThat(problem("logistic_regression", "\"threshold\": 1,"))
        .isEqualTo("line 2: /threshold must be < 1, but was 1");
  }

  @Test
  void metricsMustBeTheModels() throws IOException {
    assertThat(problem("logistic_regression", "\"expect\": {\"mse\": {\"max\": 1}},"))
        .isEqualTo(
            "line 2: /expect/mse is no metric of logistic_regression; its metrics: [loss, accuracy,"
                + " balanced_accuracy, precision, recall, f1, log_loss, auc, average_precision, brier]");
    assertThat(problem("linear_svm", "\"expect\": {\"train.log_loss\": {\"max\": 1}},"))
        .isEqualTo(
            "line 2: /expect/train.log_loss is no metric of linear_svm; its metrics: [loss,"
                + " accuracy, balanced_accuracy, precision, recall, f1, auc, average_precision]");
    assertThat(
            problem("gamma_regression", "\"expect\": {\"mean_poisson_deviance\": {\"max\": 1}},"))
        .isEqualTo(
            "line 2: /expect/mean_poisson_deviance is no metric of gamma_regression; its metrics:"
                + " [loss, mse, rmse, mae, median_absolute_error, mape, r2, adjusted_r2, explained_variance,"
                + " mean_gamma_deviance]");
  }

  /** Every type of a model has its metrics, the loss among them. */
  @Test
  void everyModelHasMetrics() {
    assertThat(ConfigNames.typeNames(ModelConfig.class))
        .hasSize(10)
        .allSatisfy(type -> assertThat(MetricName.of(type)).contains(MetricName.LOSS));
  }

  private String problem(String model, String keys) throws IOException {
    Path file = write(model, keys);
    try {
      ConfigLoader.load(file, List.of());
      throw new AssertionError("no problem found");
    } catch (ConfigException e) {
      String prefix = "1 problem in " + file + ":\n  ";
      assertThat(e).hasMessageStartingWith(prefix);
      return String.valueOf(e.getMessage()).substring(prefix.length());
    }
  }

  private Path write(String model, String keys) throws IOException {
    return Files.writeString(folder.resolve("run.json"), CONFIG.formatted(model, keys));
  }
}
