package dev.slope.report.tensorboard;

import dev.slope.features.LinearWeights;
import dev.slope.report.HistoryRow;
import dev.slope.report.NamedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.Summary;

/**
 * A run as events for TensorBoard. The step of an event is an epoch, its time the one at which that
 * epoch ended; step 0 is the beginning.
 *
 * <ul>
 *   <li>{@code loss}, {@code validation_loss} where there is one, and {@code learning_rate} of each
 *       row of the history, as scalars, which are float32.
 *   <li>The weights as the training began, and at the last step the trained ones: a histogram
 *       {@code weights}, the scalars {@code weights/INPUT} and {@code intercept}, and {@code
 *       fraction_of_zero_weights}. With several outputs {@code weights/OUTPUT}, {@code
 *       weights/OUTPUT/INPUT} and {@code intercept/OUTPUT}.
 *   <li>{@code metrics/NAME} of the trained model, at the last step.
 *   <li>The hyperparameters, for the HPARAMS tab.
 * </ul>
 *
 * @param history of the run, in order
 * @param start the weights before the first epoch, on the scale that the model trains on
 * @param end the trained weights, on the same scale
 * @param hyperparameters texts, numbers and truths by name
 * @param metrics of the trained model by name
 * @param ended when the last epoch ended
 */
public record EventFile(
    List<HistoryRow> history,
    LinearWeights start,
    LinearWeights end,
    Map<String, Object> hyperparameters,
    Map<String, Double> metrics,
    Instant ended) {
  /** The file's name; TensorBoard takes any that has {@code tfevents} in it. */
  public static final String NAME = "tensorboard/events.out.tfevents.slope";

  /** Of a model with more weights, only the histogram is written: nobody reads so many charts. */
  static final int MOST_NAMED_WEIGHTS = 64;

  public EventFile {
    history = List.copyOf(history);
    hyperparameters = Map.copyOf(hyperparameters);
    metrics = Map.copyOf(metrics);
  }

  /**
   * Writes the events by TensorFlow, which knows files alone, and reads them.
   *
   * @throws EventFileException where this machine can't write them, and where weights are not
   *     finite
   */
  public NamedFile encode() {
    Path directory = temporaryDirectory();
    try {
      try {
        try (EventWriter writer = new EventWriter(directory)) {
          writer.open();
          write(writer);
          writer.finish();
        }
        return new NamedFile(NAME, Files.readAllBytes(onlyFile(directory)));
      } finally {
        delete(directory);
      }
    } catch (IOException
        | TensorFlowException
        | TFInvalidArgumentException
        | TFUnimplementedException e) {
      throw new EventFileException(
          "the events for TensorBoard could not be written: " + firstLine(e), e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("slope-events-");
    } catch (IOException e) {
      throw new EventFileException(
          "the events for TensorBoard need a folder for temporary files, and none can be made in '%s'"
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private void write(EventWriter writer) {
    double last = history.isEmpty() ? 0 : history.get(history.size() - 1).seconds();
    long lastEpoch = history.isEmpty() ? 0 : history.get(history.size() - 1).epoch();
    double endSeconds = ended.getEpochSecond() + ended.getNano() / 1e9;
    double startSeconds = endSeconds - last;
    writer.write(
        startSeconds, 0, List.of(HparamsPlugin.sessionStart(hyperparameters, startSeconds)));
    writer.write(startSeconds, 0, weights(start, writer));
    for (HistoryRow row : history) {
      writer.write(startSeconds + row.seconds(), row.epoch(), epoch(row));
    }
    List<Summary.Value> result = weights(end, writer);
    new TreeMap<>(metrics).forEach((name, value) -> result.add(scalar("metrics/" + name, value)));
    result.add(HparamsPlugin.sessionEnd(endSeconds));
    writer.write(endSeconds, lastEpoch, result);
  }

  private static List<Summary.Value> epoch(HistoryRow row) {
    List<Summary.Value> values = new ArrayList<>();
    values.add(scalar("loss", row.loss()));
    if (row.validationLoss() != null) {
      values.add(scalar("validation_loss", row.validationLoss()));
    }
    values.add(scalar("learning_rate", row.learningRate()));
    return values;
  }

  private static List<Summary.Value> weights(LinearWeights weights, EventWriter writer) {
    List<Summary.Value> values = new ArrayList<>();
    double[] all = weights.weights();
    int inputs = weights.inputs().size();
    int outputs = weights.outputs().size();
    for (int output = 0; output < outputs; output++) {
      int column = output;
      String suffix = outputs == 1 ? "" : "/" + weights.outputs().get(output);
      values.add(
          writer.histogram(
              "weights" + suffix,
              IntStream.range(0, inputs).mapToDouble(i -> weights.weight(i, column)).toArray()));
      for (int input = 0; all.length <= MOST_NAMED_WEIGHTS && input < inputs; input++) {
        values.add(
            scalar(
                "weights" + suffix + "/" + weights.inputs().get(input),
                weights.weight(input, output)));
      }
      values.add(scalar("intercept" + suffix, weights.intercept(output)));
    }
    long zeros = Arrays.stream(all).filter(weight -> weight == 0).count();
    values.add(scalar("fraction_of_zero_weights", (double) zeros / all.length));
    return values;
  }

  private static Summary.Value scalar(String tag, double value) {
    return Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value).build();
  }

  /**
   * The lines after the first of a TensorFlow problem name its op, which nobody here has chosen.
   */
  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findFirst().orElseThrow(() -> new IOException("TensorFlow wrote no file"));
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(directory)) {
      files = listed.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(directory);
  }
}
