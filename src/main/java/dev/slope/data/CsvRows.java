package dev.slope.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.slope.config.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a text file, each with the line it starts on: RFC 4180 with any delimiter, UTF-8 with
 * or without a byte order mark, lines ended by LF, CR LF or CR, empty lines skipped.
 */
final class CsvRows implements RowCursor {
  private final DataFile file;
  private final CsvDialect dialect;
  private final Precision precision;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final CsvRecord first;
  private final List<String> names;
  private boolean firstIsNext;
  private @Nullable CsvRecord current;

  CsvRows(DataFile file, CsvDialect dialect, Precision precision) {
    this.file = file;
    this.precision = precision;
    this.dialect = dialect;
    try {
      this.reader =
          CsvReader.builder()
              .fieldSeparator(dialect.delimiter())
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(file.openText());
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    this.records = reader.iterator();
    boolean complete = false;
    try {
      CsvRecord record = record();
      if (record == null) {
        throw new DataException(
            file.name()
                + (dialect.header() ? " must have a header line" : " must have rows")
                + ", but has only empty lines");
      }
      this.first = record;
      this.firstIsNext = !dialect.header();
      this.names = dialect.header() ? record.getFields() : numbered(record.getFieldCount());
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private static List<String> numbered(int columns) {
    return IntStream.rangeClosed(1, columns).mapToObj(i -> "column_" + i).toList();
  }

  /** The columns as the header names them, or numbered. */
  List<String> names() {
    return names;
  }

  /**
   * Moves to the next row.
   *
   * @throws DataException where it has not as many fields as the first line
   */
  @Override
  public boolean next() {
    current = firstIsNext ? first : record();
    firstIsNext = false;
    if (current != null && current.getFieldCount() != names.size()) {
      throw new DataException(
          "%s, line %d must have %d fields as the %s has, but has %d"
              .formatted(
                  file.name(),
                  current.getStartingLineNumber(),
                  names.size(),
                  dialect.header() ? "header" : "first line",
                  current.getFieldCount()));
    }
    return current != null;
  }

  private @Nullable CsvRecord record() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new DataException(
          "%s is not %s: %s".formatted(file.name(), dialect.format(), e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw file.unreadable(Objects.requireNonNull(e.getCause()));
    }
  }

  private CsvRecord current() {
    return Objects.requireNonNull(current, "after next()");
  }

  @Override
  public double number(int column) {
    return NumberText.value(text(column), precision);
  }

  @Override
  public String text(int column) {
    String text = current().getField(column);
    return dialect.isMissing(text) ? "" : text;
  }

  @Override
  public String row() {
    return "line " + current().getStartingLineNumber();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
