package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model's part of a config: what it says, and every way it can be wrong. */
class ModelRulesTest {
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();

  @TempDir Path folder;

  @Test
  void aTypeAloneHasEveryDefault() throws IOException {
    Map<String, List<Double>> free = Map.of();
    ClassWeightConfig even = new ClassWeightConfig.None();

    assertThat(
            List.of(
                model("linear_regression"),
                model("logistic_regression"),
                model("softmax_regression"),
                model("poisson_regression"),
                model("gamma_regression"),
                model("tweedie_regression"),
                model("huber_regression"),
                model("quantile_regression"),
                model("absolute_regression"),
                model("linear_svm")))
        .containsExactly(
            new ModelConfig.LinearRegression(true, 0, 0, free, ZEROS),
            new ModelConfig.LogisticRegression(true, 0, 0, free, even, ZEROS),
            new ModelConfig.SoftmaxRegression(true, 0, 0, free, even, ZEROS),
            new ModelConfig.PoissonRegression(true, 0, 0, free, ZEROS),
            new ModelConfig.GammaRegression(true, 0, 0, free, ZEROS),
            new ModelConfig.TweedieRegression(1.5, true, 0, 0, free, ZEROS),
            new ModelConfig.HuberRegression(1.35, true, 0, 0, free, ZEROS),
            new ModelConfig.QuantileRegression(0.5, true, 0, 0, free, ZEROS),
            new ModelConfig.AbsoluteRegression(true, 0, 0, free, ZEROS),
            new ModelConfig.LinearSvm(
                ModelConfig.SvmLoss.SQUARED_HINGE, true, 0, 0, free, even, ZEROS));
  }

  @Test
  void readsEveryKey() throws IOException {
    assertThat(
            run("""
                {
                  "type": "linear_svm",
                  "loss": "hinge",
                  "fit_intercept": false,
                  "l1": 0.5,
                  "l2": 2,
                  "bounds": {"area": [0, 3], "*": [-1, 1.5]},
                  "class_weight": {"yes": 2, "no": 1},
                  "initializer": {"type": "values", "weights": {"area": 2}, "intercepts": [0.5]}
                }
                """)
                .model())
        .isEqualTo(
            new ModelConfig.LinearSvm(
                ModelConfig.SvmLoss.HINGE,
                false,
                0.5,
                2,
                Map.of("area", List.of(0.0, 3.0), "*", List.of(-1.0, 1.5)),
                new ClassWeightConfig.ByClass(Map.of("yes", 2.0, "no", 1.0)),
                new InitializerConfig.Values(Map.of("area", List.of(2.0)), List.of(0.5))));
    assertThat(run("{\"type\": \"logistic_regression\", \"class_weight\": \"balanced\"}").model())
        .isEqualTo(
            new ModelConfig.LogisticRegression(
                true, 0, 0, Map.of(), new ClassWeightConfig.Balanced(), ZEROS));
  }

  @Test
  void anEffectiveConfigReadsBackToItself() throws IOException {
    String effective =
        load(config(
                "{\"type\": \"softmax_regression\", \"class_weight\": {\"a\": 2},"
                    + " \"bounds\": {\"area\": [0, 3]}}",
                "\"price\""))
            .effectiveJson();

    assertThat(effective).contains("\"by_class\"");
    assertThat(load(effective).effectiveJson()).isEqualTo(effective);
  }

  @Test
  void checksBounds() throws IOException {
    assertThat(problem("{\"type\": \"linear_regression\", \"bounds\": {\"area\": [2, 1]}}"))
        .isEqualTo("/model/bounds/area must have low <= high, but was [2, 1]");
    assertThat(problem("{\"type\": \"linear_regression\", \"bounds\": {\"area\": [2]}}"))
        .isEqualTo(
            "/model/bounds/area must be two numbers [low, high], but was a list of 1; for one side"
                + " alone give the other a number that is never reached");
    assertThat(problem("{\"type\": \"linear_regression\", \"bounds\": {\"area\": [2, \"a\"]}}"))
        .isEqualTo("/model/bounds/area/1 must be a number, but was 'a'");
    assertThat(problem("{\"type\": \"linear_regression\", \"bounds\": {\"arae\": [1, 2]}}"))
        .isEqualTo(
            "/model/bounds/arae must be named after a feature, but 'arae' is none; did you mean"
                + " 'area'?");
    assertThat(problem("{\"type\": \"linear_regression\", \"bounds\": {\"price\": [1, 2]}}"))
        .isEqualTo(
            "/model/bounds/price must be named after a feature, but 'price' is none; features:"
                + " [area, rooms]");
  }

  @Test
  void boundsOfAFeatureThatIsNotListedAreNamed() throws IOException {
    String bounded =
        config("{\"type\": \"linear_regression\", \"bounds\": {\"rooms\": [1, 2]}}", "\"price\"");

    assertThat(problemOf(withFeatures(bounded, "{\"area\": \"numeric\"}")))
        .isEqualTo(
            "/model/bounds/rooms must be named after a feature, but 'rooms' is none; features:"
                + " [area]");
    assertThat(load(withFeatures(bounded, "{\"*\": \"numeric\"}")).run().model().bounds())
        .containsOnlyKeys("rooms");
  }

  @Test
  void aFilesFeaturesAreNotKnownYet() throws IOException {
    String config =
        """
        {"data": {"train": "houses.csv"}, "label": "price",
         "model": {"type": "linear_regression", "bounds": {"anything": [0, 1]}},
         "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 1}, "epochs": 1}}
        """;

    assertThat(load(config).run().model().bounds()).containsOnlyKeys("anything");
  }

  @Test
  void checksClassWeights() throws IOException {
    assertThat(problem("{\"type\": \"linear_svm\", \"class_weight\": {\"yes\": 0}}"))
        .isEqualTo(
            "/model/class_weight/weights/yes must be > 0, but was 0; to train without a class,"
                + " leave its rows out of the data");
    assertThat(problem("{\"type\": \"linear_svm\", \"class_weight\": {}}"))
        .isEqualTo("/model/class_weight must be not empty, but was empty");
    assertThat(problem("{\"type\": \"linear_svm\", \"class_weight\": \"balance\"}"))
        .isEqualTo(
            "/model/class_weight must be an object or one of [none, balanced], but was"
                + " 'balance'; did you mean 'balanced'?");
    assertThat(problem("{\"type\": \"poisson_regression\", \"class_weight\": \"balanced\"}"))
        .startsWith("/model/class_weight is not a known key; ");
  }

  @Test
  void checksNumbers() throws IOException {
    assertThat(problem("{\"type\": \"linear_regression\", \"l1\": -1}"))
        .isEqualTo("/model/l1 must be >= 0, but was -1");
    assertThat(problem("{\"type\": \"tweedie_regression\", \"power\": 2}"))
        .isEqualTo("/model/power must be < 2, but was 2");
    assertThat(problem("{\"type\": \"tweedie_regression\", \"power\": 1}"))
        .isEqualTo("/model/power must be > 1, but was 1");
    assertThat(problem("{\"type\": \"quantile_regression\", \"quantile\": 0}"))
        .isEqualTo("/model/quantile must be > 0, but was 0");
    assertThat(problem("{\"type\": \"huber_regression\", \"delta\": 0}"))
        .isEqualTo("/model/delta must be > 0, but was 0");
  }

  @Test
  void checksInitialWeights() throws IOException {
    assertThat(
            problem(
                "{\"type\": \"linear_regression\","
                    + " \"initializer\": {\"type\": \"values\", \"weights\": {\"aera\": 1}}}"))
        .isEqualTo(
            "/model/initializer/weights/aera must be named after a feature, but 'aera' is none;"
                + " did you mean 'area'?");
  }

  @Test
  void severalLabelsAreForModelsOfOneScoreALabel() throws IOException {
    for (String type :
        List.of(
            "linear_regression",
            "huber_regression",
            "quantile_regression",
            "absolute_regression")) {
      RunConfig run = load(config("\"" + type + "\"", "[\"price\", \"rooms\"]")).run();
      assertThat(run.label()).hasSize(2);
      assertThat(run.model().allowsSeveralLabels()).isTrue();
    }
    for (String type :
        List.of(
            "logistic_regression",
            "softmax_regression",
            "poisson_regression",
            "gamma_regression",
            "tweedie_regression",
            "linear_svm")) {
      assertThat(problemOf(config("\"" + type + "\"", "[\"price\", \"rooms\"]")))
          .isEqualTo(
              "/label must be one column for %s, but was 2 columns; train one model for each"
                  .formatted(type));
      assertThat(model(type).allowsSeveralLabels()).isFalse();
    }
  }

  @Test
  void boundsOfAFeatureAreItsOwnOrTheRests() throws IOException {
    ModelConfig model =
        run("{\"type\": \"gamma_regression\", \"bounds\": {\"area\": [0, 3], \"*\": [-1, 1]}}")
            .model();

    assertThat(model.boundsOf("area")).contains(new WeightBounds(0, 3));
    assertThat(model.boundsOf("rooms")).contains(new WeightBounds(-1, 1));
    assertThat(model("gamma_regression").boundsOf("area")).isEmpty();
  }

  @Test
  void recordsCheckThemselves() {
    assertThatThrownBy(
            () ->
                new ModelConfig.GammaRegression(true, 0, 0, Map.of("x", List.of(2.0, 1.0)), ZEROS))
        .hasMessage("bounds must have low <= high, but were [2.0, 1.0]");
    assertThatThrownBy(
            () -> new ModelConfig.GammaRegression(true, 0, 0, Map.of("x", List.of(2.0)), ZEROS))
        .hasMessage("bounds must be [low, high], but were [2.0]");
    assertThatThrownBy(() -> new ModelConfig.TweedieRegression(2, true, 0, 0, Map.of(), ZEROS))
        .hasMessage("power must be < 2, but was 2.0");
    assertThatThrownBy(() -> new ClassWeightConfig.ByClass(Map.of("a", -1.0)))
        .hasMessage("the weight of class 'a' must be > 0, but was -1.0");
  }

  @Test
  void theObjectiveNamesLossAndPenalties() throws IOException {
    assertThat(model("linear_regression").objective())
        .isEqualTo("mean over rows and labels of (prediction - label)^2");
    assertThat(
            run("{\"type\": \"logistic_regression\", \"l1\": 0.5, \"l2\": 2}").model().objective())
        .isEqualTo(
            "mean over rows of ln(1 + exp(score)) - label * score + 0.5 * sum of |weight| + 2.0 / 2"
                + " * sum of weight^2");
    assertThat(model("tweedie_regression").objective())
        .isEqualTo(
            "mean over rows of exp(0.5 * score) / 0.5 + label * exp(-0.5 * score) / 0.5 -"
                + " label^0.5 / 0.25");
    assertThat(model("quantile_regression").objective())
        .isEqualTo(
            "mean over rows and labels of max(0.5 * (label - prediction), 0.5 * (prediction -"
                + " label))");
  }

  private ModelConfig model(String type) throws IOException {
    return run("\"" + type + "\"").model();
  }

  private RunConfig run(String model) throws IOException {
    return load(config(model, "\"price\"")).run();
  }

  private static String config(String model, String label) {
    return """
        {"data": {"train": {"type": "inline", "columns":
          {"area": [1, 2], "rooms": [3, 5], "price": [4, 4]}}},
         "label": %s,
         "model": %s,
         "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 1}, "epochs": 1}}
        """
        .formatted(label, model);
  }

  private static String withFeatures(String json, String features) {
    return json.replace("\"training\"", "\"features\": " + features + ", \"training\"");
  }

  private LoadedConfig load(String json) throws IOException {
    return ConfigLoader.load(Files.writeString(folder.resolve("run.json"), json), List.of());
  }

  private String problem(String model) throws IOException {
    return problemOf(config(model, "\"price\""));
  }

  /** The only problem, without its line. */
  private String problemOf(String json) throws IOException {
    try {
      load(json);
      throw new AssertionError("no problem found");
    } catch (ConfigException e) {
      assertThat(e.problems()).hasSize(1);
      return e.problems().get(0).toString().replaceFirst("line [0-9]+: ", "");
    }
  }
}
