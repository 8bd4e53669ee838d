package dev.slope.export;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slope.data.FloatBlock;
import dev.slope.export.savedmodel.SavedModelWriter;
import dev.slope.features.FittedLabels;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** An exported model, loaded into a session of its own. Owns native memory until closed. */
public final class ServedModel implements AutoCloseable {
  /** How many rows are predicted at once, so that what is computed between stays in the caches. */
  private static final int ROWS_AT_ONCE = 1 << 15;

  /**
   * A linear model's work is a pass over its rows: copying them to a GPU costs more, and rewriting
   * its few ops takes longer than they run.
   */
  private static final ConfigProto AS_WRITTEN_ON_CPU =
      ConfigProto.newBuilder()
          .putDeviceCount("GPU", 0)
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  private final ModelManifest manifest;
  private final FittedLabels labels;
  private final SavedModelBundle bundle;
  private final String input;

  /** The tensors of the {@code dense} signature's outputs, by the outputs' names. */
  private final Map<String, String> outputs = new HashMap<>();

  private ServedModel(ModelManifest manifest, SavedModelBundle bundle) {
    this.manifest = manifest;
    this.labels = manifest.labels();
    this.bundle = bundle;
    SignatureDef dense = bundle.metaGraphDef().getSignatureDefOrThrow(ServingSignatures.DENSE);
    this.input = dense.getInputsOrThrow(ServingSignatures.DENSE_INPUT).getName();
    for (String output : required(labels)) {
      outputs.put(output, dense.getOutputsOrThrow(output).getName());
    }
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
    return load(versionDirectory, ModelManifest.read(versionDirectory));
  }

  /** Loads a version whose manifest is at hand. */
  static ServedModel load(Path versionDirectory, ModelManifest manifest) {
    Path graph = versionDirectory.resolve("saved_model.pb");
    try {
      if (SavedModel.parseFrom(Files.readAllBytes(graph)).getMetaGraphsCount() == 0) {
        throw new ModelException(graph + " is damaged; export the model again");
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(graph + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(graph + " can't be read: " + e.getMessage(), e);
    }
    try {
      SavedModelBundle bundle =
          SavedModelBundle.loader(versionDirectory.toString())
              .withConfigProto(AS_WRITTEN_ON_CPU)
              .withTags(SavedModelWriter.SERVE_TAG)
              .load();
      try {
        return new ServedModel(manifest, bundle);
      } catch (IllegalArgumentException e) {
        bundle.close();
        throw new ModelException(graph + " has no signature 'dense'; export the model again", e);
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

  /** The raw columns, in the order of the rows to predict. */
  public List<String> columns() {
    return manifest.columns().stream().map(ModelManifest.Column::name).toList();
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
   * What the model is measured by: its predictions, of a classifier the logits. A row with NaN
   * comes out NaN.
   *
   * @param rawRows columns as {@link #columns()}
   * @return as many rows, columns as the labels' outputs
   */
  public FloatBlock predict(FloatBlock rawRows) {
    FloatBlock predictions = new FloatBlock(rawRows.rows(), labels.outputs().size());
    boolean classes = labels instanceof FittedLabels.Classes;
    String output = classes ? ServingOutputs.LOGITS : ServingOutputs.PREDICTION;
    inParts(
        rawRows,
        List.of(output),
        (from, rows, result) -> copy(result.get(0), predictions, from, rows));
    return predictions;
  }

  /**
   * What a classifier says of rows.
   *
   * @param rawRows columns as {@link #columns()}
   * @throws IllegalStateException where the model is none
   */
  public Classification classify(FloatBlock rawRows) {
    if (!(labels instanceof FittedLabels.Classes classes)) {
      throw new IllegalStateException("a model must be a classifier, but was a " + manifest.type());
    }
    int rowCount = rawRows.rows();
    FloatBlock logits = new FloatBlock(rowCount, labels.outputs().size());
    FloatBlock probabilities =
        classes.hasProbabilities() ? new FloatBlock(rowCount, classes.classes().size()) : null;
    long[] classIds = new long[rowCount];
    inParts(
        rawRows,
        required(labels),
        (from, rows, result) -> {
          copy(result.get(0), logits, from, rows);
          ((TInt64) result.get(1)).copyTo(DataBuffers.of(classIds, false, false).slice(from, rows));
          if (probabilities != null) {
            copy(result.get(2), probabilities, from, rows);
          }
        });
    return new Classification(logits, probabilities, LongBuffer.wrap(classIds));
  }

  /** Takes the answer for some rows. */
  @FunctionalInterface
  private interface Part {
    void take(int fromRow, int rows, Result answer);
  }

  private void inParts(FloatBlock rawRows, List<String> fetched, Part part) {
    if (rawRows.columns() != manifest.columns().size()) {
      throw new IllegalArgumentException(
          "rows must have the columns %s, but had %d columns"
              .formatted(columns(), rawRows.columns()));
    }
    for (int from = 0; from < rawRows.rows(); from += ROWS_AT_ONCE) {
      int rows = Math.min(ROWS_AT_ONCE, rawRows.rows() - from);
      FloatDataBuffer source = DataBuffers.of(slice(rawRows, from, rows));
      try (TFloat32 raw = TFloat32.tensorOf(Shape.of(rows, rawRows.columns()), source)) {
        Session.Runner runner = bundle.session().runner().feed(input, raw);
        fetched.forEach(output -> runner.fetch(outputs.get(output)));
        try (Result result = runner.run()) {
          part.take(from, rows, result);
        }
      }
    }
  }

  private static void copy(Tensor answer, FloatBlock target, int fromRow, int rows) {
    ((TFloat32) answer).copyTo(DataBuffers.of(slice(target, fromRow, rows)));
  }

  private static java.nio.FloatBuffer slice(FloatBlock block, int fromRow, int rows) {
    return block.values().slice(fromRow * block.columns(), rows * block.columns());
  }

  @Override
  public void close() {
    bundle.close();
  }
}
