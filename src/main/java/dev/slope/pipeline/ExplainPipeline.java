package dev.slope.pipeline;

import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** Tells what the score of every row of a file is made of, through the SavedModel, in a stream. */
public final class ExplainPipeline {
  private ExplainPipeline() {}

  /**
   * Writes CSV: the columns to keep, then {@code score} (before any link, such as a classifier's
   * logit), {@code intercept}, {@code offset} where the model has an offset column, and {@code
   * contribution_<feature>} for each feature; these sum to the score. With several outputs each but
   * the offset is there for every output, {@code score_<output>} and so on.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @param data the file; more columns than the model needs are fine
   * @param keep columns of the file to write in front
   * @param out takes the CSV; not closed
   * @throws UncheckedIOException where {@code out} fails
   */
  public static PredictPipeline.Counts run(Path model, Path data, List<String> keep, Writer out) {
    return AnsweredRows.write(model, data, keep, ExplanationColumns::new, out);
  }
}
