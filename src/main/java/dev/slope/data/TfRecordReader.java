package dev.slope.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The records of a TFRecord file, each a length (64 bits, little-endian), its checksum, the bytes
 * and their checksum, as TensorFlow's {@code record_writer.h} lays them out.
 */
final class TfRecordReader implements AutoCloseable {
  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final int HEADER_BYTES = Long.BYTES + CHECKSUM_BYTES;

  /** What is added to a checksum that is rotated by 15 bits, as in {@code crc32c.h}. */
  private static final int MASK_DELTA = 0xa282ead8;

  private final DataFile file;
  private final InputStream in;
  private long number;

  TfRecordReader(DataFile file) {
    this.file = file;
    try {
      this.in = file.open();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /**
   * The bytes of the next record; null after the last.
   *
   * @throws DataException where the file is cut off or damaged
   */
  byte @Nullable [] next() {
    number++;
    try {
      byte[] header = in.readNBytes(HEADER_BYTES);
      if (header.length == 0) {
        return null;
      }
      requireWhole(header, HEADER_BYTES);
      checkSum(header, Long.BYTES);
      long length = littleEndian(header).getLong();
      if (length < 0 || length > Integer.MAX_VALUE - CHECKSUM_BYTES - Long.BYTES) {
        throw new DataException(
            "%s, %s must have at most 2 GiB, but has %d bytes"
                .formatted(file.name(), record(), length));
      }
      int bytes = (int) length;
      byte[] data = in.readNBytes(bytes + CHECKSUM_BYTES);
      requireWhole(data, bytes + CHECKSUM_BYTES);
      checkSum(data, bytes);
      return Arrays.copyOf(data, bytes);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private void requireWhole(byte[] read, int wanted) {
    if (read.length < wanted) {
      throw new DataException(
          "%s, %s is cut off: the file ends inside it".formatted(file.name(), record()));
    }
  }

  private void checkSum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    int masked = Integer.rotateRight((int) sum.getValue(), 15) + MASK_DELTA;
    if (masked != littleEndian(bytes).getInt(length)) {
      throw new DataException(
          "%s, %s must be a whole TFRecord, but its checksum is wrong"
              .formatted(file.name(), record()));
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What messages call the record that was read last. */
  String record() {
    return "record " + number;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
