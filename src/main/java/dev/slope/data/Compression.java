package dev.slope.data;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** How a file's content is packed, told from its first bytes; no text in UTF-8 starts so. */
enum Compression {
  NONE,
  GZIP,
  ZSTD;

  private static final int MAGIC_BYTES = 4;

  /** What a file is packed with. */
  static Compression of(Path path) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(path)) {
      first = in.readNBytes(MAGIC_BYTES);
    }
    if (startsWith(first, 0x1f, 0x8b)) {
      return GZIP;
    }
    return startsWith(first, 0x28, 0xb5, 0x2f, 0xfd) ? ZSTD : NONE;
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** The unpacked content of a packed one, which is closed with it. */
  InputStream decompressed(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP -> gzip(packed);
      case ZSTD -> new CheckedZstd(packed);
    };
  }

  private static InputStream gzip(InputStream packed) throws IOException {
    try {
      return new GZIPInputStream(packed, 1 << 16);
    } catch (IOException e) {
      packed.close();
      throw e;
    }
  }

  /** Reports damage as the readers of gzip do. */
  private static final class CheckedZstd extends FilterInputStream {
    CheckedZstd(InputStream packed) {
      super(new ZstdInputStream(packed));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (MalformedInputException e) {
        throw caused(new ZipException(String.valueOf(e.getMessage())), e);
      } catch (IOException e) {
        throw caused(new EOFException(String.valueOf(e.getMessage())), e);
      }
    }

    private static IOException caused(IOException reported, Exception cause) {
      reported.initCause(cause);
      return reported;
    }
  }
}
