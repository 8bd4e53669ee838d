package dev.slope.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Makes rows of the lines of a text file. It takes the usual ones, as {@link CsvRows} would, and
 * stops before any other: a cell that can't be read, a row of another length, a quote inside a
 * field, a wrong encoding.
 */
final class CsvParser {
  private static final byte QUOTE = '"';
  private static final byte LINE_FEED = '\n';
  private static final byte CARRIAGE_RETURN = '\r';

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080808080808080L;

  private static final String[] NO_TEXTS = {};

  private final CsvCells cells;
  private final byte delimiter;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(1 << 12);
  private final DecimalBytes decimal;

  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  // The last field: where its text is, and whether a line ended with it.
  private int fieldStart;
  private int fieldEnd;
  private boolean lineEnds;

  CsvParser(CsvCells cells) {
    this.cells = cells;
    this.delimiter = cells.delimiter();
    this.decimal = new DecimalBytes(cells.precision());
  }

  /** Fills a chunk's rows. */
  void parse(CsvChunk chunk) {
    bytes = chunk.bytes;
    end = chunk.end;
    at = chunk.start;
    // Ends the last field where the file's last line has no end.
    bytes[end] = LINE_FEED;
    chunk.rows = 0;
    chunk.texts.clear();
    chunk.complete = isUtf8() && rows(chunk);
  }

  private boolean isUtf8() {
    int ascii = at;
    while (ascii + Long.BYTES <= end && ((long) LONGS.get(bytes, ascii) & NOT_ASCII) == 0) {
      ascii += Long.BYTES;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, ascii, end - ascii);
    decoder.reset();
    while (rest.hasRemaining()) {
      decoded.clear();
      if (decoder.decode(rest, decoded, true).isError()) {
        return false;
      }
    }
    return true;
  }

  private boolean rows(CsvChunk chunk) {
    while (at < end) {
      if (bytes[at] == LINE_FEED) {
        at++;
      } else if (bytes[at] == CARRIAGE_RETURN) {
        if (bytes[at + 1] != LINE_FEED) {
          return false;
        }
        at += 2;
      } else if (chunk.header) {
        if (!header()) {
          return false;
        }
        chunk.header = false;
      } else {
        if (!row(chunk)) {
          return false;
        }
        chunk.rows++;
      }
    }
    return true;
  }

  private boolean header() {
    do {
      if (!field()) {
        return false;
      }
    } while (!lineEnds);
    return true;
  }

  private boolean row(CsvChunk chunk) {
    chunk.reserve();
    int first = chunk.rows * cells.coded();
    String[] texts = cells.texts() == 0 ? NO_TEXTS : new String[cells.texts()];
    for (int column = 0; column < cells.columns(); column++) {
      int number = cells.onlyNumber(column);
      if (number >= 0 && number()) {
        chunk.values.set(first + number, decimal.value());
      } else if (!field() || !cell(column, chunk, first, texts)) {
        return false;
      }
      if (lineEnds) {
        if (column < cells.columns() - 1) {
          return false;
        }
        if (texts.length > 0) {
          chunk.texts.add(texts);
        }
        return true;
      }
    }
    return false;
  }

  /** Moves over a field that is a number and nothing else. */
  private boolean number() {
    return decimal.read(bytes, at) && separator(decimal.end());
  }

  /** Moves over a field. */
  private boolean field() {
    if (bytes[at] == QUOTE) {
      return quotedField();
    }
    int stop = at;
    byte next = bytes[stop];
    while (next != delimiter && next != LINE_FEED && next != CARRIAGE_RETURN && next != QUOTE) {
      next = bytes[++stop];
    }
    fieldStart = at;
    fieldEnd = stop;
    return separator(stop);
  }

  private boolean quotedField() {
    fieldStart = at + 1;
    fieldEnd = fieldStart;
    int from = fieldStart;
    int stop = from;
    while (true) {
      while (stop < end && bytes[stop] != QUOTE) {
        stop++;
      }
      if (stop >= end) {
        return false;
      }
      if (bytes[stop + 1] != QUOTE) {
        break;
      }
      // Two quotes stand for one.
      stop++;
      moveUp(from, stop);
      stop++;
      from = stop;
    }
    moveUp(from, stop);
    return separator(stop + 1);
  }

  /** Appends bytes to the last field's text, which stands in the place of its own letters. */
  private void moveUp(int from, int to) {
    if (from != fieldEnd) {
      System.arraycopy(bytes, from, bytes, fieldEnd, to - from);
    }
    fieldEnd += to - from;
  }

  /** Moves over what ends a field. */
  private boolean separator(int place) {
    byte next = bytes[place];
    if (next == delimiter) {
      lineEnds = false;
      at = place + 1;
      return true;
    }
    int last = next == CARRIAGE_RETURN ? place + 1 : place;
    if (last > end || bytes[last] != LINE_FEED) {
      return false;
    }
    lineEnds = true;
    at = last + 1;
    return true;
  }

  /** Takes the last field; false where it can't be read. */
  private boolean cell(int column, CsvChunk chunk, int first, String[] texts) {
    for (int place : cells.codedOf(column)) {
      if (cells.isText(place)) {
        chunk.textStarts[place][chunk.rows] = fieldStart;
        chunk.textEnds[place][chunk.rows] = fieldEnd;
      } else {
        double value = cells.value(place, fieldText());
        if (!cells.accepts(place, value)) {
          return false;
        }
        chunk.values.set(first + place, value);
      }
    }
    for (int place : cells.textsOf(column)) {
      texts[place] = cells.shown(fieldText());
    }
    return true;
  }

  private String fieldText() {
    return new String(bytes, fieldStart, fieldEnd - fieldStart, StandardCharsets.UTF_8);
  }
}
