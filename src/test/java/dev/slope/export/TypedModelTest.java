package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.slope.config.DatetimePart;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.export.SavedModelDescription.Signature;
import dev.slope.export.SavedModelDescription.TensorText;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeature.Affine;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.features.RawColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** A model with a column of every kind, whose scores float32 has exactly. */
class TypedModelTest {
  private static final float NONE = Float.NaN;
  private static final long NO_TIME = Long.MIN_VALUE;
  private static final RawColumn CUT = new RawColumn("cut", RawColumn.Type.STRING);
  private static final RawColumn LOT = new RawColumn("lot", RawColumn.Type.INTEGER);

  private static final FittedFeatures FEATURES =
      new FittedFeatures(
          List.of(
              new FittedFeature.Numeric(
                  "carat",
                  Scaling.STANDARD,
                  1,
                  false,
                  Float.NEGATIVE_INFINITY,
                  Float.POSITIVE_INFINITY,
                  List.of(new Affine(1, 2))),
              new FittedFeature.Categorical(CUT, List.of("Good", "Ideal"), true, true, false),
              new FittedFeature.Categorical(LOT, List.of("7", "-3"), false, false, true),
              new FittedFeature.Hashed(new RawColumn("city", RawColumn.Type.STRING), 5),
              new FittedFeature.Crossed(
                  "cut x lot",
                  List.of(
                      new FittedFeature.Crossed.CrossedColumn(CUT, null),
                      new FittedFeature.Crossed.CrossedColumn(LOT, null)),
                  4),
              new FittedFeature.Truth("sold"),
              new FittedFeature.Datetime(
                  "day",
                  List.of(
                      new FittedFeature.Datetime.Part(DatetimePart.YEAR, new Affine(2000, 10)),
                      new FittedFeature.Datetime.Part(DatetimePart.MONTH, Affine.NONE))),
              new FittedFeature.Text("the note", 3, 2)));

  private static final double INTERCEPT = 0.5;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path models;

  private static CodedRows rows() {
    return new TypedRows()
        .number("carat", 3, NONE, 5)
        .text("cut", "Ideal", "", "Fair")
        .text("lot", "7", "-3", "7")
        .text("city", "Paris", "", "Größe")
        .truth("sold", 1, 0, 1)
        .time("day", seconds(2020, 3, 1), seconds(1990, 12, 31) + 86_399, seconds(2000, 1, 1))
        .text("the note", "red Red, blue!", "", "red")
        .rows();
  }

  private static long seconds(int year, int month, int day) {
    return LocalDate.of(year, month, day).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }

  /** (3 - 1) / 2 = 1, (2020 - 2000) / 10 = 2; a missing carat is 1: (1 - 1) / 2 = 0. */
  private static List<Map<String, Double>> contributions() {
    return List.of(
        Map.of(
            "carat", weight("carat"),
            "cut", weight("cut=Ideal"),
            "lot", weight("lot=7"),
            "city", bucket("city", "Paris", 5),
            "cut x lot", bucket("cut x lot", "Ideal\u001f7", 4),
            "sold", weight("sold"),
            "day", 2 * weight("day=year") + weight("day=month 3"),
            "the note",
                2 * bucket("the note", "red", 3)
                    + bucket("the note", "blue", 3)
                    + bucket("the note", "red red", 3)
                    + bucket("the note", "red blue", 3)),
        Map.of(
            "carat",
            0.0,
            "cut",
            weight("cut=(missing)"),
            "lot",
            weight("lot=-3"),
            "city",
            bucket("city", "", 5),
            "cut x lot",
            bucket("cut x lot", "\u001f-3", 4),
            "sold",
            0.0,
            "day",
            -weight("day=year") + weight("day=month 12"),
            "the note",
            0.0),
        Map.of(
            "carat", 2 * weight("carat"),
            "cut", weight("cut=(other)"),
            "lot", weight("lot=7"),
            "city", bucket("city", "Größe", 5),
            "cut x lot", bucket("cut x lot", "Fair\u001f7", 4),
            "sold", weight("sold"),
            "day", weight("day=month 1"),
            "the note", bucket("the note", "red", 3)));
  }

  /** Halves of the inputs' numbers, of either sign. */
  private static double weight(String input) {
    int place = FEATURES.inputs().indexOf(input);
    assertThat(place).as(input).isNotNegative();
    return (place % 2 == 0 ? 0.5 : -0.5) * (place + 1);
  }

  private static double bucket(String feature, String text, int buckets) {
    long fingerprint =
        Hashing.farmHashFingerprint64().hashString(text, StandardCharsets.UTF_8).asLong();
    return weight(feature + "=bucket " + Long.remainderUnsigned(fingerprint, buckets));
  }

  private static float[] scores() {
    float[] scores = new float[3];
    for (int row = 0; row < scores.length; row++) {
      double sum = INTERCEPT;
      for (double contribution : contributions().get(row).values()) {
        sum += contribution;
      }
      scores[row] = (float) sum;
    }
    return scores;
  }

  private static LinearWeights weights() {
    return new LinearWeights(
        FEATURES.inputs(),
        List.of("y"),
        FEATURES.inputs().stream().mapToDouble(TypedModelTest::weight).toArray(),
        new double[] {INTERCEPT});
  }

  /** One row at a time in the caller's thread, with the function in place: the same bits. */
  @Test
  void fewRowsAreAnsweredTheSame() {
    CodedRows rows = rows();
    try (ServedModel written = ServedModel.load(export(scores()).directory());
        ServedModel inlined = ServedModel.loadForRequests(export(scores()).directory())) {
      assertThat(inlined.predict(rows).blocks().get(0).values())
          .isEqualTo(written.predict(rows).blocks().get(0).values());
      assertThat(inlined.predict(rows).blocks().get(0).get(0, 0)).isEqualTo((double) scores()[0]);
    }
  }

  private ExportedModel export(float... scores) {
    return ModelExporter.export(
        new ExportRequest(
            models,
            "typed",
            new ModelGraph(
                new ModelConfig.LinearRegression(new InitializerConfig.Zeros()),
                FEATURES,
                new FittedLabels.Regression(List.of("y")),
                null),
            weights(),
            proven -> Map.of(),
            rows(),
            0,
            new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, scores))),
            null));
  }

  @Test
  void predictsFromRawColumns() {
    ExportedModel exported = export(scores());

    assertThat(exported.largestDifference()).isZero();
    try (ServedModel served = ServedModel.load(exported.directory())) {
      assertThat(served.predict(rows()).blocks().get(0).values())
          .isEqualTo(FloatBlock.of(1, scores()).values());
    }
  }

  @Test
  void refusesAModelWhoseTrainerScoredOtherwise() {
    float[] scores = scores();
    scores[2] += 0.1f;

    assertThatThrownBy(() -> export(scores))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("in row 3 of the proof");
  }

  /** An unknown lot, none, no truth, no date, a carat that is no number, a lot that is none. */
  @Test
  void whatTheModelCannotKnowHasNoPrediction() {
    CodedRows rows =
        new TypedRows()
            .number("carat", 3, 3, 3, 3, Float.POSITIVE_INFINITY, 3, 3)
            .text("cut", "Ideal", "Ideal", "Ideal", "Ideal", "Ideal", "Ideal", "Ideal")
            .text("lot", "99", "", "7", "7", "7", "seven", "7.0")
            .text("city", "Paris", "Paris", "Paris", "Paris", "Paris", "Paris", "Paris")
            .truth("sold", 1, 1, NONE, 1, 1, 1, 1)
            .time(
                "day",
                seconds(2020, 3, 1),
                seconds(2020, 3, 1),
                seconds(2020, 3, 1),
                NO_TIME,
                seconds(2020, 3, 1),
                seconds(2020, 3, 1),
                seconds(2020, 3, 1))
            .text(
                "the note",
                "red Red, blue!",
                "red Red, blue!",
                "red Red, blue!",
                "red Red, blue!",
                "red Red, blue!",
                "red Red, blue!",
                "red Red, blue!")
            .rows();
    try (ServedModel served = ServedModel.load(export(scores()).directory())) {
      FloatBlock predictions = served.predict(rows).blocks().get(0);
      for (int row = 0; row < 6; row++) {
        assertThat(predictions.get(row, 0)).as("row %d", row).isNaN();
      }
      assertThat(predictions.get(6, 0)).isEqualTo((double) scores()[0]);
    }
  }

  @Test
  void contributionsSumToTheScore() {
    try (ServedModel served = ServedModel.load(export(scores()).directory())) {
      Explanation explanation = served.explain(rows()).get(0);

      assertThat(explanation.scores().values()).isEqualTo(FloatBlock.of(1, scores()).values());
      assertThat(explanation.offsets()).isNull();
      for (int row = 0; row < 3; row++) {
        assertThat(explanation.intercepts().get(row, 0)).isEqualTo((float) INTERCEPT);
        for (int feature = 0; feature < served.features().size(); feature++) {
          String name = served.features().get(feature);
          assertThat(explanation.contributions().get(row, feature))
              .as("row %d, %s", row, name)
              .isEqualTo(contributions().get(row).get(name));
        }
      }
    }
  }

  @Test
  void columnsAreTypedInItsSignatures() {
    TensorText number = new TensorText("float32", List.of(-1L));
    TensorText text = new TensorText("string", List.of(-1L));
    TensorText integer = new TensorText("int64", List.of(-1L));
    TensorText truth = new TensorText("bool", List.of(-1L));
    Map<String, TensorText> raw =
        Map.of(
            "carat",
            number,
            "cut",
            text,
            "lot",
            integer,
            "city",
            text,
            "sold",
            truth,
            "day",
            integer,
            "the_note",
            text);

    Map<String, Signature> signatures =
        SavedModelDescription.read(export(scores()).directory()).signatures();

    assertThat(signatures.keySet())
        .containsExactly("explain", "indexed", "predict", "regress", "serving_default");
    assertThat(signatures.get("serving_default"))
        .isEqualTo(signatures.get("predict"))
        .isEqualTo(new Signature("tensorflow/serving/predict", raw, Map.of("prediction", number)));
    assertThat(Objects.requireNonNull(signatures.get("indexed")).inputs())
        .isEqualTo(
            Map.of(
                "carat",
                number,
                "cut",
                integer,
                "lot",
                integer,
                "city",
                integer,
                "cut_x_lot",
                integer,
                "sold",
                truth,
                "day",
                integer,
                "the_note",
                new TensorText("float32", List.of(-1L, 3L))));
    assertThat(Objects.requireNonNull(signatures.get("explain")).outputs())
        .isEqualTo(
            Map.of(
                "contributions",
                new TensorText("float32", List.of(-1L, 8L)),
                "intercept",
                number,
                "score",
                number));
  }

  /** The places of Ideal, missing and other are 1, 2 and 3; those of the buckets their numbers. */
  @Test
  void theIndexedSignatureTakesPlaces() {
    Map<String, Tensor> inputs = new TreeMap<>();
    inputs.put("carat", TFloat32.vectorOf(3, NONE, 5));
    inputs.put("cut", TInt64.vectorOf(1, 2, 3));
    inputs.put("lot", TInt64.vectorOf(0, 1, 0));
    inputs.put("city", TInt64.vectorOf(place("Paris", 5), place("", 5), place("Größe", 5)));
    inputs.put(
        "cut_x_lot",
        TInt64.vectorOf(place("Ideal\u001f7", 4), place("\u001f-3", 4), place("Fair\u001f7", 4)));
    inputs.put("sold", TBool.vectorOf(true, false, true));
    inputs.put(
        "day", TInt64.vectorOf(seconds(2020, 3, 1), seconds(1990, 12, 31), seconds(2000, 1, 1)));
    float[][] counts = new float[3][3];
    for (String words : List.of("red", "red", "blue", "red red", "red blue")) {
      counts[0][place(words, 3)]++;
    }
    counts[2][place("red", 3)]++;
    inputs.put("the_note", TFloat32.tensorOf(org.tensorflow.ndarray.StdArrays.ndCopyOf(counts)));

    assertThat(run("indexed", inputs, "prediction")).containsExactly(scores());
  }

  private static int place(String text, int buckets) {
    return (int)
        Long.remainderUnsigned(
            Hashing.farmHashFingerprint64().hashString(text, StandardCharsets.UTF_8).asLong(),
            buckets);
  }

  @Test
  void examplesMayLackWhatMayBeMissing() {
    List<byte[]> examples = new ArrayList<>();
    examples.add(
        example(
            Map.of(
                "carat", number(3),
                "cut", text("Ideal"),
                "lot", integer(7),
                "city", text("Paris"),
                "sold", integer(1),
                "day", integer(seconds(2020, 3, 1)),
                "the note", text("red Red, blue!"))));
    examples.add(
        example(
            Map.of("lot", integer(-3), "sold", integer(0), "day", integer(seconds(1990, 12, 31)))));
    TString inputs =
        TString.tensorOfBytes(NdArrays.vectorOfObjects(examples.toArray(byte[][]::new)));

    assertThat(run("regress", Map.of("inputs", inputs), "outputs"))
        .containsExactly(scores()[0], scores()[1]);
  }

  private static byte[] example(Map<String, Feature> features) {
    return Example.newBuilder()
        .setFeatures(Features.newBuilder().putAllFeature(features))
        .build()
        .toByteArray();
  }

  private static Feature number(float value) {
    return Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(value)).build();
  }

  private static Feature integer(long value) {
    return Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(value)).build();
  }

  private static Feature text(String value) {
    return Feature.newBuilder()
        .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8(value)))
        .build();
  }

  private float[] run(String signature, Map<String, Tensor> inputs, String output) {
    Path directory = export(scores()).directory();
    try (SavedModelBundle bundle = SavedModelBundle.load(directory.toString(), "serve")) {
      SignatureDef definition = bundle.metaGraphDef().getSignatureDefOrThrow(signature);
      Session.Runner runner = bundle.session().runner();
      inputs.forEach(
          (key, tensor) -> runner.feed(definition.getInputsOrThrow(key).getName(), tensor));
      try (Result result = runner.fetch(definition.getOutputsOrThrow(output).getName()).run()) {
        TFloat32 tensor = (TFloat32) result.get(0);
        float[] values = new float[(int) tensor.size()];
        tensor.copyTo(DataBuffers.of(values, false, false));
        return values;
      }
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  @Test
  void theManifestHasEveryTransformAndReadsBack() {
    ExportedModel exported = export(scores());
    ModelManifest manifest = ModelManifest.read(exported.directory());

    assertThat(manifest).isEqualTo(exported.manifest());
    assertThat(manifest.fittedFeatures().features()).isEqualTo(FEATURES.features());
    assertThat(manifest.columns())
        .extracting(ModelManifest.Column::name)
        .containsExactly("carat", "cut", "lot", "city", "sold", "day", "the note");
    assertThat(manifest.features()).contains("cut x lot").hasSize(8);
    assertThat(manifest.outputs().get(0).coefficients())
        .contains(
            new ModelManifest.Coefficient("cut", "Ideal", weight("cut=Ideal"), weight("cut=Ideal")))
        .hasSize(FEATURES.inputs().size());
  }
}
