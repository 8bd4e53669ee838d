package dev.slope.pipeline;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.FloatBlock;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ServedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Predicts every row of a file through the SavedModel, in a stream. */
public final class PredictPipeline {
  private PredictPipeline() {}

  /**
   * How many rows came out.
   *
   * @param rows as many as went in
   * @param withoutPrediction those whose fields are empty: a value was missing or no number
   */
  public record Counts(long rows, long withoutPrediction) {}

  /**
   * Writes CSV: the columns to keep, then {@code prediction}, or {@code prediction_<label>} for
   * each of several labels; of a classifier {@code class}, then {@code probability_<class>} for
   * each class, or {@code margin} where it has no probabilities.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @param data the file
   * @param keep columns of the file to write in front
   * @param out takes the CSV; not closed
   * @throws UncheckedIOException where {@code out} fails
   */
  public static Counts run(Path model, Path data, List<String> keep, Writer out) {
    try (DataSource source = DataSources.openFile(data);
        ServedModel served = ServedModel.load(ModelDirectory.resolve(model))) {
      ModelColumns.require(source, served.columns(), "the model needs");
      ModelColumns.require(source, keep, "--keep names");
      CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
      List<String> header = new ArrayList<>(keep);
      header.addAll(PredictionColumns.names(served.labels()));
      csv.writeRecord(header);
      Rows rows = new Rows(served, csv);
      source.scan(
          served.columns().stream()
              .map(column -> new CodedColumn(column, CellCoding.OPTIONAL_NUMBER))
              .toList(),
          keep,
          rows::write);
      csv.flush();
      return new Counts(rows.count, rows.withoutPrediction);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Predicts batch by batch and counts. */
  private static final class Rows {
    private final ServedModel model;
    private final CsvWriter csv;
    private long count;
    private long withoutPrediction;

    Rows(ServedModel model, CsvWriter csv) {
      this.model = model;
      this.csv = csv;
    }

    /** A cell that can't be read has no prediction, as a missing one. */
    private static FloatBlock readable(FloatBlock block) {
      FloatBuffer values = block.values();
      for (int i = 0; i < values.limit(); i++) {
        if (Float.isInfinite(values.get(i))) {
          values.put(i, Float.NaN);
        }
      }
      return block;
    }

    void write(DataSource.Batch batch) {
      List<List<String>> predictions = PredictionColumns.of(model, readable(batch.block()));
      for (int row = 0; row < predictions.size(); row++) {
        List<String> predicted = predictions.get(row);
        List<String> fields = new ArrayList<>(List.of(batch.text().get(row)));
        fields.addAll(predicted);
        csv.writeRecord(fields);
        count++;
        if (predicted.contains("")) {
          withoutPrediction++;
        }
      }
    }
  }
}
