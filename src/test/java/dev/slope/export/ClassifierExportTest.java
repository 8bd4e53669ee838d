package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.export.SavedModelDescription.Signature;
import dev.slope.export.SavedModelDescription.TensorText;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Classifiers and generalised linear models, exported with given weights. */
class ClassifierExportTest {
  private static final TensorText NUMBERS = new TensorText("float32", List.of(-1L));
  private static final TensorText IDS = new TensorText("int64", List.of(-1L));
  private static final TensorText NAMES = new TensorText("string", List.of(-1L));
  private static final String PREDICT = "tensorflow/serving/predict";

  private static final ModelConfig LOGISTIC =
      new ModelConfig.LogisticRegression(
          true, 0, 0, Map.of(), new ClassWeightConfig.None(), new InitializerConfig.Zeros());
  private static final ModelConfig SOFTMAX =
      new ModelConfig.SoftmaxRegression(
          true, 0, 0, Map.of(), new ClassWeightConfig.None(), new InitializerConfig.Zeros());
  private static final ModelConfig SVM =
      new ModelConfig.LinearSvm(
          ModelConfig.SvmLoss.HINGE,
          true,
          0,
          0,
          Map.of(),
          new ClassWeightConfig.None(),
          new InitializerConfig.Zeros());
  private static final ModelConfig POISSON =
      new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());

  /** One raw column, (x - 1) / 2. */
  private static final FittedFeatures FEATURES =
      new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.STANDARD, 1, 2)));

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path models;

  /** 4 (x - 1) / 2 - 1 = 2 x - 3 at 1, 1.5, 2: scores -1, 0, 1. */
  private ExportedModel binary(double threshold, float... scores) {
    return export(
        LOGISTIC,
        new FittedLabels.Binary("y", "no", "yes", threshold),
        new double[] {4},
        new double[] {-1},
        null,
        scores);
  }

  /** Scores of a, b and c are x - 1, 0 and 1 at x = 1, 1.5, 2. */
  private ExportedModel softmax() {
    return export(
        SOFTMAX,
        new FittedLabels.MultiClass("y", List.of("a", "b", "c")),
        new double[] {2, 0, 0},
        new double[] {0, 0, 1},
        null,
        0,
        0,
        1,
        0.5f,
        0,
        1,
        1,
        0,
        1);
  }

  private ExportedModel export(
      ModelConfig model,
      FittedLabels labels,
      double[] weights,
      double[] intercepts,
      @Nullable FloatMatrix offsets,
      float... scores) {
    return ModelExporter.export(
        new ExportRequest(
            models,
            "model",
            new ModelGraph(
                model, FEATURES, labels, offsets == null ? null : offsets.names().get(0)),
            new LinearWeights(List.of("x"), labels.outputs(), weights, intercepts),
            proven -> Map.of(),
            CodedRows.ofNumbers(rows(offsets)),
            0,
            new FloatMatrix(
                labels.outputs(), List.of(FloatBlock.of(labels.outputs().size(), scores))),
            null));
  }

  private static FloatMatrix rows(@Nullable FloatMatrix offsets) {
    FloatBlock x = FloatBlock.of(1, 1, 1.5f, 2);
    return offsets == null
        ? new FloatMatrix(List.of("x"), List.of(x))
        : new FloatMatrix(
            List.of("x", offsets.names().get(0)), List.of(x.beside(offsets.blocks().get(0))));
  }

  /** 1 / (1 + e) = 0.26894142; the threshold 0.7 asks for a score of log(7 / 3) = 0.847. */
  @Test
  void twoClassesAnswerProbabilitiesLogitsAndTheirClass() {
    ExportedModel exported = binary(0.7, -1, 0, 1);

    try (ServedModel served = ServedModel.load(exported.directory())) {
      Classification answer = served.classify(FloatBlock.of(1, 1, 1.5f, 2, Float.NaN));
      assertThat(floats(answer.logits())).startsWith(-1f, 0f, 1f);
      assertThat(answer.logits().get(3, 0)).isNaN();
      FloatBlock probabilities = Objects.requireNonNull(answer.probabilities());
      assertThat(probabilities.get(0, 0)).isCloseTo(0.73105858, within(1e-7));
      assertThat(probabilities.get(0, 1)).isCloseTo(0.26894142, within(1e-7));
      assertThat(probabilities.get(1, 1)).isEqualTo(0.5f);
      assertThat(answer.classIds().array()).containsExactly(0, 0, 1, 0);
      assertThat(served.labels()).isEqualTo(new FittedLabels.Binary("y", "no", "yes", 0.7));
      assertThat(served.predict(FloatBlock.of(1, 2)).get(0, 0)).isEqualTo(1f);
    }
  }

  @Test
  void theManifestSaysWhatAClassifierIs() {
    ModelManifest manifest = ModelManifest.read(binary(0.7, -1, 0, 1).directory());

    assertThat(manifest.type()).isEqualTo("logistic_regression");
    assertThat(manifest.link()).isEqualTo("logit");
    assertThat(manifest.classification())
        .isEqualTo(new ModelManifest.Classification("y", List.of("no", "yes"), "yes", 0.7));
    ModelManifest.Output output = manifest.outputs().get(0);
    assertThat(output.className()).isEqualTo("yes");
    assertThat(output.label()).isNull();
    assertThat(output.score()).isEqualTo("logit P(y = yes)");
    assertThat(output.intercept()).isEqualTo(-3);
    assertThat(output.coefficients().get(0).value()).isEqualTo(2);
    assertThat(output.coefficients().get(0).standardized()).isEqualTo(4);
  }

  /**
   * Of scores -1, 0 and 1: Phi(-1) = 0.15865525 and its complements; 1 - exp(-e^s) is 0.30779937,
   * 0.63212056 and 0.93401196. The threshold 0.6 asks for scores of 0.2533 and -0.0874.
   */
  @ParameterizedTest
  @CsvSource({
    "PROBIT, 0.15865525, 0.5, 0.84134475, 0",
    "CLOGLOG, 0.30779937, 0.63212056, 0.93401196, 1"
  })
  void otherLinksServeTheirOwnProbabilities(
      BinaryLink link, double first, double second, double third, long classAtZero) {
    ModelConfig model =
        new ModelConfig.LogisticRegression(
            link,
            true,
            0,
            0,
            Map.of(),
            new ClassWeightConfig.None(),
            new InitializerConfig.Zeros());
    FittedLabels labels = new FittedLabels.Binary("y", "no", "yes", 0.6, link);
    ExportedModel exported =
        export(model, labels, new double[] {4}, new double[] {-1}, null, -1, 0, 1);

    ModelManifest manifest = ModelManifest.read(exported.directory());
    assertThat(manifest.link()).isEqualTo(link.key());
    assertThat(manifest.labels()).isEqualTo(labels);
    assertThat(manifest.outputs().get(0).score()).isEqualTo(link.key() + " P(y = yes)");
    try (ServedModel served = ServedModel.load(exported.directory())) {
      Classification answer = served.classify(FloatBlock.of(1, 1, 1.5f, 2));
      assertThat(floats(answer.logits())).containsExactly(-1f, 0f, 1f);
      FloatBlock probabilities = Objects.requireNonNull(answer.probabilities());
      double[] expected = {first, second, third};
      for (int row = 0; row < expected.length; row++) {
        assertThat(probabilities.get(row, 1)).isCloseTo(expected[row], within(3e-7));
        assertThat(probabilities.get(row, 0)).isCloseTo(1 - expected[row], within(3e-7));
      }
      assertThat(answer.classIds().array()).containsExactly(0, classAtZero, 1);
    }
  }

  @Test
  void twoClassesHaveTheSignaturesOfAClassifier() {
    Map<String, Signature> signatures =
        SavedModelDescription.read(binary(0.5, -1, 0, 1).directory()).signatures();

    TensorText perClass = new TensorText("float32", List.of(-1L, 2L));
    Signature predict =
        new Signature(
            PREDICT,
            Map.of("x", NUMBERS),
            Map.of(
                "probabilities", perClass, "logits", NUMBERS, "class_id", IDS, "classes", NAMES));
    assertThat(signatures)
        .containsOnlyKeys("predict", "serving_default", "dense", "classify", "explain");
    assertThat(signatures).containsEntry("predict", predict);
    assertThat(signatures).containsEntry("serving_default", predict);
    assertThat(signatures.get("dense"))
        .isEqualTo(
            new Signature(
                PREDICT,
                Map.of("x", new TensorText("float32", List.of(-1L, 1L))),
                Map.of("probabilities", perClass, "logits", NUMBERS, "class_id", IDS)));
    assertThat(signatures.get("classify"))
        .isEqualTo(
            new Signature(
                "tensorflow/serving/classify",
                Map.of("inputs", NAMES),
                Map.of("classes", new TensorText("string", List.of(-1L, 2L)), "scores", perClass)));
  }

  /** At x = 1: e^0, e^0 and e^1 over 2 + e; at x = 4, a's score of 3 is the largest. */
  @Test
  void severalClassesAnswerTheMostProbable() {
    ExportedModel exported = softmax();

    try (ServedModel served = ServedModel.load(exported.directory())) {
      Classification answer = served.classify(FloatBlock.of(1, 1, 4));
      assertThat(floats(answer.logits())).containsExactly(0, 0, 1, 3, 0, 1);
      FloatBlock probabilities = Objects.requireNonNull(answer.probabilities());
      assertThat(probabilities.get(0, 0)).isCloseTo(0.21194156, within(1e-7));
      assertThat(probabilities.get(0, 2)).isCloseTo(0.57611688, within(1e-7));
      assertThat(answer.classIds().array()).containsExactly(2, 0);
    }
    ModelManifest manifest = ModelManifest.read(exported.directory());
    assertThat(manifest.classification())
        .isEqualTo(new ModelManifest.Classification("y", List.of("a", "b", "c"), null, null));
    assertThat(manifest.outputs())
        .extracting(ModelManifest.Output::score)
        .containsExactly("score(y = a)", "score(y = b)", "score(y = c)");
    // 2 (x - 1) / 2 = x - 1 for a, 1 for c.
    assertThat(manifest.outputs().get(0).intercept()).isEqualTo(-1);
    assertThat(manifest.outputs().get(2).intercept()).isEqualTo(1);
    assertThat(manifest.labels())
        .isEqualTo(new FittedLabels.MultiClass("y", List.of("a", "b", "c")));
  }

  /** The strings that other runtimes see: the class predicted, and every class to classify. */
  @Test
  void namesClassesAndParsesExamples() {
    ExportedModel exported = softmax();
    try (SavedModelBundle bundle =
        SavedModelBundle.load(exported.directory().toString(), "serve")) {
      SignatureDef predict = bundle.metaGraphDef().getSignatureDefOrThrow("predict");
      try (TFloat32 x = TFloat32.vectorOf(1, 4);
          Result result =
              bundle
                  .session()
                  .runner()
                  .feed(predict.getInputsOrThrow("x").getName(), x)
                  .fetch(predict.getOutputsOrThrow("classes").getName())
                  .run()) {
        assertThat((TString) result.get(0)).isEqualTo(NdArrays.vectorOfObjects("c", "a"));
      }
      SignatureDef classify = bundle.metaGraphDef().getSignatureDefOrThrow("classify");
      try (TString examples =
              TString.tensorOfBytes(NdArrays.vectorOfObjects(example(1), example(4)));
          Result result =
              bundle
                  .session()
                  .runner()
                  .feed(classify.getInputsOrThrow("inputs").getName(), examples)
                  .fetch(classify.getOutputsOrThrow("classes").getName())
                  .fetch(classify.getOutputsOrThrow("scores").getName())
                  .run()) {
        TString classes = (TString) result.get(0);
        TFloat32 scores = (TFloat32) result.get(1);
        for (int row = 0; row < 2; row++) {
          assertThat(
                  List.of(
                      classes.getObject(row, 0),
                      classes.getObject(row, 1),
                      classes.getObject(row, 2)))
              .containsExactly("a", "b", "c");
        }
        assertThat((double) scores.getFloat(0, 2)).isCloseTo(0.57611688, within(1e-7));
      }
    }
  }

  private static byte[] example(float x) {
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(
                    "x",
                    Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(x)).build()))
        .build()
        .toByteArray();
  }

  @Test
  void marginsHaveNoProbabilities() {
    ExportedModel exported =
        export(
            SVM,
            new FittedLabels.Binary("y", "-1", "1", null),
            new double[] {4},
            new double[] {-1},
            null,
            -1,
            0,
            1);

    try (ServedModel served = ServedModel.load(exported.directory())) {
      Classification answer = served.classify(FloatBlock.of(1, 1, 1.5f, 2));
      assertThat(answer.probabilities()).isNull();
      assertThat(answer.classIds().array()).containsExactly(0, 1, 1);
    }
    Map<String, Signature> signatures =
        SavedModelDescription.read(exported.directory()).signatures();
    assertThat(signatures).containsOnlyKeys("predict", "serving_default", "dense", "explain");
    assertThat(signatures.get("dense"))
        .extracting(Signature::outputs)
        .isEqualTo(Map.of("logits", NUMBERS, "class_id", IDS));
    assertThat(exported.manifest().outputs().get(0).score()).isEqualTo("margin(y = 1)");
  }

  /** exp(2 x - 3 + log 10) at 1, 1.5 and 2: 10 / e, 10 and 10 e. */
  @Test
  void anOffsetIsARawColumnThatIsAddedToTheScore() {
    float ten = (float) Math.log(10);
    ExportedModel exported =
        export(
            POISSON,
            new FittedLabels.Regression(List.of("claims")),
            new double[] {4},
            new double[] {-1},
            new FloatMatrix(List.of("log holders"), List.of(FloatBlock.of(1, ten, ten, ten))),
            ten - 1,
            ten,
            ten + 1);

    try (ServedModel served = ServedModel.load(exported.directory())) {
      assertThat(served.columns()).containsExactly("x", "log holders");
      FloatBlock means = served.predict(FloatBlock.of(2, 1, ten, 1.5f, 0, 2, ten));
      assertThat(means.get(0, 0)).isCloseTo(3.6787944, within(2e-6));
      assertThat(means.get(1, 0)).isEqualTo(1f);
      assertThat(means.get(2, 0)).isCloseTo(27.182818, within(2e-5));
    }
    ModelManifest manifest = ModelManifest.read(exported.directory());
    assertThat(manifest.offsetColumn()).isEqualTo("log holders");
    assertThat(manifest.columns().get(1))
        .isEqualTo(new ModelManifest.Column("log holders", "float32", "log_holders", null));
    assertThat(manifest.outputs().get(0).score()).isEqualTo("log E(claims)");
    assertThat(SavedModelDescription.read(exported.directory()).signatures().get("regress"))
        .isEqualTo(
            new Signature(
                "tensorflow/serving/regress", Map.of("inputs", NAMES), Map.of("outputs", NUMBERS)));
  }

  @Test
  void refusesAModelThatScoresSomethingElse() {
    assertThatThrownBy(() -> binary(0.5, -1, 0, 1.001f))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "the reloaded model predicts 1.0 for 'yes' in row 3 of the proof, the trainer 1.001;"
                + " nothing was exported");
    // exp(1) is 2.7182817 in float32, exp(1.001) 2.7210014.
    assertThatThrownBy(
            () ->
                export(
                    POISSON,
                    new FittedLabels.Regression(List.of("n")),
                    new double[] {4},
                    new double[] {-1},
                    null,
                    -1,
                    0,
                    1.001f))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching(
            "the reloaded model predicts 2\\.71828\\d+ for 'n' in row 3 of the proof, the trainer"
                + " 2\\.72100\\d+; nothing was exported");
  }

  @Test
  void aRegressionIsNoClassifier() {
    ExportedModel exported =
        export(
            POISSON,
            new FittedLabels.Regression(List.of("n")),
            new double[] {4},
            new double[] {-1},
            null,
            -1,
            0,
            1);
    try (ServedModel served = ServedModel.load(exported.directory())) {
      assertThatThrownBy(() -> served.classify(FloatBlock.of(1, 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a model must be a classifier, but was a poisson_regression");
    }
  }

  private static float[] floats(FloatBlock block) {
    float[] values = new float[block.rows() * block.columns()];
    block.values().get(values);
    return values;
  }
}
