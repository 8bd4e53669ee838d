package dev.slope.export;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.export.savedmodel.SavedModelBuilder;
import dev.slope.features.FittedLabels;
import dev.slope.features.RawColumn;
import dev.slope.graph.TensorFlowRuntime;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** An exported model, loaded into a session of its own. Owns native memory until closed. */
public final class ServedModel implements AutoCloseable {
  /** How many rows are predicted at once, so that what is computed between stays in the caches. */
  private static final int ROWS_AT_ONCE = 1 << 15;

  /** Up to so many rows handing a call on to a thread of TensorFlow's costs more than they do. */
  private static final int ROWS_IN_CALLER = 1 << 10;

  private static final RunOptions IN_CALLER =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /** How many values are between raw columns and scores at once: 64 MiB of them. */
  private static final int VALUES_AT_ONCE = 1 << 24;

  /**
   * A linear model's work is a pass over its rows: copying them to a GPU costs more, and rewriting
   * its few ops takes longer than they run.
   */
  static final ConfigProto AS_WRITTEN_ON_CPU =
      ConfigProto.newBuilder()
          .putDeviceCount("GPU", 0)
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  /**
   * The same with the signature's function in place of its call, which few rows take as long as.
   */
  private static final ConfigProto INLINED_ON_CPU =
      ConfigProto.newBuilder()
          .putDeviceCount("GPU", 0)
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(
                      RewriterConfig.newBuilder().setMinGraphNodes(-1).addOptimizers("function")))
          .build();

  private final ModelManifest manifest;
  private final FittedLabels labels;
  private final List<RawColumn> columns;
  private final SavedModelBundle bundle;

  /** Where all columns are numbers, rows of them are tensors without more ado; else null. */
  private final @Nullable RawTensors numbers;

  /** What the model is measured by; and of a classifier all that it says. */
  private final Question predict;

  private final @Nullable Question classify;

  /** How many values a row has where it has most: texts are counts of all their buckets. */
  private final int width;

  private ServedModel(ModelManifest manifest, SavedModelBundle bundle) {
    this.manifest = manifest;
    this.labels = manifest.labels();
    this.columns = manifest.rawColumns();
    this.bundle = bundle;
    this.width = Math.max(1, manifest.codedWidth());
    boolean numeric = columns.stream().allMatch(column -> column.type() == RawColumn.Type.NUMBER);
    this.numbers =
        numeric
            ? new RawTensors(columns, CodedRows.ofNumbers(new FloatMatrix(columns(), List.of())))
            : null;
    String signature = numeric ? ServingSignatures.DENSE : ServingSignatures.PREDICT;
    boolean classes = labels instanceof FittedLabels.Classes;
    this.predict =
        question(signature, List.of(classes ? ServingOutputs.LOGITS : ServingOutputs.PREDICTION));
    this.classify = classes ? question(signature, required(labels)) : null;
  }

  /**
   * A signature with the tensors that are fed and fetched.
   *
   * @param matrix takes all columns; null where each has a tensor of its own
   * @param columns by their names
   * @param fetched in order
   */
  private record Question(
      @Nullable Output<?> matrix, Map<String, Output<?>> columns, List<Output<?>> fetched) {}

  private Question question(String name, List<String> fetched) {
    SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow(name);
    boolean isMatrix = name.equals(ServingSignatures.DENSE);
    Map<String, Output<?>> fed = new HashMap<>();
    if (!isMatrix) {
      for (ModelManifest.Column column : manifest.columns()) {
        fed.put(column.name(), output(signature.getInputsOrThrow(column.signatureKey())));
      }
    }
    return new Question(
        isMatrix ? output(signature.getInputsOrThrow(ServingSignatures.DENSE_INPUT)) : null,
        fed,
        fetched.stream()
            .<Output<?>>map(output -> output(signature.getOutputsOrThrow(output)))
            .toList());
  }

  private Output<?> output(TensorInfo tensor) {
    String name = tensor.getName();
    int colon = name.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a tensor must be op:number, but was " + name);
    }
    return bundle
        .graph()
        .operationOrThrow(name.substring(0, colon))
        .output(Integer.parseInt(name.substring(colon + 1)));
  }

  private static List<String> required(FittedLabels labels) {
    if (!(labels instanceof FittedLabels.Classes classes)) {
      return List.of(ServingOutputs.PREDICTION);
    }
    return classes.hasProbabilities()
        ? List.of(ServingOutputs.LOGITS, ServingOutputs.CLASS_ID, ServingOutputs.PROBABILITIES)
        : List.of(ServingOutputs.LOGITS, ServingOutputs.CLASS_ID);
  }

  /**
   * Loads a version.
   *
   * @param versionDirectory such as {@code models/line/3}
   * @throws ModelException when a file of it is missing or damaged
   */
  public static ServedModel load(Path versionDirectory) {
    return load(versionDirectory, AS_WRITTEN_ON_CPU);
  }

  /**
   * Loads a version to ask it for few rows at a time, again and again: the first answer takes a
   * tenth of a second longer, every other one a third less. Answers are the same to the last bit.
   *
   * @param versionDirectory such as {@code models/line/3}
   * @throws ModelException when a file of it is missing or damaged
   */
  public static ServedModel loadForRequests(Path versionDirectory) {
    return load(versionDirectory, INLINED_ON_CPU);
  }

  private static ServedModel load(Path versionDirectory, ConfigProto config) {
    ModelManifest manifest = ModelManifest.read(versionDirectory);
    Path graph = graph(versionDirectory);
    try {
      if (SavedModel.parseFrom(Files.readAllBytes(graph)).getMetaGraphsCount() == 0) {
        throw new ModelException(graph + " is damaged; export the model again");
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(graph + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(graph + " can't be read: " + e.getMessage(), e);
    }
    return load(versionDirectory, manifest, config);
  }

  /** Loads a version that was just written, which nobody can have damaged yet. */
  static ServedModel load(Path versionDirectory, ModelManifest manifest) {
    return load(versionDirectory, manifest, AS_WRITTEN_ON_CPU);
  }

  private static Path graph(Path versionDirectory) {
    return versionDirectory.resolve("saved_model.pb");
  }

  private static ServedModel load(
      Path versionDirectory, ModelManifest manifest, ConfigProto config) {
    Path graph = graph(versionDirectory);
    try {
      SavedModelBundle bundle =
          TensorFlowRuntime.savedModel(versionDirectory)
              .withConfigProto(config)
              .withTags(SavedModelBuilder.SERVE_TAG)
              .load();
      try {
        return new ServedModel(manifest, bundle);
      } catch (IllegalArgumentException e) {
        bundle.close();
        throw new ModelException(
            graph + " has no signature to predict with; export the model again", e);
      }
    } catch (TensorFlowException e) {
      throw new ModelException(
          blamed(versionDirectory, graph, e) + " is damaged; export the model again", e);
    }
  }

  /** The file that TensorFlow's message is about: it names none itself. */
  private static Path blamed(Path versionDirectory, Path graph, TensorFlowException e) {
    Path variables = versionDirectory.resolve("variables");
    String message = String.valueOf(e.getMessage());
    if (message.contains("shard") || message.contains("less bytes than requested")) {
      return variables.resolve("variables.data-00000-of-00001");
    }
    if (Stream.of("sstable", "block", "checkpoint").anyMatch(message::contains)) {
      return variables.resolve("variables.index");
    }
    return graph;
  }

  /** The raw columns, the offset's last where there is one. */
  public List<RawColumn> rawColumns() {
    return columns;
  }

  /** What must be read of rows that are to be predicted. */
  public List<CodedColumn> codings() {
    return columns.stream().flatMap(column -> column.codings().stream()).toList();
  }

  /**
   * The same of rows that all must have a prediction: a number for which nothing stands where it is
   * missing must be there.
   */
  public List<CodedColumn> completeCodings() {
    ServingInputs inputs = ServingInputs.of(manifest.fittedFeatures(), manifest.offsetColumn());
    return columns.stream()
        .flatMap(
            column ->
                column.type() == RawColumn.Type.NUMBER && ExampleColumns.isRequired(inputs, column)
                    ? CodedColumn.numbers(List.of(column.name())).stream()
                    : column.codings().stream())
        .toList();
  }

  /** The features, in the order of their contributions. */
  public List<String> features() {
    List<String> features = manifest.features();
    if (features == null) {
      throw new ModelException(
          "the model was exported by an older Slope, which didn't say what scores are made of;"
              + " export it again");
    }
    return features;
  }

  /** The names of the raw columns. */
  public List<String> columns() {
    return columns.stream().map(RawColumn::name).toList();
  }

  /** What the labels are. */
  public FittedLabels labels() {
    return labels;
  }

  /** What the model is. */
  public ModelManifest manifest() {
    return manifest;
  }

  /**
   * What the model is measured by: its predictions, of a classifier the logits. A row without a
   * prediction comes out NaN or infinite: a cell was missing, or none of its column.
   *
   * @param rows with {@link #codings()}, and any others
   * @return as many rows in the same blocks, columns as the labels' outputs
   */
  public FloatMatrix predict(CodedRows rows) {
    RawTensors tensors = new RawTensors(columns, rows);
    List<FloatBlock> blocks =
        rows.values().blocks().stream().map(block -> predict(tensors, block)).toList();
    return new FloatMatrix(labels.outputs(), blocks);
  }

  /**
   * The same of a model of numbers alone.
   *
   * @param rawRows columns as {@link #columns()}
   */
  public FloatBlock predict(FloatBlock rawRows) {
    return predict(ofNumbers(rawRows), rawRows);
  }

  private FloatBlock predict(RawTensors tensors, FloatBlock block) {
    FloatBlock predictions = new FloatBlock(block.rows(), labels.outputs().size());
    BitSet refused =
        inParts(
            predict,
            tensors,
            block,
            (from, rows, result) -> copy(result.get(0), predictions, from, rows));
    erase(refused, predictions);
    return predictions;
  }

  /**
   * What a classifier says of rows, block by block.
   *
   * @param rows with {@link #codings()}, and any others
   * @throws IllegalStateException where the model is none
   */
  public List<Classification> classify(CodedRows rows) {
    FittedLabels.Classes classes = classes();
    RawTensors tensors = new RawTensors(columns, rows);
    return rows.values().blocks().stream().map(block -> classify(classes, tensors, block)).toList();
  }

  /**
   * The same of a model of numbers alone.
   *
   * @param rawRows columns as {@link #columns()}
   */
  public Classification classify(FloatBlock rawRows) {
    return classify(classes(), ofNumbers(rawRows), rawRows);
  }

  private FittedLabels.Classes classes() {
    if (labels instanceof FittedLabels.Classes classes) {
      return classes;
    }
    throw new IllegalStateException("a model must be a classifier, but was a " + manifest.type());
  }

  private Classification classify(
      FittedLabels.Classes classes, RawTensors tensors, FloatBlock block) {
    int rowCount = block.rows();
    FloatBlock logits = new FloatBlock(rowCount, labels.outputs().size());
    FloatBlock probabilities =
        classes.hasProbabilities() ? new FloatBlock(rowCount, classes.classes().size()) : null;
    long[] classIds = new long[rowCount];
    BitSet refused =
        inParts(
            Objects.requireNonNull(classify),
            tensors,
            block,
            (from, rows, result) -> {
              copy(result.get(0), logits, from, rows);
              ((TInt64) result.get(1))
                  .copyTo(DataBuffers.of(classIds, false, false).slice(from, rows));
              if (probabilities != null) {
                copy(result.get(2), probabilities, from, rows);
              }
            });
    erase(refused, logits);
    if (probabilities != null) {
      erase(refused, probabilities);
    }
    refused.stream().forEach(row -> classIds[row] = 0);
    return new Classification(logits, probabilities, LongBuffer.wrap(classIds));
  }

  /**
   * What the scores of rows are made of, block by block.
   *
   * @param rows with {@link #codings()}, and any others
   * @throws ModelException where the model was exported before it could tell
   */
  public List<Explanation> explain(CodedRows rows) {
    int features = features().size();
    if (!bundle.metaGraphDef().containsSignatureDef(ServingSignatures.EXPLAIN)) {
      throw new ModelException("the model has no signature 'explain'; export it again");
    }
    List<String> fetched =
        new ArrayList<>(
            List.of(ServingOutputs.SCORE, ServingOutputs.INTERCEPT, ServingOutputs.CONTRIBUTIONS));
    if (manifest.offsetColumn() != null) {
      fetched.add(ServingOutputs.OFFSET);
    }
    Question explain = question(ServingSignatures.EXPLAIN, fetched);
    RawTensors tensors = new RawTensors(columns, rows);
    return rows.values().blocks().stream()
        .map(block -> explain(explain, features, tensors, block))
        .toList();
  }

  private Explanation explain(
      Question question, int features, RawTensors tensors, FloatBlock block) {
    int outputs = labels.outputs().size();
    boolean hasOffset = manifest.offsetColumn() != null;
    FloatBlock scores = new FloatBlock(block.rows(), outputs);
    FloatBlock intercepts = new FloatBlock(block.rows(), outputs);
    FloatBlock contributions = new FloatBlock(block.rows(), features * outputs);
    FloatBlock offsets = hasOffset ? new FloatBlock(block.rows(), 1) : null;
    BitSet refused =
        inParts(
            question,
            tensors,
            block,
            (from, rows, result) -> {
              copy(result.get(0), scores, from, rows);
              copy(result.get(1), intercepts, from, rows);
              copy(result.get(2), contributions, from, rows);
              if (offsets != null) {
                copy(result.get(3), offsets, from, rows);
              }
            });
    erase(refused, scores);
    erase(refused, contributions);
    return new Explanation(scores, intercepts, offsets, contributions);
  }

  /** Takes the answer for some rows. */
  @FunctionalInterface
  private interface Part {
    void take(int fromRow, int rows, Result answer);
  }

  /** Answers a block in parts, and returns its rows that have a cell which is none. */
  private BitSet inParts(Question question, RawTensors tensors, FloatBlock block, Part part) {
    BitSet refused = new BitSet();
    Output<?> matrix = question.matrix();
    int most = Math.max(1, Math.min(ROWS_AT_ONCE, VALUES_AT_ONCE / width));
    for (int from = 0; from < block.rows(); from += most) {
      int rows = Math.min(most, block.rows() - from);
      Session.Runner runner = bundle.session().runner();
      question.fetched().forEach(runner::fetch);
      if (rows <= ROWS_IN_CALLER) {
        runner.setOptions(IN_CALLER);
      }
      List<TType> fed = new ArrayList<>();
      try {
        if (matrix != null) {
          TFloat32 raw = tensors.matrix(block, from, rows, refused);
          fed.add(raw);
          runner.feed(matrix, raw);
        } else {
          tensors
              .tensors(block, from, rows, refused)
              .forEach(
                  (column, tensor) -> {
                    fed.add(tensor);
                    runner.feed(Objects.requireNonNull(question.columns().get(column)), tensor);
                  });
        }
        try (Result result = runner.run()) {
          part.take(from, rows, result);
        }
      } finally {
        fed.forEach(TType::close);
      }
    }
    return refused;
  }

  private RawTensors ofNumbers(FloatBlock rawRows) {
    if (numbers == null || rawRows.columns() != columns.size()) {
      throw new IllegalArgumentException(
          "rows must have the columns %s, but had %d columns of numbers"
              .formatted(columns, rawRows.columns()));
    }
    return numbers;
  }

  private static void erase(BitSet rows, FloatBlock values) {
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      for (int column = 0; column < values.columns(); column++) {
        values.set(row, column, Float.NaN);
      }
    }
  }

  private static void copy(Tensor answer, FloatBlock target, int fromRow, int rows) {
    ((TFloat32) answer).copyTo(DataBuffers.of(slice(target, fromRow, rows)));
  }

  private static FloatBuffer slice(FloatBlock block, int fromRow, int rows) {
    return block.values().slice(fromRow * block.columns(), rows * block.columns());
  }

  @Override
  public void close() {
    bundle.close();
  }
}
