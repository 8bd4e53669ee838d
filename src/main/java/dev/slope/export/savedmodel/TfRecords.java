package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Files of records, each a length (64 bits, little-endian), its checksum, the bytes and their
 * checksum, as TensorFlow's {@code record_writer.h} lays them out.
 */
public final class TfRecords {
  private TfRecords() {}

  /** Writes records one after the other. */
  public static void write(List<ByteString> records, OutputStream out) throws IOException {
    for (ByteString record : records) {
      ByteString length =
          ByteString.copyFrom(
              ByteBuffer.allocate(Long.BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(record.size())
                  .flip());
      length.writeTo(out);
      MaskedCrc32c.fixed32(MaskedCrc32c.of(length)).writeTo(out);
      record.writeTo(out);
      MaskedCrc32c.fixed32(MaskedCrc32c.of(record)).writeTo(out);
    }
  }
}
