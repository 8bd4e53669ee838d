package dev.slope.data;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A file's SHA-256, computed once, beside what doesn't need it yet. */
final class FileHash implements AutoCloseable {
  private final DataFile file;
  private volatile boolean closed;
  private @Nullable Background<String> work;

  FileHash(DataFile file) {
    this.file = file;
  }

  /** Begins to compute it, in a thread of its own. */
  void begin() {
    work();
  }

  private Background<String> work() {
    if (work == null) {
      work = new Background<>("hash-file", () -> file.sha256(this::goOn));
    }
    return work;
  }

  /**
   * In lower-case hexadecimal.
   *
   * @throws DataException where the file can't be read
   */
  String hex() {
    return work().get();
  }

  private void goOn() {
    if (closed) {
      throw new CancellationException();
    }
  }

  /** Gives up what nobody waits for any more: a large file takes a while. Idempotent. */
  @Override
  public void close() {
    closed = true;
    if (work != null) {
      work.close();
    }
  }
}
