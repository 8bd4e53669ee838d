package dev.slope.export.savedmodel;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that are on the disk, not only in its cache, when the call returns. */
public final class DurableFile {
  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to the stream, which the caller opens and closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Many pages: the system clears the rest of one that is written in part. */
  private static final int BUFFER_SIZE = 1 << 16;

  private DurableFile() {}

  /** Writes a new file; one that is there already is an error. */
  public static void write(Path file, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_SIZE)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }
}
