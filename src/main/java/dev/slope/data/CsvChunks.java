package dev.slope.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a text file into pieces of whole lines. */
final class CsvChunks {
  /** Few enough to stay in a core's cache, with the rows that they make. */
  static final int CHUNK_BYTES = 1 << 20;

  /** A longer line is for {@link CsvRows} to report. */
  private static final int LONGEST_LINE = 1 << 24;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  // What was read of the next line.
  private byte[] rest = new byte[0];
  private boolean ended;
  private boolean started;

  CsvChunks(InputStream in) {
    this.in = in;
  }

  /**
   * Fills a chunk with the next lines.
   *
   * @return false where there are none, or the next line is too long
   */
  boolean fill(CsvChunk chunk) throws IOException {
    chunk.start = 0;
    chunk.end = rest.length;
    if (chunk.bytes.length <= rest.length) {
      chunk.bytes = new byte[2 * rest.length + 1];
    }
    System.arraycopy(rest, 0, chunk.bytes, 0, rest.length);
    int lines = readLines(chunk);
    if (lines == 0) {
      return false;
    }
    rest = Arrays.copyOfRange(chunk.bytes, lines, chunk.end);
    chunk.end = lines;
    if (!started) {
      started = true;
      skipByteOrderMark(chunk);
    }
    return true;
  }

  /** Whether all lines were in chunks. */
  boolean isAtEnd() {
    return ended && rest.length == 0;
  }

  /** Reads on to the end of a line; where that is. */
  private int readLines(CsvChunk chunk) throws IOException {
    while (true) {
      int room = chunk.bytes.length - 1 - chunk.end;
      if (!ended) {
        int read = in.readNBytes(chunk.bytes, chunk.end, room);
        ended = read < room;
        chunk.end += read;
      }
      int lines = ended ? chunk.end : behindLastLine(chunk);
      if (ended || lines > 0) {
        return lines;
      }
      if (chunk.bytes.length > LONGEST_LINE) {
        return 0;
      }
      chunk.bytes = Arrays.copyOf(chunk.bytes, 2 * chunk.bytes.length);
    }
  }

  private static int behindLastLine(CsvChunk chunk) {
    int at = chunk.end;
    while (at > 0 && chunk.bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  private static void skipByteOrderMark(CsvChunk chunk) {
    int length = BYTE_ORDER_MARK.length;
    if (chunk.end >= length && Arrays.equals(chunk.bytes, 0, length, BYTE_ORDER_MARK, 0, length)) {
      chunk.start = length;
    }
  }
}
