package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which models {@code report.statistics} is refused for, and why. */
class StatisticsRulesTest {
  @TempDir Path folder;

  @Test
  void areOfUnpenalisedLikelihoods() throws IOException {
    for (String type :
        List.of(
            "linear_regression",
            "logistic_regression",
            "poisson_regression",
            "gamma_regression",
            "tweedie_regression")) {
      assertThat(
              ConfigLoader.load(config(model(type), true), List.of()).run().report().statistics())
          .isTrue();
    }
    assertThat(
            ConfigLoader.load(config("{\"type\": \"linear_svm\", \"l2\": 1}", false), List.of())
                .run()
                .report()
                .statistics())
        .isFalse();
  }

  @Test
  void areRefusedWithTheReason() throws IOException {
    assertRefused(
        model("softmax_regression"),
        "of softmax_regression, whose scores may all move together, so that none of their"
            + " coefficients is determined");
    assertRefused(model("linear_svm"), "of linear_svm, which maximises no likelihood");
    assertRefused(model("huber_regression"), "of huber_regression, which maximises no likelihood");
    assertRefused(
        "{\"type\": \"linear_regression\", \"l1\": 0.5}",
        "of a penalised fit, whose coefficients are drawn to 0: /model/l1 must be 0");
    assertRefused(
        "{\"type\": \"linear_regression\", \"l2\": 0.5}",
        "of a penalised fit, whose coefficients are drawn to 0: /model/l2 must be 0");
    assertRefused(
        "{\"type\": \"linear_regression\", \"bounds\": {\"x\": [0, 1]}}",
        "of coefficients with bounds: /model/bounds must be empty");
    assertRefused(
        "{\"type\": \"logistic_regression\", \"class_weight\": \"balanced\"}",
        "where classes have weights, which change what is estimated: /model/class_weight must be"
            + " 'none'");
  }

  @Test
  void areRefusedOfSomeRows() throws IOException {
    Path file = config(model("linear_regression"), true);
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigLoader.load(file, List.of("/report/training_rows=100")));
    assertThat(refused.problems())
        .extracting(ConfigProblem::pointer, ConfigProblem::message)
        .containsExactly(
            tuple(
                "/report/statistics",
                "can't be computed of some training rows: /report/training_rows must be left out"));
  }

  private static String model(String type) {
    return "{\"type\": \"" + type + "\"}";
  }

  private void assertRefused(String model, String reason) throws IOException {
    Path file = config(model, true);
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, List.of()));
    assertThat(refused.problems())
        .extracting(ConfigProblem::pointer, ConfigProblem::message)
        .containsExactly(tuple("/report/statistics", "can't be computed " + reason));
  }

  private Path config(String model, boolean statistics) throws IOException {
    return Files.writeString(
        folder.resolve("c.json"),
        """
        {
          "data": { "train": { "type": "inline", "columns": { "x": [1, 2, 3], "y": [0, 1, 0] } } },
          "label": "y",
          "features": { "x": "numeric" },
          "model": %s,
          "training": {},
          "report": { "statistics": %s }
        }
        """
            .formatted(model, statistics));
  }
}
