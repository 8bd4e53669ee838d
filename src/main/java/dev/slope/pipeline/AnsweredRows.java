package dev.slope.pipeline;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ServedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Puts every row of a file to a SavedModel, in a stream, and writes the answers as CSV. */
final class AnsweredRows {
  private final Answers answers;

  /** Whether columns of the data stand in front. */
  private final boolean kept;

  private final CsvWriter csv;
  private long count;
  private long withoutPrediction;

  private AnsweredRows(Answers answers, boolean kept, CsvWriter csv) {
    this.answers = answers;
    this.kept = kept;
    this.csv = csv;
  }

  /** What a model says of rows. */
  interface Answers {
    /** The names of its columns. */
    List<String> header();

    /** The columns' values, an array for each row; empty ones where a row has no prediction. */
    List<String[]> of(CodedRows rows);
  }

  /**
   * Writes the columns to keep, then the answers.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @param data the file; more columns than the model needs are fine
   * @param keep columns of the file to write in front
   * @param asked what the model is asked
   * @param out takes the CSV; not closed
   * @throws UncheckedIOException where {@code out} fails
   */
  static PredictPipeline.Counts write(
      Path model, Path data, List<String> keep, Function<ServedModel, Answers> asked, Writer out) {
    try (DataSource source = DataSources.openFile(data);
        ServedModel served = ServedModel.load(ModelDirectory.resolve(model))) {
      ModelColumns.require(source, served.columns(), "the model needs");
      return write(source, served.codings(), keep, asked.apply(served), out);
    }
  }

  /**
   * Writes the columns to keep, then the answers.
   *
   * @param codings what must be read for the answers, of columns that the source has
   */
  static PredictPipeline.Counts write(
      DataSource source,
      List<CodedColumn> codings,
      List<String> keep,
      Answers answers,
      Writer out) {
    ModelColumns.require(source, keep, "--keep names");
    try {
      CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
      AnsweredRows rows = new AnsweredRows(answers, !keep.isEmpty(), csv);
      List<String> header = new ArrayList<>(keep);
      header.addAll(answers.header());
      csv.writeRecord(header);
      BatchesAhead.scan(source, codings, keep, rows::write);
      csv.flush();
      return new PredictPipeline.Counts(rows.count, rows.withoutPrediction);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(DataSource.Batch batch) {
    List<String[]> answered = answers.of(batch.rows());
    for (int row = 0; row < answered.size(); row++) {
      String[] answer = answered.get(row);
      csv.writeRecord(kept ? together(batch.text().get(row), answer) : answer);
      count++;
      if (hasEmpty(answer)) {
        withoutPrediction++;
      }
    }
  }

  private static String[] together(String[] kept, String[] answer) {
    String[] fields = Arrays.copyOf(kept, kept.length + answer.length);
    System.arraycopy(answer, 0, fields, kept.length, answer.length);
    return fields;
  }

  private static boolean hasEmpty(String[] fields) {
    for (String field : fields) {
      if (field.isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
