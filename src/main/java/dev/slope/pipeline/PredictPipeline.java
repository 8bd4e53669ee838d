package dev.slope.pipeline;

import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** Predicts every row of a file through the SavedModel, in a stream. */
public final class PredictPipeline {
  private PredictPipeline() {}

  /**
   * How many rows came out.
   *
   * @param rows as many as went in
   * @param withoutPrediction those whose fields are empty: a value was missing, none of its column,
   *     or none that the model knows
   */
  public record Counts(long rows, long withoutPrediction) {}

  /**
   * Writes CSV: the columns to keep, then {@code prediction}, or {@code prediction_<label>} for
   * each of several labels; of a classifier {@code class}, then {@code probability_<class>} for
   * each class, or {@code margin} where it has no probabilities.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @param data the file; more columns than the model needs are fine
   * @param keep columns of the file to write in front
   * @param out takes the CSV; not closed
   * @throws UncheckedIOException where {@code out} fails
   */
  public static Counts run(Path model, Path data, List<String> keep, Writer out) {
    return AnsweredRows.write(model, data, keep, PredictionColumns::new, out);
  }
}
