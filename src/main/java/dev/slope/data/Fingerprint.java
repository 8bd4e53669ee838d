package dev.slope.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * Which data it was.
 *
 * @param sha256 in lower-case hexadecimal: of a file's bytes, else of the values read
 * @param rows how many
 */
public record Fingerprint(String sha256, long rows) {
  /** Of values: their float32, row by row, little-endian. */
  static Fingerprint ofValues(FloatMatrix table) {
    MessageDigest digest = Sha256.digest();
    for (FloatBlock block : table.blocks()) {
      int values = block.rows() * block.columns();
      ByteBuffer bytes = ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(block.values().limit(values));
      digest.update(bytes);
    }
    return new Fingerprint(Sha256.hex(digest), table.rows());
  }
}
