package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.export.SavedModelDescription.Signature;
import dev.slope.export.SavedModelDescription.TensorText;
import dev.slope.export.savedmodel.DurableFile;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExporterTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path models;

  private static final ModelConfig LEAST_SQUARES =
      new ModelConfig.LinearRegression(new InitializerConfig.Zeros());

  /** y = 2x + 1 on x = 0, 3: 1 and 7, exact in float32. */
  private ExportRequest line(Map<String, DurableFile.Content> extraFiles, float... predictions) {
    return new ExportRequest(
        models,
        "line",
        LEAST_SQUARES,
        new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.NONE, 0, 1))),
        new LinearWeights(List.of("x"), List.of("y"), new double[] {2}, new double[] {1}),
        extraFiles,
        new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, 0, 3))),
        new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, predictions))));
  }

  @Test
  void servesTheTrainersPredictions() {
    ExportedModel exported = ModelExporter.export(line(Map.of(), 1, 7));
    assertThat(exported.directory()).isEqualTo(models.resolve("line/1"));
    assertThat(exported.largestDifference()).isZero();
    try (ServedModel served = ServedModel.load(ModelDirectory.resolve(models.resolve("line")))) {
      FloatBlock predictions = served.predict(FloatBlock.of(1, 10, Float.NaN));
      assertThat(predictions.get(0, 0)).isEqualTo(21f);
      assertThat(predictions.get(1, 0)).isNaN();
    }
  }

  /** Standardised a = (x - 4) / 2, b = x: 3 a + 5 b + 1 at (8, 2) is 3 * 2 + 10 + 1 = 17. */
  @Test
  void servesSeveralLabelsOddNamesAndScaling() {
    ExportRequest request =
        new ExportRequest(
            models,
            "odd",
            LEAST_SQUARES,
            new FittedFeatures(
                List.of(
                    new FittedFeature.Numeric("Sepal.Length (cm)", Scaling.STANDARD, 4, 2),
                    new FittedFeature.Numeric("class", Scaling.NONE, 0, 1))),
            new LinearWeights(
                List.of("Sepal.Length (cm)", "class"),
                List.of("u", "v"),
                new double[] {3, 0, 5, -1},
                new double[] {1, 2}),
            Map.of("metrics.json", out -> out.write('{')),
            new FloatMatrix(List.of("Sepal.Length (cm)", "class"), List.of(FloatBlock.of(2, 8, 2))),
            new FloatMatrix(List.of("u", "v"), List.of(FloatBlock.of(2, 17, 0))));
    ExportedModel exported = ModelExporter.export(request);
    assertThat(exported.directory().resolve("assets.extra/metrics.json")).hasContent("{");
    ModelManifest manifest = ModelManifest.read(exported.directory());
    assertThat(manifest).isEqualTo(exported.manifest());
    assertThat(manifest.columns())
        .extracting(ModelManifest.Column::signatureKey)
        .containsExactly("Sepal_Length_cm", "class_");
    // 3 (x - 4) / 2 = 1.5 x - 6
    assertThat(manifest.outputs().get(0).coefficients().get(0).value()).isEqualTo(1.5);
    assertThat(manifest.outputs().get(0).intercept()).isCloseTo(-5, within(1e-12));
    assertThat(manifest.outputs().get(0).standardizedIntercept()).isEqualTo(1);
  }

  @Test
  void refusesAModelThatPredictsSomethingElse() {
    assertThatThrownBy(() -> ModelExporter.export(line(Map.of(), 1, 7.001f)))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "the reloaded model predicts 7.0 for 'y' in row 2 of the proof, the trainer 7.001;"
                + " nothing was exported");
    assertThat(models.resolve("line")).doesNotExist();
  }

  @Test
  void leavesNothingBehindWhenAFileCantBeWritten() {
    DurableFile.Content full =
        out -> {
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> ModelExporter.export(line(Map.of("config.json", full), 1, 7)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("No space left on device; free space");
    assertThat(models.resolve("line")).doesNotExist();
  }

  @Test
  void namesTheFileInTheWay() throws IOException {
    Path file = Files.createFile(models.resolve("taken"));
    assertThatThrownBy(() -> ModelVersions.checkWritable(file, "line"))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "the export directory must be a directory, but '"
                + file
                + "' is a file; choose another directory");
  }

  @Test
  void checkingLeavesNothing() throws IOException {
    ModelVersions.checkWritable(models.resolve("deep"), "line");
    assertThat(models.resolve("deep")).doesNotExist();
  }

  @Test
  void eightTrainersGetEightVersions() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<ExportedModel>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(() -> ModelExporter.export(line(Map.of(), 1, 7)));
      }
      List<Integer> versions = new ArrayList<>();
      for (Future<ExportedModel> exported : threads.invokeAll(tasks)) {
        versions.add(exported.get().version());
      }
      assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    } finally {
      threads.shutdown();
    }
    try (Stream<Path> children = Files.list(models.resolve("line"))) {
      assertThat(children.map(child -> child.getFileName().toString()))
          .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8");
    }
  }

  @Test
  void namesADamagedFile() throws IOException {
    Path version = ModelExporter.export(line(Map.of(), 1, 7)).directory();
    Path graph = version.resolve("saved_model.pb");
    Files.write(graph, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> ServedModel.load(version))
        .isInstanceOf(ModelException.class)
        .hasMessage(graph + " is damaged; export the model again");
  }

  @Test
  void describesTheSignatures() {
    Path version = ModelExporter.export(line(Map.of(), 1, 7)).directory();
    SavedModelDescription description = SavedModelDescription.read(version);
    TensorText column = new TensorText("float32", List.of(-1L));
    Signature predict =
        new Signature(
            "tensorflow/serving/predict", Map.of("x", column), Map.of("prediction", column));
    assertThat(description.tags()).containsExactly("serve");
    assertThat(description.signatures())
        .isEqualTo(
            Map.of(
                "dense",
                new Signature(
                    "tensorflow/serving/predict",
                    Map.of("x", new TensorText("float32", List.of(-1L, 1L))),
                    Map.of("prediction", column)),
                "predict",
                predict,
                "regress",
                new Signature(
                    "tensorflow/serving/regress",
                    Map.of("inputs", new TensorText("string", List.of(-1L))),
                    Map.of("outputs", column)),
                "serving_default",
                predict));
  }

  @Test
  void namesTheModelsThereAre() {
    ModelExporter.export(line(Map.of(), 1, 7));
    Path nothing = models.resolve("nothing");
    assertThatThrownBy(() -> ModelDirectory.resolve(nothing))
        .isInstanceOf(ModelException.class)
        .hasMessage(nothing + " does not exist; models there: line");
  }

  @Test
  void keysAreDistinctIdentifiers() {
    assertThat(SignatureKeys.of(List.of("x", "a b", "a.b", "a_b", "größe", "7", "?", "self")))
        .containsExactly(
            Map.entry("x", "x"),
            Map.entry("a b", "a_b_2"),
            Map.entry("a.b", "a_b_3"),
            Map.entry("a_b", "a_b"),
            Map.entry("größe", "gr_e"),
            Map.entry("7", "column_7"),
            Map.entry("?", "column"),
            Map.entry("self", "self_"));
  }
}
