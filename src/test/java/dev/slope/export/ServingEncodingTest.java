package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.DatetimePart;
import dev.slope.config.FeatureConfig;
import dev.slope.config.MissingConfig;
import dev.slope.config.Scaling;
import dev.slope.config.UnknownLevel;
import dev.slope.data.BlockStore;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.export.savedmodel.SavedModelBuilder;
import dev.slope.export.savedmodel.TracedFunction;
import dev.slope.export.savedmodel.Variable;
import dev.slope.features.FeatureCoder;
import dev.slope.features.FeatureFitter;
import dev.slope.features.FittedFeatures;
import dev.slope.graph.FeatureEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Random tables and transforms, fitted on their rows: what training encodes from rows that {@link
 * FeatureCoder} coded is what a written and reloaded graph encodes from the raw columns, to the
 * last bit of float32. Rows that training never saw have other texts, and more missing ones.
 */
class ServingEncodingTest {
  private static final String ENCODED = "encoded";
  private static final List<String> WORDS =
      List.of(
          "red", "green", "Blue", "Größe", "ΌΣΟΣ", "x1", "a b", "π²", "'", "\u001f", "ı", "東京 3");

  @Property(tries = 60)
  void servingEncodesAsTrainingDid(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Table table = Table.random(random);
    CodedRows training = table.rows(random, 60 + random.nextInt(30), false);
    FittedFeatures features =
        FeatureFitter.fit(table.features, training, Set.of("integer", "hashed integer"));
    CodedRows others = table.rows(random, 20, true);
    Path directory = Files.createTempDirectory("slope-encoding");
    try {
      write(features, directory);
      try (SavedModelBundle bundle = SavedModelBundle.load(directory.toString(), "serve")) {
        check(features, training, bundle);
        check(features, others, bundle);
      }
    } finally {
      delete(directory);
    }
  }

  private static void check(FittedFeatures features, CodedRows rows, SavedModelBundle bundle) {
    float[] trained = trained(features, rows);
    BitSet refused = new BitSet();
    float[] served = served(features, rows, bundle, refused);
    int width = features.inputs().size();
    for (int row = 0; row < rows.rows(); row++) {
      boolean predicted = true;
      for (int input = 0; input < width; input++) {
        predicted &= Float.isFinite(trained[row * width + input]);
      }
      if (refused.get(row)) {
        assertThat(predicted).as("row %d is refused", row).isFalse();
        continue;
      }
      for (int input = 0; input < width; input++) {
        assertThat(Float.floatToIntBits(served[row * width + input]))
            .as("row %d, %s", row, features.inputs().get(input))
            .isEqualTo(Float.floatToIntBits(trained[row * width + input]));
      }
    }
  }

  private static float[] trained(FittedFeatures features, CodedRows rows) {
    FloatBlock coded = new FeatureCoder(features).code(rows, BlockStore.inMemory()).blocks().get(0);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> matrix =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, coded.columns())));
      // Columns that nothing changes come out as the placeholder itself, which can't be fetched.
      Operand<TFloat32> encoded = tf.identity(FeatureEncoding.encode(tf, features, matrix));
      try (TFloat32 tensor =
              TFloat32.tensorOf(
                  Shape.of(coded.rows(), coded.columns()), DataBuffers.of(coded.values()));
          Result result = session.runner().feed(matrix, tensor).fetch(encoded).run()) {
        return floats(result);
      }
    }
  }

  private static float[] served(
      FittedFeatures features, CodedRows rows, SavedModelBundle bundle, BitSet refused) {
    ServingInputs inputs = ServingInputs.of(features, null);
    SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow(ENCODED);
    RawTensors tensors = new RawTensors(inputs.columns(), rows);
    Map<String, TType> fed =
        tensors.tensors(rows.values().blocks().get(0), 0, (int) rows.rows(), refused);
    Session.Runner runner =
        bundle.session().runner().fetch(signature.getOutputsOrThrow(ENCODED).getName());
    fed.forEach(
        (column, tensor) ->
            runner.feed(signature.getInputsOrThrow(inputs.key(column)).getName(), tensor));
    try (Result result = runner.run()) {
      return floats(result);
    } finally {
      fed.values().forEach(TType::close);
    }
  }

  private static float[] floats(Result result) {
    TFloat32 tensor = (TFloat32) result.get(0);
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static void write(FittedFeatures features, Path directory) throws IOException {
    ServingInputs inputs = ServingInputs.of(features, null);
    Vocabularies vocabularies = new Vocabularies(inputs);
    List<Variable> variables = List.of(new Variable("unused", List.of(1L)));
    SavedModelBuilder builder = new SavedModelBuilder(variables, vocabularies.tables());
    builder.addSignature(
        ENCODED,
        "tensorflow/serving/predict",
        TracedFunction.trace(
            inputs.raw().stream()
                .map(ServingColumn::spec)
                .sorted(Comparator.comparing(spec -> spec.name()))
                .toList(),
            variables,
            (tf, operands, parameters) -> {
              Operand<TFloat32> coded =
                  ServingCoding.ofRaw(
                      tf,
                      features,
                      vocabularies,
                      name -> Objects.requireNonNull(operands.get(inputs.key(name))));
              return new TreeMap<>(Map.of(ENCODED, FeatureEncoding.encode(tf, features, coded)));
            }));
    builder.build().write(directory, List.of(new double[] {0}));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  /** Columns with their transforms, some of each kind. */
  private static final class Table {
    private final Map<String, FeatureConfig> features = new LinkedHashMap<>();

    static Table random(Random random) {
      Table table = new Table();
      List<Runnable> kinds =
          new ArrayList<>(
              List.of(
                  () -> table.features.put("number", number(random)),
                  () -> table.features.put("other number", number(random)),
                  () -> table.features.put("bucketized", bucketized(random)),
                  () -> table.features.put("text", categorical(random)),
                  () -> table.features.put("integer", categorical(random)),
                  () -> table.features.put("hashed text", hashed(random)),
                  () -> table.features.put("hashed integer", hashed(random)),
                  () -> table.features.put("truth", new FeatureConfig.Truth()),
                  () -> table.features.put("time", datetime(random)),
                  () ->
                      table.features.put(
                          "words",
                          new FeatureConfig.Text(2 + random.nextInt(9), 1 + random.nextInt(3)))));
      Collections.shuffle(kinds, random);
      kinds.subList(0, 1 + random.nextInt(kinds.size())).forEach(Runnable::run);
      table.addCross(random);
      return table;
    }

    private void addCross(Random random) {
      List<String> parts =
          new ArrayList<>(
              Stream.of("bucketized", "text", "integer", "truth", "hashed text", "hashed integer")
                  .filter(features::containsKey)
                  .toList());
      Collections.shuffle(parts, random);
      if (parts.size() >= 2 && random.nextBoolean()) {
        int count = 2 + random.nextInt(parts.size() - 1);
        features.put(
            "cross", new FeatureConfig.Crossed(parts.subList(0, count), 2 + random.nextInt(50)));
      }
    }

    private static FeatureConfig number(Random random) {
      Scaling scaling = one(random, Scaling.values());
      List<Double> clip = random.nextInt(3) == 0 ? List.of(-0.5, 20.0) : null;
      return new FeatureConfig.Numeric(
          scaling,
          missing(random),
          random.nextBoolean(),
          clip,
          random.nextBoolean() ? 1 : 2 + random.nextInt(3),
          null,
          null);
    }

    private static FeatureConfig bucketized(Random random) {
      boolean given = random.nextBoolean();
      return new FeatureConfig.Numeric(
          Scaling.NONE,
          missing(random),
          random.nextBoolean(),
          null,
          1,
          given ? List.of(-0.25, 1.0, 7.5) : null,
          given ? null : 2 + random.nextInt(5));
    }

    private static MissingConfig missing(Random random) {
      return one(
          random,
          new MissingConfig[] {
            new MissingConfig.Mean(), new MissingConfig.Median(), new MissingConfig.Constant(0.3)
          });
    }

    private static FeatureConfig categorical(Random random) {
      boolean strict = random.nextInt(4) == 0;
      return new FeatureConfig.Categorical(
          null,
          strict ? 1000 : 1 + random.nextInt(6),
          strict ? 1 : 1 + random.nextInt(2),
          strict
              ? UnknownLevel.ERROR
              : one(random, new UnknownLevel[] {UnknownLevel.OWN_BUCKET, UnknownLevel.IGNORE}));
    }

    private static FeatureConfig hashed(Random random) {
      return new FeatureConfig.Hashed(2 + random.nextInt(100));
    }

    private static FeatureConfig datetime(Random random) {
      List<DatetimePart> parts = new ArrayList<>(List.of(DatetimePart.values()));
      Collections.shuffle(parts, random);
      return new FeatureConfig.Datetime(parts.subList(0, 1 + random.nextInt(parts.size())));
    }

    private static <T> T one(Random random, T[] values) {
      return values[random.nextInt(values.length)];
    }

    /**
     * Rows of all columns.
     *
     * @param unseen whether they have texts and gaps that the training rows have not
     */
    CodedRows rows(Random random, int count, boolean unseen) {
      TypedRows rows = new TypedRows();
      for (String name : features.keySet()) {
        switch (name) {
          case "number", "other number", "bucketized" ->
              rows.number(name, floats(count, row -> cell(random, row == 0 ? 0.5f : null)));
          case "text", "hashed text" -> rows.text(name, texts(count, row -> word(random, unseen)));
          case "integer", "hashed integer" ->
              rows.text(name, texts(count, row -> integer(random, unseen)));
          case "truth" ->
              rows.truth(
                  name,
                  floats(
                      count,
                      row ->
                          unseen && random.nextInt(5) == 0
                              ? Float.NaN
                              : (float) random.nextInt(2)));
          case "time" ->
              rows.time(
                  name,
                  IntStream.range(0, count)
                      .mapToLong(
                          row ->
                              unseen && random.nextInt(5) == 0
                                  ? Long.MIN_VALUE
                                  : (long)
                                      (random.nextGaussian()
                                          * (random.nextInt(4) == 0 ? 7e11 : 3e10)))
                      .toArray());
          case "words" -> rows.text(name, texts(count, row -> sentence(random)));
          default -> {}
        }
      }
      return rows.rows();
    }

    /** A number above -1, as logarithms need it, or none. */
    private static float cell(Random random, @Nullable Float given) {
      if (given != null) {
        return given;
      }
      return random.nextInt(6) == 0
          ? Float.NaN
          : (float) (Math.exp(2 * random.nextGaussian()) - 0.9);
    }

    private static String word(Random random, boolean unseen) {
      return switch (random.nextInt(8)) {
        case 0 -> "";
        case 1 -> unseen ? "unseen " + random.nextInt(3) : "red";
        default -> WORDS.get(random.nextInt(WORDS.size()));
      };
    }

    private static String integer(Random random, boolean unseen) {
      return switch (random.nextInt(8)) {
        case 0 -> "";
        case 1 -> unseen ? Integer.toString(1000 + random.nextInt(9)) : "7";
        case 2 -> unseen ? "no integer" : "-3";
        default -> Integer.toString(random.nextInt(12) - 4);
      };
    }

    private static String sentence(Random random) {
      StringBuilder sentence = new StringBuilder();
      for (int i = random.nextInt(7); i > 0; i--) {
        sentence.append(WORDS.get(random.nextInt(WORDS.size())));
        sentence.append(one(random, new String[] {" ", ", ", "--", "\t"}));
      }
      return sentence.toString();
    }

    private static float[] floats(int count, IntFunction<Float> value) {
      float[] values = new float[count];
      for (int row = 0; row < count; row++) {
        values[row] = value.apply(row);
      }
      return values;
    }

    private static String[] texts(int count, IntFunction<String> value) {
      return IntStream.range(0, count).mapToObj(value).toArray(String[]::new);
    }
  }
}
