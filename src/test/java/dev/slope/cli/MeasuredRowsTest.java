package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A model that is measured on some of the rows that trained it. */
class MeasuredRowsTest {
  private static final int ROWS = 900;
  private static final int MEASURED = 250;

  @TempDir Path folder;

  /** y = 3 x - 1 + the kind's number, and a wave; weights repeat every seven rows. */
  @BeforeEach
  void write() throws IOException {
    List<String> all = new ArrayList<>(List.of("x,kind,y,positive,w"));
    for (int row = 0; row < ROWS; row++) {
      double x = row % 37 / 8.0;
      double y = 3 * x - 1 + row % 5 + Math.sin(row);
      all.add(
          String.format(
              Locale.ROOT, "%s,k%d,%s,%s,%d", x, row % 5, y, y > 6 ? "yes" : "no", 1 + row % 7));
    }
    Files.write(folder.resolve("rows.csv"), all);
    List<String> some = new ArrayList<>(List.of(all.get(0)));
    for (int i = 0; i < MEASURED; i++) {
      some.add(all.get(1 + i * ROWS / MEASURED));
    }
    Files.write(folder.resolve("some.csv"), some);
  }

  private CommandResult train(String more, String report) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("run.json"),
            """
            {"data": {"train": "rows.csv", "split": {"method": "none"}}, %s,
             "report": {"plots": true %s}}
            """
                .formatted(more, report));
    return CommandResult.of("train", config, "--models", folder.resolve("models"), "--json");
  }

  private JsonNode trained(String more, String report) throws IOException {
    CommandResult result = train(more, report);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.json();
  }

  /** Of each way to train: the weights stay, and the metrics are what evaluate says of the rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // gram, full_batch, mini_batch, streaming and sparse rows
        """
        "label": "y", "ignore": ["positive"], "weight_column": "w", "model": "linear_regression",
        "training": {"epochs": 30}""",
        """
        "label": "positive", "ignore": ["y", "w"], "model": "logistic_regression",
        "training": {"epochs": 30}""",
        """
        "label": "positive", "ignore": ["y"], "weight_column": "w",
        "model": "logistic_regression", "training": {"epochs": 2, "batch_size": 64}""",
        """
        "label": "y", "ignore": ["positive", "w"], "model": "linear_regression",
        "training": {"epochs": 2, "batch_size": 64, "plan": "streaming", "memory": 4096}""",
        """
        "label": "y", "ignore": ["positive", "w"], "model": "linear_regression",
        "features": {"kind": {"type": "hashed", "buckets": 20000}, "x": "numeric"},
        "training": {"epochs": 2, "batch_size": 64}""",
        // newton and lbfgs
        """
        "label": "positive", "ignore": ["y", "w"], "model": "logistic_regression",
        "training": {"optimizer": "newton", "epochs": 5}""",
        """
        "label": "y", "ignore": ["positive", "w"], "model": "linear_regression",
        "training": {"optimizer": "lbfgs", "epochs": 5, "precision": "float64"}"""
      })
  void metricsAreOfTheRowsThatMeasure(String more) throws IOException {
    JsonNode all = trained(more, "");
    JsonNode some = trained(more, ", \"training_rows\": " + MEASURED);

    assertThat(some.get("rows").asLong()).isEqualTo(ROWS);
    assertThat(some.get("measured_rows").asLong()).isEqualTo(MEASURED);
    assertThat(all.get("measured_rows").asLong()).isEqualTo(ROWS);
    assertThat(some.get("plan")).isEqualTo(all.get("plan"));
    Path models = folder.resolve("models/run");
    String variables = "variables/variables.data-00000-of-00001";
    assertThat(models.resolve("2").resolve(variables))
        .hasSameBinaryContentAs(models.resolve("1").resolve(variables));
    JsonNode evaluated =
        CommandResult.of("evaluate", models, folder.resolve("some.csv"), "--json").json();
    for (String metric : more.contains("logistic") ? List.of("log_loss", "auc") : List.of("mse")) {
      double expected = evaluated.at("/metrics/" + metric).asDouble();
      assertThat(some.at("/metrics/" + metric).asDouble())
          .isCloseTo(expected, within(1e-5 * expected));
      assertThat(all.at("/metrics/" + metric).asDouble())
          .isNotCloseTo(expected, within(2e-5 * expected));
    }
    // Nothing is penalised: the objective is the mean square, or the mean of the log losses.
    double loss =
        evaluated.at(more.contains("logistic") ? "/metrics/log_loss" : "/metrics/mse").asDouble();
    assertThat(some.at("/metrics/loss").asDouble()).isCloseTo(loss, within(1e-5 * loss));
  }

  /** Requests and pictures are made of the rows that measure. */
  @Test
  void theExportIsProvenOnTheRowsThatMeasure() throws IOException {
    trained(
        """
        "label": "y", "ignore": ["positive", "w"], "model": "linear_regression",
        "features": {"x": "numeric"}, "training": {"epochs": 30}""",
        ", \"training_rows\": 3");

    Path extra = folder.resolve("models/run/1/assets.extra");
    assertThat(Files.readString(extra.resolve("MODEL_CARD.md")))
        .contains("| training | 900 |", "| metric | training (3 rows) |");
    JsonNode report = Json.mapper().readTree(Files.readString(extra.resolve("report.json")));
    // Rows 0, 300 and 600, of which x is 0, 4 / 8 and 8 / 8.
    assertThat(report.at("/rows/x").toString()).isEqualTo("[0.0,0.5,1.0]");
  }

  @Test
  void moreRowsThanThereAreIsAllOfThem() throws IOException {
    JsonNode result =
        trained(
            """
            "label": "y", "ignore": ["positive", "w"], "model": "linear_regression",
            "training": {"epochs": 30}""",
            ", \"training_rows\": 5000");

    assertThat(result.get("measured_rows").asLong()).isEqualTo(ROWS);
  }

  @Test
  void theSummarySaysOfHowManyRowsTheMetricsAre() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("run.json"),
            """
            {"data": {"train": "rows.csv", "split": {"method": "none"}}, "label": "y",
             "ignore": ["positive"], "model": "linear_regression", "training": {"epochs": 5},
             "report": {"plots": false, "training_rows": 250}}
            """);

    CommandResult result = CommandResult.of("train", config, "--models", folder.resolve("models"));

    assertThat(result.out())
        .contains("  training: of 250 rows, evenly spread\n", "  900 rows, 5 epochs")
        .doesNotContain("the least there is");
  }
}
