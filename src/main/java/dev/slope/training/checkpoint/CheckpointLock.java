package dev.slope.training.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One run's hold on a directory. The system frees it when the process dies, whatever killed it, so
 * a lock file that a dead process left is in nobody's way.
 */
final class CheckpointLock implements Closeable {
  private static final String NAME = ".lock";

  /**
   * The directories that this process holds. Their locks must not be tried: closing any channel of
   * a file frees all locks that the process has on it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final Path file;
  private final FileChannel channel;

  private CheckpointLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.file = directory.resolve(NAME);
    this.channel = channel;
  }

  /** Holds a directory that exists; null where another run does. */
  static @Nullable CheckpointLock tryAcquire(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!OWN.add(real)) {
      return null;
    }
    FileChannel channel = null;
    try {
      channel = tryLock(real.resolve(NAME));
      return channel == null ? null : new CheckpointLock(real, channel);
    } finally {
      if (channel == null) {
        OWN.remove(real);
      }
    }
  }

  /** The file goes before the lock, so that nobody can lock a file that is about to go. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      channel.close();
      OWN.remove(directory);
    }
  }

  private static @Nullable FileChannel tryLock(Path file) throws IOException {
    while (true) {
      createIfAbsent(file);
      Object before = identity(file);
      FileChannel channel;
      try {
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
      } catch (NoSuchFileException e) {
        continue;
      }
      if (!mayLock(channel)) {
        channel.close();
        return null;
      }
      // The one who held it may have removed the file since it was opened, and others made one.
      Object after = identity(file);
      if (after != null && Objects.equals(before, after)) {
        return channel;
      }
      channel.close();
    }
  }

  /** Whether the lock was had; a file system without locks grants it. */
  private static boolean mayLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return true;
    }
  }

  private static void createIfAbsent(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Another run's, or one that it left behind.
      return;
    }
  }

  /** Which file has a name now; null where none has. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? file : key;
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
