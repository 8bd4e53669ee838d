package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.export.SavedModelDescription.Signature;
import dev.slope.export.SavedModelDescription.TensorText;
import dev.slope.export.savedmodel.DurableFile;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
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
        new ModelGraph(
            LEAST_SQUARES,
            new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.NONE, 0, 1))),
            new FittedLabels.Regression(List.of("y")),
            null),
        new LinearWeights(List.of("x"), List.of("y"), new double[] {2}, new double[] {1}),
        proven -> extraFiles,
        CodedRows.ofNumbers(new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, 0, 3)))),
        0,
        new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, predictions))),
        null);
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
            new ModelGraph(
                LEAST_SQUARES,
                new FittedFeatures(
                    List.of(
                        new FittedFeature.Numeric("Sepal.Length (cm)", Scaling.STANDARD, 4, 2),
                        new FittedFeature.Numeric("class", Scaling.NONE, 0, 1))),
                new FittedLabels.Regression(List.of("u", "v")),
                null),
            new LinearWeights(
                List.of("Sepal.Length (cm)", "class"),
                List.of("u", "v"),
                new double[] {3, 0, 5, -1},
                new double[] {1, 2}),
            proven -> Map.of("metrics.json", out -> out.write('{')),
            CodedRows.ofNumbers(
                new FloatMatrix(
                    List.of("Sepal.Length (cm)", "class"), List.of(FloatBlock.of(2, 8, 2)))),
            0,
            new FloatMatrix(List.of("u", "v"), List.of(FloatBlock.of(2, 17, 0))),
            null);
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

  /** TensorFlow would look for files that match the path, and find none. */
  @Test
  void refusesPathsThatArePatterns() {
    for (String name : List.of("a*", "a?", "a[1]", "{a}")) {
      Path directory = models.resolve(name);
      assertThatThrownBy(() -> ModelVersions.checkWritable(directory, "line"))
          .isInstanceOf(ExportException.class)
          .hasMessage(
              "the export directory must have none of * ? [ ] { } in its path, but was '"
                  + directory
                  + "'; TensorFlow takes them for a pattern, so choose another directory");
      assertThat(directory).doesNotExist();
    }
  }

  /** Attributes come from TensorFlow in the order of a hash table that differs each time. */
  @Test
  void equalModelsHaveEqualBytes() {
    Path first = ModelExporter.export(line(Map.of(), 1, 7)).directory();
    for (int i = 0; i < 5; i++) {
      Path next = ModelExporter.export(line(Map.of(), 1, 7)).directory();
      for (String file :
          List.of(
              "saved_model.pb",
              "variables/variables.index",
              "variables/variables.data-00000-of-00001",
              "assets.extra/model.json")) {
        assertThat(next.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
      }
    }
  }

  /** Pictures are drawn meanwhile, so they are asked for last; without them nothing appears. */
  @Test
  void asksForExtraFilesOnceTheModelIsProven() {
    ExportRequest proven = line(Map.of(), 1, 7);
    ExtraFiles failing =
        loaded -> {
          throw new IllegalStateException("not drawn");
        };
    assertThatThrownBy(() -> ModelExporter.export(with(proven, failing)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not drawn");
    ExportRequest wrong = line(Map.of(), 1, 8);
    assertThatThrownBy(() -> ModelExporter.export(with(wrong, failing)))
        .isInstanceOf(ExportException.class);
    assertThat(models.resolve("line")).doesNotExist();
  }

  private static ExportRequest with(ExportRequest request, ExtraFiles files) {
    return new ExportRequest(
        request.modelsDirectory(),
        request.name(),
        request.graph(),
        request.weights(),
        files,
        request.proofRows(),
        request.warmupRows(),
        request.proofScores(),
        request.statistics());
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
                "explain",
                new Signature(
                    "tensorflow/serving/predict",
                    Map.of("x", column),
                    Map.of(
                        "contributions",
                        new TensorText("float32", List.of(-1L, 1L)),
                        "intercept",
                        column,
                        "score",
                        column)),
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

  /** A lock that another process holds marks a live export; one that nobody holds a leftover. */
  @Test
  void removesLeftoversAndKeepsWhatAnotherProcessWrites() throws Exception {
    Path line = Files.createDirectories(models.resolve("line"));
    Path dead = Files.createDirectories(line.resolve(".export-dead/variables")).getParent();
    Files.createFile(line.resolve(".export-dead.lock"));
    Path live = Files.createDirectory(line.resolve(".export-live"));
    Process other = start(LockHolder.class, line.resolve(".export-live.lock"));
    try {
      ModelExporter.export(line(Map.of(), 1, 7));
      assertThat(dead).doesNotExist();
      assertThat(line.resolve(".export-dead.lock")).doesNotExist();
      assertThat(live).exists();
    } finally {
      kill(other);
    }
    ModelVersions.checkWritable(models, "line");
    try (Stream<Path> children = Files.list(line)) {
      assertThat(children).containsExactly(line.resolve("1"));
    }
  }

  @Test
  void aKilledExportIsNoVersionAndGoesWithTheNext() throws Exception {
    Path line = models.resolve("line");
    kill(start(StuckExport.class, models));
    assertThat(ModelVersions.newest(line)).isEmpty();
    try (Stream<Path> children = Files.list(line)) {
      assertThat(children).hasSize(2); // what it wrote, and its lock
    }
    assertThat(ModelExporter.export(line(Map.of(), 1, 7)).version()).isEqualTo(1);
    try (Stream<Path> children = Files.list(line)) {
      assertThat(children).containsExactly(line.resolve("1"));
    }
  }

  /** Holds a lock until it is killed. */
  static final class LockHolder {
    private LockHolder() {}

    public static void main(String[] file) throws Exception {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(file[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        waitForever(lock.isValid());
      }
    }
  }

  /** Writes half an export, then waits until it is killed. */
  static final class StuckExport {
    private StuckExport() {}

    public static void main(String[] models) throws Exception {
      try (StagedVersion staged = new ModelVersions(Path.of(models[0]), "line").stage()) {
        Files.createFile(staged.directory().resolve("saved_model.pb"));
        waitForever(true);
      }
    }
  }

  @SuppressWarnings("SystemOut") // how the parent learns that it may go on
  private static void waitForever(boolean ready) throws InterruptedException {
    System.out.println(ready);
    Thread.sleep(Long.MAX_VALUE);
  }

  private static Process start(Class<?> main, Path argument) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("true");
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void aFailedExportRemovesOnlyTheDirectoriesItMade() throws IOException {
    Path line = Files.createDirectory(models.resolve("line"));
    assertThatThrownBy(() -> ModelExporter.export(line(Map.of(), 1, 8)))
        .isInstanceOf(ExportException.class);
    assertThat(line).isEmptyDirectory();
  }

  @Test
  void aFileWithANumberForANameIsNoVersionButTakesTheNumber() throws IOException {
    Path line = Files.createDirectory(models.resolve("line"));
    Files.createFile(line.resolve("7"));
    assertThat(ModelVersions.newest(line)).isEmpty();
    assertThat(ModelExporter.export(line(Map.of(), 1, 7)).version()).isEqualTo(8);
    assertThat(ModelVersions.newest(line)).hasValue(8);
  }

  @Test
  void saysSoWhenNoNumberIsLeft() throws IOException {
    Files.createDirectories(models.resolve("line/999999999"));
    assertThatThrownBy(() -> ModelExporter.export(line(Map.of(), 1, 7)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("it has version 999999999, the last one");
  }

  @Test
  void extraFilesMayHaveAFolder() {
    Path extra =
        ModelExporter.export(
                line(
                    Map.of("a.txt", out -> out.write('1'), "b/a.txt", out -> out.write('2')), 1, 7))
            .directory()
            .resolve("assets.extra");

    assertThat(extra.resolve("a.txt")).hasContent("1");
    assertThat(extra.resolve("b/a.txt")).hasContent("2");
  }

  @Test
  void extraFilesStayInTheirDirectory() {
    for (String name :
        List.of("../x", "a/b/c", "/a", "a/", "a/.hidden", "..", "model.json", ".hidden", "")) {
      assertThatThrownBy(() -> ModelExporter.export(line(Map.of(name, out -> {}), 1, 7)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "extraFiles must be plain file names, in at most one folder, other than model.json,"
                  + " but one was '%s'".formatted(name));
    }
    assertThat(models.resolve("line")).doesNotExist();
  }

  @Test
  void namesTheFileThatIsDamaged() throws IOException {
    Path version = ModelExporter.export(line(Map.of(), 1, 7)).directory();
    byte[] notOps = "Placeholdex".getBytes(StandardCharsets.US_ASCII);
    assertBlamed(version, "variables/variables.data-00000-of-00001", bytes -> cut(bytes, 4));
    assertBlamed(version, "variables/variables.data-00000-of-00001", bytes -> flip(bytes, 1));
    assertBlamed(version, "variables/variables.index", bytes -> cut(bytes, bytes.length / 2));
    assertBlamed(version, "variables/variables.index", bytes -> flip(bytes, 3));
    assertBlamed(version, "saved_model.pb", bytes -> cut(bytes, bytes.length / 2));
    assertBlamed(
        version,
        "saved_model.pb",
        bytes -> {
          // An op of that name does not exist; the length stays, so the message can be read.
          String text = new String(bytes, StandardCharsets.ISO_8859_1);
          return text.replace("Placeholder", new String(notOps, StandardCharsets.US_ASCII))
              .getBytes(StandardCharsets.ISO_8859_1);
        });
    assertBlamed(version, "assets.extra/model.json", bytes -> cut(bytes, 20));
    assertBlamed(
        version, "assets.extra/model.json", bytes -> "null".getBytes(StandardCharsets.US_ASCII));
    try (ServedModel whole = ServedModel.load(version)) {
      assertThat(whole.predict(FloatBlock.of(1, 10)).get(0, 0)).isEqualTo(21f);
    }
  }

  private static void assertBlamed(Path version, String file, UnaryOperator<byte[]> damage)
      throws IOException {
    Path path = version.resolve(file);
    byte[] content = Files.readAllBytes(path);
    Files.write(path, damage.apply(content));
    assertThatThrownBy(() -> ServedModel.load(version))
        .isInstanceOf(ModelException.class)
        .hasMessage(path + " is damaged; export the model again");
    Files.write(path, content);
  }

  private static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] flip(byte[] bytes, int position) {
    byte[] copy = bytes.clone();
    copy[position] ^= 0x40;
    return copy;
  }

  @Test
  void namesAMissingManifest() throws IOException {
    Path version = ModelExporter.export(line(Map.of(), 1, 7)).directory();
    Path manifest = version.resolve("assets.extra/model.json");
    Files.delete(manifest);
    assertThatThrownBy(() -> ServedModel.load(version))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            manifest + " is missing: " + version + " was not exported by Slope, or not whole");
  }

  /** Warmed up by 50 predictions, 1,000 more leave no native handle behind. */
  @Test
  void predictionsLeaveNothingBehind() {
    Path version = ModelExporter.export(line(Map.of(), 1, 7)).directory();
    FloatBlock rows = FloatBlock.of(1, 1, 2, 3);
    try (ServedModel served = ServedModel.load(version)) {
      for (int i = 0; i < 50; i++) {
        served.predict(rows);
      }
      long pointers = Pointer.totalCount();
      for (int i = 0; i < 1_000; i++) {
        served.predict(rows);
      }
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
    }
  }
}
