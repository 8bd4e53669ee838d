package dev.slope.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Finds the first byte of a text that is not UTF-8. */
final class WrongEncoding {
  private WrongEncoding() {}

  /** The message about a text that could not be decoded: the line and the byte in it. */
  static DataException in(DataFile file, Exception cause) {
    try (InputStream in = file.open()) {
      long line = 1;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int next = in.read(); ; next = in.read()) {
        if (next >= 0) {
          bytes.write(next);
        }
        if (next < 0 || next == '\n') {
          byte[] text = bytes.toByteArray();
          int wrong = firstWrong(text);
          if (wrong >= 0) {
            return new DataException(message(file, line, text, wrong), cause);
          }
          bytes.reset();
          line++;
        }
        if (next < 0) {
          return new DataException(file.name() + " must be text in UTF-8, but is not", cause);
        }
      }
    } catch (IOException e) {
      return file.unreadable(e);
    }
  }

  private static String message(DataFile file, long line, byte[] text, int wrong) {
    boolean utf16 =
        line == 1
            && wrong == 0
            && text.length > 1
            && Byte.toUnsignedInt(text[0]) + Byte.toUnsignedInt(text[1]) == 0xff + 0xfe;
    return utf16
        ? file.name() + " must be text in UTF-8, but is UTF-16"
        : "%s, line %d must be text in UTF-8, but its byte %d, 0x%02x, is not"
            .formatted(file.name(), line, wrong + 1, text[wrong]);
  }

  private static int firstWrong(byte[] text) {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(text.length), true);
    return result.isError() ? bytes.position() : -1;
  }
}
