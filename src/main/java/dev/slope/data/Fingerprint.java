package dev.slope.data;

import dev.slope.config.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Which data it was.
 *
 * @param sha256 in lower-case hexadecimal: of a file's bytes, else of the values read
 * @param rows how many
 */
public record Fingerprint(String sha256, long rows) {
  /** Of coded cells: their numbers, then the texts of each dictionary in the columns' order. */
  static Fingerprint ofRows(CodedRows rows) {
    MessageDigest digest = Sha256.digest();
    addValues(rows.values(), digest);
    for (CodedColumn column : rows.columns()) {
      if (column.coding() == CellCoding.TEXT) {
        for (String text : rows.dictionary(column.name()).texts()) {
          digest.update(text.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
        }
      }
    }
    return new Fingerprint(Sha256.hex(digest), rows.rows());
  }

  /** Of values: their numbers, row by row, little-endian. */
  static Fingerprint ofValues(FloatMatrix table) {
    MessageDigest digest = Sha256.digest();
    addValues(table, digest);
    return new Fingerprint(Sha256.hex(digest), table.rows());
  }

  private static void addValues(FloatMatrix table, MessageDigest digest) {
    for (FloatBlock block : table.blocks()) {
      int values = block.rows() * block.columns();
      ByteBuffer bytes =
          ByteBuffer.allocate(values * block.precision().bytes()).order(ByteOrder.LITTLE_ENDIAN);
      if (block.precision() == Precision.FLOAT32) {
        bytes.asFloatBuffer().put(block.values());
      } else {
        bytes.asDoubleBuffer().put(block.bytes().asDoubleBuffer());
      }
      digest.update(bytes);
    }
  }
}
