package dev.slope.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file as text, each with the line it starts on: RFC 4180, UTF-8 with or
 * without a byte order mark, lines ended by LF, CR LF or CR, empty lines skipped.
 */
final class CsvRows implements AutoCloseable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final DataFile file;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final int fields;
  private final CsvRecord header;

  CsvRows(DataFile file) {
    this.file = file;
    try {
      // Decodes strictly: a wrong encoding is an error and not a question mark.
      BufferedReader text = Files.newBufferedReader(file.path(), StandardCharsets.UTF_8);
      try {
        skipByteOrderMark(text);
        this.reader =
            CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text);
      } catch (IOException e) {
        text.close();
        throw e;
      }
    } catch (CharacterCodingException e) {
      throw notUtf8(e);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    this.records = reader.iterator();
    CsvRecord first = null;
    try {
      first = next();
    } finally {
      if (first == null) {
        close();
      }
    }
    if (first == null) {
      throw new DataException(file.name() + " must have a header line, but has only empty lines");
    }
    this.header = first;
    this.fields = first.getFieldCount();
  }

  private static void skipByteOrderMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  CsvRecord header() {
    return header;
  }

  /**
   * The next record below the header, null after the last.
   *
   * @throws DataException where it has not as many fields as the header
   */
  @Nullable CsvRecord nextRow() {
    CsvRecord row = next();
    if (row != null && row.getFieldCount() != fields) {
      throw new DataException(
          "%s, line %d must have %d fields as the header has, but has %d"
              .formatted(file.name(), row.getStartingLineNumber(), fields, row.getFieldCount()));
    }
    return row;
  }

  private @Nullable CsvRecord next() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new DataException(file.name() + " is not CSV: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException coding) {
        throw notUtf8(coding);
      }
      throw file.unreadable(e);
    }
  }

  private DataException notUtf8(CharacterCodingException cause) {
    return new DataException(file.name() + " must be text in UTF-8, but is not", cause);
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
