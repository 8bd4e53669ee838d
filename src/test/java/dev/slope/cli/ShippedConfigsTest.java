package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every config in {@code configs/} does what it says, from training to evaluation. */
class ShippedConfigsTest {
  private static final Path CONFIGS = Path.of("configs");

  @TempDir Path models;

  static List<Path> configs() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.endsWith("slope.schema.json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void trainsInspectsPredictsAndEvaluates(Path config) throws IOException {
    CommandResult trained = CommandResult.of("train", config, "--models", models, "--json");

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.json().get("missed")).isEmpty();
    Path model = Path.of(trained.json().get("model").asString());
    assertThat(model)
        .isEqualTo(
            models.resolve(config.getFileName().toString().replace(".json", "")).resolve("1"));
    assertThat(model.resolve("assets.extra/loss.png")).isNotEmptyFile();

    CommandResult inspected = CommandResult.of("inspect", model, "--json");
    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    JsonNode outputs = inspected.json().at("/model/outputs");
    assertThat(outputs).isEqualTo(trained.json().get("outputs"));
    if (isLinearInTheColumns(outputs)) {
      predictsTheEquation(model, outputs);
    }
  }

  /** Predicts numbers that are sums of the columns' multiples. */
  private static boolean isLinearInTheColumns(JsonNode outputs) {
    for (JsonNode output : outputs) {
      if (!output.has("label")) {
        return false;
      }
      for (JsonNode term : output.get("coefficients")) {
        if (term.has("level")) {
          return false;
        }
      }
    }
    return true;
  }

  /** Five rows that no config trains on, against intercept plus coefficients times values. */
  private void predictsTheEquation(Path model, JsonNode outputs) throws IOException {
    List<String> names = new ArrayList<>();
    outputs.get(0).get("coefficients").forEach(term -> names.add(term.get("feature").asString()));
    int features = names.size();
    outputs.forEach(output -> names.add(output.get("label").asString()));
    List<String> lines = new ArrayList<>(List.of(String.join(",", names)));
    double[][] expected = new double[5][outputs.size()];
    for (int row = 0; row < expected.length; row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < names.size(); column++) {
        double value = column < features ? 0.25 * (row + 1) * (column - 1) + row : 0;
        cells.add(Double.toString(value));
        for (int output = 0; column < features && output < outputs.size(); output++) {
          expected[row][output] +=
              value * outputs.get(output).at("/coefficients/" + column + "/value").asDouble();
        }
      }
      for (int output = 0; output < outputs.size(); output++) {
        expected[row][output] += outputs.get(output).get("intercept").asDouble();
      }
      lines.add(String.join(",", cells));
    }
    Path data = Files.write(models.resolve("rows.csv"), lines);

    CommandResult predicted = CommandResult.of("predict", model, data);

    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.outLines()).hasSize(6);
    double sumOfSquares = 0;
    for (int row = 0; row < expected.length; row++) {
      String[] fields = predicted.outLines().get(row + 1).split(",", -1);
      assertThat(fields).hasSize(outputs.size());
      for (int output = 0; output < fields.length; output++) {
        double prediction = Double.parseDouble(fields[output]);
        // float32: 24 bits, with sums of up to ten products between.
        assertThat(prediction)
            .isCloseTo(expected[row][output], within(1e-5 * magnitude(outputs.get(output))));
        sumOfSquares += prediction * prediction;
      }
    }

    // The labels of these rows are 0: the mean squared error is the mean of the squares.
    CommandResult evaluated = CommandResult.of("evaluate", model, data, "--json");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    double meanOfSquares = sumOfSquares / (expected.length * outputs.size());
    assertThat(evaluated.json().at("/metrics/mse").asDouble())
        .isCloseTo(meanOfSquares, within(1e-6 * meanOfSquares));
    assertThat(evaluated.json().get("rows").asLong()).isEqualTo(5);
  }

  /** The largest that a sum of the equation's terms gets for values up to 20. */
  private static double magnitude(JsonNode output) {
    double sum = Math.abs(output.get("intercept").asDouble());
    for (JsonNode term : output.get("coefficients")) {
      sum += 20 * Math.abs(term.get("value").asDouble());
    }
    return sum;
  }

  /** Parabolas with little penalty are better than lines, and keep what the config expects. */
  @Test
  void diabetesIsTuned() {
    CommandResult tuned =
        CommandResult.of(
            "tune", CONFIGS.resolve("diabetes_tune.json"), "--models", models, "--json");

    assertThat(tuned.exitCode()).as(tuned.err()).isZero();
    JsonNode tuning = tuned.json().get("tuning");
    assertThat(tuning.get("settings")).hasSize(16);
    JsonNode best = tuning.get("settings").get(tuning.get("best").asInt() - 1);
    assertThat(best.get("values").get("/features/*/degree").asInt()).isEqualTo(2);
    assertThat(best.get("mean").asDouble()).isLessThan(2960);
    assertThat(models.resolve("diabetes_tune/1/assets.extra/tuning.csv")).isNotEmptyFile();
  }

  @Test
  void diabetesEndsInLeastSquares() {
    CommandResult trained =
        CommandResult.of(
            "train",
            CONFIGS.resolve("diabetes.json"),
            "--models",
            models,
            "--json",
            "--set",
            "/report/plots=false",
            "--set",
            "/training/epochs=20000");

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    // The normal equations of this table in exact fractions, as scikit-learn's LinearRegression
    // finds too: mse 2859.69634759, r2 0.51774842222; the mean of the label is 152.13348416.
    assertThat(trained.json().at("/metrics/mse").asDouble()).isCloseTo(2859.69635, within(0.001));
    assertThat(trained.json().at("/metrics/r2").asDouble()).isCloseTo(0.5177484, within(1e-6));
    assertThat(trained.json().at("/outputs/0/standardized_intercept").asDouble())
        .isCloseTo(152.1334842, within(1e-3));
  }

  @Test
  void lineFollowsGradientDescentInDoublePrecision() {
    CommandResult trained =
        CommandResult.of(
            "train",
            CONFIGS.resolve("line.json"),
            "--models",
            models,
            "--json",
            "--set",
            "/model/initializer=zeros",
            "--set",
            "/report/plots=false");

    double weight = 0;
    double bias = 0;
    List<Double> losses = new ArrayList<>();
    for (int epoch = 1; epoch <= 100; epoch++) {
      losses.add(lineLoss(weight, bias));
      double weightGradient = 0;
      double biasGradient = 0;
      for (int x = 0; x <= 10; x++) {
        double error = weight * x + bias - (2 * x + 1);
        weightGradient += 2 * error * x / 11;
        biasGradient += 2 * error / 11;
      }
      weight -= 0.01 * weightGradient;
      bias -= 0.01 * biasGradient;
    }
    double loss = lineLoss(weight, bias);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.json().at("/metrics/mse").asDouble()).isCloseTo(loss, within(1e-5 * loss));
    assertThat(trained.json().at("/outputs/0/coefficients/0/value").asDouble())
        .isCloseTo(weight, within(1e-6));
    assertThat(trained.json().at("/outputs/0/intercept").asDouble()).isCloseTo(bias, within(1e-6));
    // Every epoch shows the loss it started from, rounded to six digits.
    List<String> shown = trained.err().lines().filter(line -> line.startsWith("epoch ")).toList();
    assertThat(shown).hasSize(100);
    for (int epoch = 1; epoch <= 100; epoch++) {
      String start = "epoch " + epoch + "/100  loss ";
      assertThat(shown.get(epoch - 1)).startsWith(start);
      assertThat(Double.parseDouble(shown.get(epoch - 1).substring(start.length())))
          .isCloseTo(losses.get(epoch - 1), withinPercentage(0.002));
    }
  }

  private static double lineLoss(double weight, double bias) {
    double sum = 0;
    for (int x = 0; x <= 10; x++) {
      double error = weight * x + bias - (2 * x + 1);
      sum += error * error;
    }
    return sum / 11;
  }

  @Test
  void evaluationOfTheTrainingDataEqualsItsMetrics() {
    for (String name : List.of("diabetes", "linnerud", "breast_cancer", "iris")) {
      CommandResult trained =
          CommandResult.of(
              "train",
              CONFIGS.resolve(name + ".json"),
              "--models",
              models,
              "--json",
              "--set",
              "/report/plots=false");
      JsonNode metrics =
          CommandResult.of("inspect", models.resolve(name), "--json").json().at("/metrics/train");

      JsonNode evaluated =
          CommandResult.of(
                  "evaluate",
                  models.resolve(name),
                  CONFIGS.resolve("data").resolve(name + ".csv"),
                  "--json")
              .json();

      assertThat(trained.exitCode()).as(trained.err()).isZero();
      assertThat(evaluated.get("rows")).isEqualTo(metrics.get("rows"));
      List<String> names = new ArrayList<>(metrics.get("metrics").propertyNames());
      names.remove("loss");
      assertThat(names).hasSizeGreaterThanOrEqualTo(4);
      for (String metric : names) {
        // The served graph may add in another order than the trainer.
        assertThat(evaluated.at("/metrics/" + metric).asDouble())
            .as(name + " " + metric)
            .isCloseTo(
                metrics.at("/metrics/" + metric).asDouble(),
                within(2e-6 * metrics.at("/metrics/" + metric).asDouble()));
      }
    }
  }

  /**
   * statsmodels 0.15.0 on the same table, {@code GLM(Claims ~ C(District) + C(Group) + C(Age),
   * Poisson, offset=log(Holders))}: the fitted values of its first and of its last row.
   */
  @Test
  void insurancePredictsTheClaimsThatStatsmodelsDoes() throws IOException {
    CommandResult trained =
        CommandResult.of("train", CONFIGS.resolve("insurance.json"), "--models", models);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Path data =
        Files.writeString(
            models.resolve("groups.csv"),
            "District,Group,Age,log_holders\n1,<1l,<25,%s\n4,>2l,>35,%s\n"
                .formatted(Math.log(197), Math.log(114)));

    CommandResult predicted = CommandResult.of("predict", models.resolve("insurance"), data);

    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(Double.parseDouble(predicted.outLines().get(1))).isCloseTo(31.8635846, within(1e-4));
    assertThat(Double.parseDouble(predicted.outLines().get(2))).isCloseTo(23.9365240, within(1e-4));
  }
}
