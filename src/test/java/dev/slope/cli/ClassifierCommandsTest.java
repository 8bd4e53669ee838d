package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.export.ExportRequest;
import dev.slope.export.ModelExporter;
import dev.slope.export.ModelGraph;
import dev.slope.export.savedmodel.DurableFile;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on classifiers and on a model with an offset, whose weights are given. */
class ClassifierCommandsTest {
  private static final String METRICS =
      """
      {"train": {"rows": 3, "metrics": {"accuracy": 0.75}, "undefined": {},
        "classes": [{"class": "0", "rows": 2, "precision": 1.0, "recall": 0.5, "f1": 0.6},
                    {"class": "1", "rows": 2, "precision": 0.6, "recall": 1.0, "f1": 0.8}],
        "confusion": [[1, 1], [0, 2]]}}
      """;

  @TempDir Path models;

  /** The score of class 1 is 2 x - 3: below 0 at 1, 0 at 1.5. */
  private Path binary(ModelConfig model, @Nullable Double threshold) {
    return export(model, new FittedLabels.Binary("y", "0", "1", threshold), null, -1, 1);
  }

  private static ModelConfig logistic() {
    return new ModelConfig.LogisticRegression(
        true, 0, 0, Map.of(), new ClassWeightConfig.None(), new InitializerConfig.Zeros());
  }

  private Path export(
      ModelConfig model, FittedLabels labels, @Nullable FloatMatrix offsets, float... scores) {
    ModelExporter.export(
        new ExportRequest(
            models,
            "model",
            new ModelGraph(
                model,
                new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.NONE, 0, 1))),
                labels,
                offsets == null ? null : offsets.names().get(0)),
            new LinearWeights(List.of("x"), labels.outputs(), new double[] {2}, new double[] {-3}),
            proven ->
                Map.of("metrics.json", text(METRICS), "provenance.json", text("{\"seed\": 0}")),
            CodedRows.ofNumbers(rows(offsets)),
            0,
            new FloatMatrix(labels.outputs(), List.of(FloatBlock.of(1, scores))),
            null));
    return models.resolve("model");
  }

  private static DurableFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FloatMatrix rows(@Nullable FloatMatrix offsets) {
    FloatBlock x = FloatBlock.of(1, 1, 2);
    return offsets == null
        ? new FloatMatrix(List.of("x"), List.of(x))
        : new FloatMatrix(
            List.of("x", offsets.names().get(0)), List.of(x.beside(offsets.blocks().get(0))));
  }

  /** 1 / (1 + e) = 0.26894142; a row that can't be predicted has empty fields. */
  @Test
  void predictWritesTheClassAndEveryProbability() throws IOException {
    Path data = Files.writeString(models.resolve("rows.csv"), "x\n1\nnone\n1.5\n");

    CommandResult result = CommandResult.of("predict", binary(logistic(), 0.5), data);

    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> lines = result.outLines();
    assertThat(lines.get(0)).isEqualTo("class,probability_0,probability_1");
    String[] first = lines.get(1).split(",", -1);
    assertThat(first[0]).isEqualTo("0");
    assertThat(Double.parseDouble(first[1])).isCloseTo(0.73105858, within(1e-7));
    assertThat(Double.parseDouble(first[2])).isCloseTo(0.26894142, within(1e-7));
    assertThat(lines.get(2)).isEqualTo(",,");
    assertThat(lines.get(3)).isEqualTo("1,0.5,0.5");
    assertThat(result.err()).contains("1 of 3 rows have no prediction");
  }

  @Test
  void predictWritesAMargin() throws IOException {
    ModelConfig svm =
        new ModelConfig.LinearSvm(
            ModelConfig.SvmLoss.HINGE,
            true,
            0,
            0,
            Map.of(),
            new ClassWeightConfig.None(),
            new InitializerConfig.Zeros());
    Path data = Files.writeString(models.resolve("rows.csv"), "x\n1\n4\n");

    CommandResult result = CommandResult.of("predict", binary(svm, null), data);

    assertThat(result.outLines()).containsExactly("class,margin", "0,-1.0", "1,5.0");
  }

  /** Scores -1, 1 and 5 of classes 0, 0 and 1 at a threshold of 0.5: one of class 0 is missed. */
  @Test
  void evaluateCountsClasses() throws IOException {
    Path data = Files.writeString(models.resolve("rows.csv"), "x,y\n1,0\n2,0\n4,1\n");
    Path model = binary(logistic(), 0.5);

    CommandResult json = CommandResult.of("evaluate", model, data, "--json");
    assertThat(json.exitCode()).as(json.err()).isZero();
    assertThat(json.json().at("/metrics/accuracy").asDouble()).isEqualTo(2 / 3.0);
    assertThat(json.json().at("/metrics/auc").asDouble()).isEqualTo(1);
    // softplus(-1), softplus(1) and softplus(-5)
    assertThat(json.json().at("/metrics/log_loss").asDouble())
        .isCloseTo(
            (0.31326168751822286 + 1.3132616875182228 + 0.006715348489118068) / 3, within(1e-12));
    assertThat(json.json().at("/confusion").toString()).isEqualTo("[[1,1],[0,1]]");
    assertThat(json.json().at("/classes/0/class").asString()).isEqualTo("0");

    CommandResult text = CommandResult.of("evaluate", model, data);
    assertThat(text.out())
        .endsWith(
            """
              rows by their class and, in columns, the predicted one
                   0  1
                0  1  1
                1  0  1
            """);
  }

  @Test
  void evaluateNamesAClassItDoesNotKnow() throws IOException {
    Path data = Files.writeString(models.resolve("rows.csv"), "x,y\n1,0\n2,3\n");

    CommandResult result = CommandResult.of("evaluate", binary(logistic(), 0.5), data);

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err())
        .contains(data + ", row 2: 'y' must be one of the model's classes [0, 1], but was '3'");
  }

  @Test
  void inspectSaysHowAClassIsDecidedFor() {
    CommandResult result = CommandResult.of("inspect", binary(logistic(), 0.25));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            """
              classes [0, 1]: '1' from a probability of 0.250000 on
              logit P(y = 1) = 2.00000 x - 3.00000
            """)
        .contains("  accuracy     0.750000\n")
        .contains("    0  1  1\n    1  0  2\n");
  }

  /** exp(2 x - 3 + o): 1 at x = 1.5 without offset, e^2 with an offset of 2. */
  @Test
  void anOffsetIsAColumnOfTheData() throws IOException {
    ModelConfig poisson =
        new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());
    Path model =
        export(
            poisson,
            new FittedLabels.Regression(List.of("n")),
            new FloatMatrix(List.of("o"), List.of(FloatBlock.of(1, 0, 1))),
            -1,
            2);
    Path data = Files.writeString(models.resolve("rows.csv"), "o,x,n\n0,1.5,1\n2,1.5,0\n");

    List<String> predicted = CommandResult.of("predict", model, data).outLines();
    assertThat(predicted.get(1)).isEqualTo("1.0");
    assertThat(Double.parseDouble(predicted.get(2))).isCloseTo(Math.exp(2), within(1e-6));

    // Rows 1 of 1 and 0 of e^2: deviances 0 and 2 e^2.
    CommandResult evaluated = CommandResult.of("evaluate", model, data, "--json");
    assertThat(evaluated.json().at("/metrics/mean_poisson_deviance").asDouble())
        .isCloseTo(Math.exp(2), within(1e-6));
    assertThat(CommandResult.of("inspect", model).out())
        .contains("  log E(n) = 2.00000 x - 3.00000\n  + o, the offset of every row\n")
        .contains("  o: float32, offset, added to the score\n");
    assertThat(CommandResult.of("predict", model, Files.writeString(data, "x\n1\n")).err())
        .contains("has no column 'o', which the model needs");
  }
}
