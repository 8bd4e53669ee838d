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

/** What a config says, with defaults and shorthands written out, and every way it can be wrong. */
class ConfigLoaderTest {
  private static final String MINIMAL =
      """
      {
        "data": {"train": "houses.csv"},
        "label": "price",
        "model": "linear_regression",
        "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 0.01}, "epochs": 7}
      }
      """;

  @TempDir Path folder;

  @Test
  void writesOutEveryShorthandAndDefault() throws IOException {
    RunConfig run = load(MINIMAL).run();

    assertThat(run)
        .isEqualTo(
            new RunConfig(
                null,
                "houses",
                null,
                0,
                Map.of(),
                new GateConfig(Map.of(), false, false, null),
                new DataConfig(
                    DataSourceConfig.File.of("houses.csv"),
                    null,
                    null,
                    new SplitConfig(SplitMethod.AUTO, null, null, null, null)),
                List.of("price"),
                null,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                new ModelConfig.LinearRegression(new InitializerConfig.Zeros()),
                training(0.01, 7, "auto", new CheckpointConfig(null, 60, 2, null)),
                null,
                new ReportConfig(true, false, false, false, null),
                new ExportConfig("models", null, 0)));
  }

  private static TrainingConfig training(
      double learningRate, int epochs, String device, CheckpointConfig checkpoint) {
    return new TrainingConfig(
        new OptimizerConfig.GradientDescent(learningRate),
        epochs,
        new BatchSizeConfig.Full(),
        true,
        new StopConfig(null, null, null, null),
        null,
        PlanName.AUTO,
        device,
        Precision.FLOAT32,
        false,
        0.5,
        checkpoint);
  }

  @Test
  void trainsUntilThereIsNoProgressWhereNothingIsSaidOfTheEnd() throws IOException {
    TrainingConfig unlimited =
        load(MINIMAL.replaceFirst(",\\s*\"epochs\": 7", "")).run().training();
    TrainingConfig stopped =
        load(MINIMAL.replace("\"epochs\": 7", "\"stop\": {\"tolerance\": 1e-3}")).run().training();

    assertThat(unlimited.epochs()).isEqualTo(10_000);
    assertThat(unlimited.stop()).isEqualTo(new StopConfig(null, 1e-7, null, null));
    assertThat(stopped.epochs()).isEqualTo(10_000);
    assertThat(stopped.stop()).isEqualTo(new StopConfig(1e-3, null, null, null));
  }

  @Test
  void readsEveryKey() throws IOException {
    RunConfig run =
        load("""
            {
              "$schema": "slope.schema.json",
              "name": "plane",
              "description": "all keys",
              "seed": 5,
              "expect": {"train.mse": {"min": 0.5, "max": 2}},
              "gate": {
                "metrics": {"rmse": {"max": 3}},
                "beats_baseline": true, "beats_current": true, "metric": "r2"
              },
              "data": {
                "train": {
                  "type": "synthetic",
                  "equation": "z = x + 2y + u",
                  "variables": {
                    "x": {"type": "uniform", "low": -1, "high": 1},
                    "y": {"type": "normal", "mean": 3, "standard_deviation": 0.5},
                    "u": {"type": "normal"}
                  },
                  "noise": 0.25,
                  "rows": 40
                }
              },
              "label": ["z"],
              "features": {"x": {"type": "numeric", "scaling": "min_max"}, "*": "numeric"},
              "model": {"type": "linear_regression", "initializer": "uniform"},
              "training": {
                "optimizer": {"type": "gradient_descent", "learning_rate": 0.5},
                "epochs": 3,
                "device": "cpu",
                "checkpoint": {
                  "every_epochs": 50, "every_seconds": 2.5, "keep": 3, "directory": "here"
                }
              },
              "tune": {
                "parameters": {
                  "/model/l2": {"type": "path", "count": 20, "ratio": 0.01},
                  "/training/optimizer/learning_rate":
                    {"from": 1e-3, "to": 1, "count": 4, "scale": "log"},
                  "/training/epochs": {"from": 1, "to": 9, "integer": true},
                  "/features/x": ["numeric", {"type": "numeric", "clip": [0, 1.50]}]
                },
                "search": {"type": "random", "trials": 9},
                "folds": 4, "stratified": false, "metric": "mae"
              },
              "report": {"plots": false, "statistics": true, "html": true, "tensorboard": true},
              "export": {"directory": "out", "keep": 5, "warmup_rows": 7}
            }
            """)
            .run();

    assertThat(run)
        .isEqualTo(
            new RunConfig(
                "slope.schema.json",
                "plane",
                "all keys",
                5,
                Map.of("train.mse", new MetricBounds(0.5, 2.0)),
                new GateConfig(
                    Map.of("rmse", new MetricBounds(null, 3.0)), true, true, MetricName.R2),
                new DataConfig(
                    new DataSourceConfig.Synthetic(
                        "z = x + 2y + u",
                        Map.of(
                            "x", new VariableConfig.Uniform(-1, 1),
                            "y", new VariableConfig.Normal(3, 0.5),
                            "u", new VariableConfig.Normal(0, 1)),
                        new NoiseConfig.Normal(0.25),
                        40),
                    null,
                    null,
                    new SplitConfig(SplitMethod.AUTO, null, null, null, null)),
                List.of("z"),
                null,
                null,
                null,
                null,
                List.of(),
                Map.of(
                    "x", FeatureConfig.Numeric.of(Scaling.MIN_MAX),
                    "*", FeatureConfig.Numeric.of(Scaling.STANDARD)),
                new ModelConfig.LinearRegression(new InitializerConfig.Uniform()),
                training(0.5, 3, "cpu", new CheckpointConfig(50, 2.5, 3, "here")),
                new TuneConfig(
                    Map.of(
                        "/model/l2",
                        new ParameterConfig.PenaltyPath(20, 0.01),
                        "/training/optimizer/learning_rate",
                        new ParameterConfig.Range(1e-3, 1, 4, ValueScale.LOG, false),
                        "/training/epochs",
                        new ParameterConfig.Range(1, 9, null, ValueScale.LINEAR, true),
                        "/features/x",
                        new ParameterConfig.Values(
                            List.of(
                                new JsonValue("\"numeric\""),
                                new JsonValue("{\"type\":\"numeric\",\"clip\":[0,1.50]}")))),
                    new SearchConfig.RandomDraws(9),
                    4,
                    false,
                    MetricName.MAE),
                new ReportConfig(false, true, true, true, null),
                new ExportConfig("out", 5, 7)));
  }

  @Test
  void keepsTheOrderOfFeaturesAndVariables() throws IOException {
    LoadedConfig loaded =
        load(
            MINIMAL.replace(
                "\"label\"",
                "\"features\": {\"c\": \"numeric\", \"a\": \"numeric\", \"b\": \"numeric\"},"
                    + " \"label\""));

    assertThat(loaded.run().features().keySet()).containsExactly("c", "a", "b");
  }

  /** Newton has no use for the stop rule that trainings of no given length have. */
  @Test
  void theEffectiveConfigOfNewtonReadsBackToItself() throws IOException {
    String effective =
        load("""
            {"data": {"train": "rows.csv"}, "label": "y", "model": "linear_regression",
             "training": {"optimizer": "newton"}}
            """)
            .effectiveJson();

    assertThat(load(effective).effectiveJson()).isEqualTo(effective);
  }

  @Test
  void theEffectiveConfigReadsBackToItself() throws IOException {
    String effective = load(MINIMAL).effectiveJson();

    LoadedConfig again = load(effective);

    assertThat(again.effectiveJson()).isEqualTo(effective);
    assertThat(effective).contains("\"device\" : \"auto\"").contains("\"name\" : \"houses\"");
  }

  @Test
  void reportsAllProblemsAtOnceInReadingOrder() throws IOException {
    assertThat(
            problems(
                """
        {
          "data": {"train": {"type": "fil", "path": "a.csv"}},
          "label": "price",
          "features": {"price": "numeric"},
          "model": {"type": "linear_regression", "link": "log"},
          "training": {
            "optimizer": {"type": "gradient_descent", "learning_rat": 0.01},
            "epochs": 0
          },
          "export": {"verify": true},
          "sed": 1
        }
        """))
        .isEqualTo(
            """
            7 problems in %s:
              line 2: /data/train/type must be one of [file, sql, jdbc, libsvm, tfrecord, inline, synthetic], but was 'fil'; did you mean 'file'?
              line 4: /features/price is a label and can't be a feature; take it out of one of the two
              line 5: /model/link is not a known key; known keys: [fit_intercept, l1, l2, bounds, initializer]
              line 7: /training/optimizer/learning_rat is not a known key; did you mean 'learning_rate'?
              line 8: /training/epochs must be >= 1, but was 0
              line 10: /export/verify is not supported yet; leave it out
              line 11: /sed is not a known key; did you mean 'seed'?"""
                .formatted(file()));
  }

  @Test
  void namesTypesThatAreWrong() throws IOException {
    assertThat(problem(MINIMAL.replace("7", "\"7\"")))
        .isEqualTo(
            "line 5: /training/epochs must be an integer from -2147483648 to 2147483647, but was"
                + " '7'");
    assertThat(problem(MINIMAL.replace("7", "7.0"))).endsWith("2147483647, but was 7.0");
    assertThat(problem(MINIMAL.replace("7", "99999999999"))).endsWith("but was 99999999999");
    assertThat(problem(MINIMAL.replace("7", "null"))).endsWith("but was null");
    assertThat(problem(MINIMAL.replace("0.01", "\"fast\"")))
        .isEqualTo(
            "line 5: /training/optimizer/learning_rate must be a number or one of [auto,"
                + " line_search], but was 'fast'");
    assertThat(problem(MINIMAL.replace("\"linear_regression\"", "3")))
        .isEqualTo(
            "line 4: /model must be an object with a type of [linear_regression,"
                + " logistic_regression, softmax_regression, poisson_regression, gamma_regression,"
                + " tweedie_regression, huber_regression, quantile_regression,"
                + " absolute_regression, linear_svm], but was 3");
    assertThat(problem("[]")).isEqualTo("line 1: must be an object, but was a list");
  }

  @Test
  void refusesNumbersThatAreNoNumbers() throws IOException {
    assertThat(problem(MINIMAL.replace("0.01", "1e999")))
        .isEqualTo(
            "line 5: /training/optimizer/learning_rate must be a number of at most 1.8e308 in"
                + " magnitude, but was 1e999");
    assertThat(problem(MINIMAL.replace("0.01", "0")))
        .isEqualTo("line 5: /training/optimizer/learning_rate must be > 0, but was 0");
  }

  @Test
  void saysWhatIsNotSupportedYet() throws IOException {
    assertThat(
            problem(
                MINIMAL.replace(
                    "\"linear_regression\"",
                    "{\"type\": \"linear_regression\", \"initializer\": \"model\"}")))
        .isEqualTo("line 4: /model/initializer/path is required and must be a string");
  }

  @Test
  void refusesAKeyWrittenTwice() throws IOException {
    assertThat(problem(MINIMAL.replace("\"label\"", "\"seed\": 1,\n  \"seed\": 2,\n  \"label\"")))
        .isEqualTo("line 4: /seed is written twice, first on line 3; keep one");
  }

  @Test
  void refusesWhatIsNoJson() throws IOException {
    assertThat(problem("")).isEqualTo("line 1: the file is empty; a JSON object must be in it");
    assertThat(problem("{\n  \"label\": oops\n}")).startsWith("line 2: not JSON: ");
    assertThat(problem("{\n  \"label\": \"y\"")).startsWith("line 2: not JSON: ");
    assertThat(problem(MINIMAL + "more")).startsWith("line 7: not JSON: ");
    assertThat(problem(MINIMAL + "{}")).isEqualTo("line 7: text after the JSON value's end");
  }

  @Test
  void saysWhyAFileCantBeRead() throws IOException {
    assertThatThrownBy(() -> ConfigLoader.load(folder.resolve("nowhere.json"), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("config " + folder.resolve("nowhere.json") + " does not exist");
    assertThatThrownBy(() -> ConfigLoader.load(folder, List.of()))
        .hasMessage("config " + folder + " is a folder; name a JSON file in it");
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});
    assertThatThrownBy(() -> ConfigLoader.load(file(), List.of()))
        .hasMessage("config " + file() + " must be UTF-8 text");
  }

  @Test
  void overridesWorkOnTheWrittenOutForm() throws IOException {
    RunConfig run =
        load(
                MINIMAL,
                "/training/epochs=9",
                "/data/train/path=other.csv",
                "/model/initializer=uniform",
                "/label/0=rent",
                "/report/plots=false",
                "/features/a~1b={\"type\": \"numeric\"}")
            .run();

    assertThat(run.training().epochs()).isEqualTo(9);
    assertThat(run.data().train()).isEqualTo(DataSourceConfig.File.of("other.csv"));
    assertThat(run.model().initializer()).isEqualTo(new InitializerConfig.Uniform());
    assertThat(run.label()).containsExactly("rent");
    assertThat(run.report().plots()).isFalse();
    assertThat(run.features()).containsKey("a/b");
  }

  @Test
  void overridesThatAreWrongAreNamed() throws IOException {
    assertThat(problem(MINIMAL, "/training/epoch=9"))
        .isEqualTo(
            "--set /training/epoch=9: /training/epoch is not a known key; did you mean 'epochs'?");
    assertThat(problem(MINIMAL, "/label/5=a"))
        .isEqualTo("--set /label/5=a: /label/5 points into /label, which is a list");
    assertThatThrownBy(() -> load(MINIMAL, "epochs=3"))
        .hasMessage(
            "--set must be of the form /pointer=value, such as /training/epochs=200, but was"
                + " 'epochs=3'");
  }

  @Test
  void checksSyntheticSources() throws IOException {
    assertThat(synthetic("y = 2*x + z", "{\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}", ""))
        .isEqualTo(
            "line 1: /data/train/equation uses 'z', which /data/train/variables does not define;"
                + " did you mean 'x'?");
    assertThat(synthetic("y = 2*", "{\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}", ""))
        .startsWith(
            "line 1: /data/train/equation must be 'label = expression', but was 'y = 2*': ");
    assertThat(synthetic("y = x", "{\"x\": {\"from\": 2, \"to\": 1, \"step\": 1}}", ""))
        .isEqualTo("line 1: /data/train/variables/x must have from <= to, but was 2.0 > 1.0");
    assertThat(synthetic("y = x", "{\"x\": {\"from\": 0, \"to\": 1, \"step\": 1e-12}}", ""))
        .isEqualTo(
            "line 1: /data/train/variables must make at most 2147483647 rows, but their grid has"
                + " 1.00e+12");
    assertThat(
            synthetic("y = x", "{\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}", ", \"rows\": 3"))
        .isEqualTo(
            "line 1: /data/train/rows must be left out where a variable is a range: the grid of"
                + " the ranges says how many");
    assertThat(synthetic("y = x", "{\"x\": {\"type\": \"normal\"}}", ""))
        .isEqualTo("line 1: /data/train/rows is required where no variable is a range");
    assertThat(
            synthetic(
                "y = x",
                "{\"x\": {\"type\": \"uniform\", \"low\": 1, \"high\": 1}}",
                ", \"rows\": 3"))
        .isEqualTo("line 1: /data/train/variables/x must have low < high, but was 1.0 >= 1.0");
    assertThat(synthetic("x = 3", "{\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}", ""))
        .contains("/data/train/equation computes 'x', which is also one of its variables");
  }

  @Test
  void checksInlineColumns() throws IOException {
    String config = MINIMAL.replace("\"houses.csv\"", "{\"type\": \"inline\", \"columns\": %s}");

    assertThat(problem(config.formatted("{\"price\": [1, 2], \"area\": [1]}")))
        .isEqualTo(
            "line 2: /data/train/columns/area must have as many values as the first column, 2, but"
                + " has 1");
    assertThat(problem(config.formatted("{\"prize\": [1, 2]}")))
        .isEqualTo(
            "line 3: /label/0 must be a column of the data, but was 'price'; did you mean"
                + " 'prize'?");
    assertThat(problem(config.formatted("{\"price\": []}")))
        .isEqualTo("line 2: /data/train/columns/price must have at least one value");
  }

  @Test
  void checksExpectations() throws IOException {
    assertThat(expecting("{\"rsme\": {\"max\": 1}}"))
        .isEqualTo("line 3: /expect/rsme is no metric; did you mean 'rmse'?");
    assertThat(expecting("{\"mse\": {\"min\": 2, \"max\": 1}}"))
        .isEqualTo("line 3: /expect/mse must have min <= max, but was 2.0 > 1.0");
    assertThat(expecting("{\"mse\": {}}"))
        .isEqualTo("line 3: /expect/mse must have min, max or both");
    assertThat(expecting("{\"test.mse\": {\"max\": 1}}"))
        .isEqualTo(
            "line 3: /expect/test.mse is a metric of test rows, and there are none; give /data/test"
                + " or /data/split");
  }

  @Test
  void refusesNamesThatAreNoFolderNames() throws IOException {
    assertThat(problem(MINIMAL.replace("\"label\"", "\"name\": \"../up\", \"label\"")))
        .isEqualTo("line 3: /name must be of the form [A-Za-z0-9][A-Za-z0-9_.-]*, but was '../up'");
  }

  @Test
  void deepNestingIsAProblemAndNoCrash() throws IOException {
    assertThat(problem("[".repeat(100_000))).startsWith("line 1: not JSON: ");
  }

  @Test
  void namesWhatAGateCantCompareBy() throws IOException {
    assertThat(gate("{\"metrics\": {\"rsme\": {\"max\": 1}}}"))
        .isEqualTo("line 3: /gate/metrics/rsme is no metric; did you mean 'rmse'?");
    assertThat(gate("{\"metrics\": {\"mse\": {}}}"))
        .isEqualTo("line 3: /gate/metrics/mse must have min, max or both");
    assertThat(gate("{\"metric\": \"loss\"}"))
        .isEqualTo(
            "line 3: /gate/metric must not be loss, which contains the penalty; take a metric of"
                + " the predictions");
    assertThat(gate("{\"metric\": \"auc\"}"))
        .isEqualTo(
            "line 3: /gate/metric is no metric of linear_regression; its metrics: [loss, mse,"
                + " rmse, mae, median_absolute_error, mape, r2, adjusted_r2, explained_variance]");
  }

  /** A server has the version before the new one until it has loaded that. */
  @Test
  void keepsAtLeastTwoVersions() throws IOException {
    assertThat(problem(MINIMAL.replace("\"label\"", "\"export\": {\"keep\": 1}, \"label\"")))
        .isEqualTo("line 3: /export/keep must be >= 2, but was 1");
  }

  private String gate(String gate) throws IOException {
    return problem(MINIMAL.replace("\"label\"", "\"gate\": " + gate + ", \"label\""));
  }

  private String expecting(String expect) throws IOException {
    return problem(MINIMAL.replace("\"label\"", "\"expect\": " + expect + ", \"label\""));
  }

  private String synthetic(String equation, String variables, String more) throws IOException {
    return problem(
        """
        {"data": {"train": {"type": "synthetic", "equation": "%s", "variables": %s%s}},
         "label": "%s", "model": "linear_regression",
         "training": {"epochs": 1, "optimizer": {"type": "gradient_descent", "learning_rate": 1}}}
        """
            .formatted(equation, variables, more, equation.substring(0, 1)));
  }

  private Path file() {
    return folder.resolve("houses.json");
  }

  private LoadedConfig load(String json, String... overrides) throws IOException {
    Files.writeString(file(), json);
    return ConfigLoader.load(file(), List.of(overrides));
  }

  private String problems(String json, String... overrides) throws IOException {
    Files.writeString(file(), json);
    try {
      ConfigLoader.load(file(), List.of(overrides));
      throw new AssertionError("no problem found");
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The only problem. */
  private String problem(String json, String... overrides) throws IOException {
    String prefix = "1 problem in " + file() + ":\n  ";
    String message = problems(json, overrides);
    assertThat(message).startsWith(prefix);
    return message.substring(prefix.length());
  }
}
