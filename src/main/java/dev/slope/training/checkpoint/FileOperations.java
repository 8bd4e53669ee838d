package dev.slope.training.checkpoint;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Every change a {@link CheckpointStore} makes to a disk, each of which can fail. */
interface FileOperations {
  /** A file that is being written. */
  interface Output extends WritableByteChannel {
    /** Returns when all that was written is on the disk, not only in its cache. */
    void sync() throws IOException;
  }

  /** Opens a file for writing, empty, whatever was there. */
  Output create(Path file) throws IOException;

  /** Gives a file another name in its directory, at once or not at all. */
  void rename(Path from, Path to) throws IOException;

  /** Returns when the names in a directory are on the disk. */
  void syncDirectory(Path directory) throws IOException;

  /** Removes a file that may be gone already. */
  void delete(Path file) throws IOException;
}
