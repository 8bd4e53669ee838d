package dev.slope.training.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk that fails at one step: once, as a full disk, or from then on, as a process that died. */
final class FaultyOperations implements FileOperations {
  /** What a store does to write a checkpoint, in its order. */
  enum Step {
    CREATE,
    WRITE,
    SYNC,
    CLOSE,
    RENAME,
    SYNC_DIRECTORY,
    DELETE
  }

  private final FileOperations disk = new DiskOperations();
  private final Step step;
  private final boolean forGood;
  private boolean failed;

  FaultyOperations(Step step, boolean forGood) {
    this.step = step;
    this.forGood = forGood;
  }

  @Override
  public Output create(Path file) throws IOException {
    reach(Step.CREATE);
    Output out = disk.create(file);
    return new Output() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        if (isFailing(Step.WRITE)) {
          out.write(bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2));
        }
        reach(Step.WRITE);
        return out.write(bytes);
      }

      @Override
      public void sync() throws IOException {
        reach(Step.SYNC);
        out.sync();
      }

      @Override
      public boolean isOpen() {
        return out.isOpen();
      }

      @Override
      public void close() throws IOException {
        out.close();
        reach(Step.CLOSE);
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    reach(Step.RENAME);
    disk.rename(from, to);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    reach(Step.SYNC_DIRECTORY);
    disk.syncDirectory(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    reach(Step.DELETE);
    disk.delete(file);
  }

  private boolean isFailing(Step reached) {
    return failed ? forGood : reached == step;
  }

  private void reach(Step reached) throws IOException {
    if (isFailing(reached)) {
      failed = true;
      throw new IOException("no space left at " + reached);
    }
  }
}
