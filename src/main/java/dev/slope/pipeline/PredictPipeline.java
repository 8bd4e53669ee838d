package dev.slope.pipeline;

import dev.slope.data.CodedRows;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.export.ModelDirectory;
import dev.slope.export.SignatureModel;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * each class, or {@code margin} where it has no probabilities. Of a SavedModel that Slope did not
   * export, or of a signature that is named, every output is a column under its own name.
   *
   * @param model {@code models/line} or {@code models/line/3}, or any SavedModel
   * @param data the file; more columns than the model needs are fine
   * @param signature that is asked; null for what the model is made for
   * @param keep columns of the file to write in front
   * @param out takes the CSV; not closed
   * @throws UncheckedIOException where {@code out} fails
   */
  public static Counts run(
      Path model, Path data, @Nullable String signature, List<String> keep, Writer out) {
    Path version = ModelDirectory.resolve(model);
    if (signature == null && ModelDirectory.isOfSlope(version)) {
      return AnsweredRows.write(version, data, keep, PredictionColumns::new, out);
    }
    try (DataSource source = DataSources.openFile(data);
        SignatureModel asked = SignatureModel.load(version, signature)) {
      ModelColumns.require(source, asked.columns(), "the model's signature takes");
      return AnsweredRows.write(source, asked.codings(), keep, new SignatureAnswers(asked), out);
    }
  }

  /**
   * What a signature answers, as it stands in the model.
   *
   * @param model that is asked; its owner closes it
   */
  private record SignatureAnswers(SignatureModel model) implements AnsweredRows.Answers {
    @Override
    public List<String> header() {
      return model.answers();
    }

    @Override
    public List<String[]> of(CodedRows rows) {
      return model.answer(rows);
    }
  }
}
