package dev.slope.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hidden directory that becomes a version by one rename, whole or not at all. Closing it
 * unpublished removes it and the directories that were made for it.
 *
 * <p>While it lives, a file beside it is locked. The system frees the lock of a process that dies,
 * whatever killed it, so a lock that can be had marks a leftover; a number of a process would not
 * do, since containers and hosts that share the directory count theirs apart.
 */
final class StagedVersion implements AutoCloseable {
  private static final String PREFIX = ".export-";
  private static final String LOCK_SUFFIX = ".lock";
  private static final int CREATE_ATTEMPTS = 100;

  /**
   * The names of this process's locks, unique as they are random. They must not be tried: closing
   * any channel of a file frees all locks that the process holds on it.
   */
  private static final Set<String> OWN_LOCKS = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final Path lockFile;
  private final FileChannel lock;
  private final List<Path> createdParents;
  private boolean published;

  private StagedVersion(
      Path directory, Path lockFile, FileChannel lock, List<Path> createdParents) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.lock = lock;
    this.createdParents = createdParents;
  }

  /** Makes one in the directory of a model, which is made where it isn't there. */
  static StagedVersion create(Path modelDirectory) throws IOException {
    List<Path> created = missing(modelDirectory);
    try {
      for (int attempt = 1; ; attempt++) {
        Files.createDirectories(modelDirectory);
        removeLeftovers(modelDirectory);
        try {
          StagedVersion staged = tryCreate(modelDirectory, created, Files::createDirectory);
          if (staged != null) {
            return staged;
          }
        } catch (NoSuchFileException e) {
          // Another export failed at this moment and took the empty directory with it.
          if (attempt == CREATE_ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      created.forEach(parent -> parent.toFile().delete());
      throw e;
    }
  }

  /**
   * Takes a version out of sight by one rename, so that nobody finds half of it while closing this
   * removes it.
   *
   * @throws IOException where it can't be renamed
   */
  static StagedVersion hide(Path version) throws IOException {
    StagedVersion hidden = null;
    while (hidden == null) {
      hidden =
          tryCreate(
              parent(version),
              List.of(),
              directory -> Files.move(version, directory, StandardCopyOption.ATOMIC_MOVE));
    }
    return hidden;
  }

  /** Where to write. */
  Path directory() {
    return directory;
  }

  /** Gives it the next free number, and returns the version's directory. */
  Path publish() throws IOException {
    Path modelDirectory = parent(directory);
    while (true) {
      Path version =
          modelDirectory.resolve(Integer.toString(ModelVersions.nextNumber(modelDirectory)));
      if (moveUnlessTaken(directory, version)) {
        published = true;
        ModelVersions.syncDirectory(modelDirectory);
        return version;
      }
    }
  }

  /** Removes what isn't published, then the lock. Idempotent. */
  @Override
  public void close() {
    if (!published) {
      deleteTree(directory);
    }
    release(lockFile, lock);
    if (!published) {
      createdParents.forEach(parent -> parent.toFile().delete());
    }
  }

  /** How the hidden directory comes to be. */
  @FunctionalInterface
  private interface Making {
    /** Makes it, which is not there yet. */
    void make(Path directory) throws IOException;
  }

  /** One attempt; null where a process that tidies up got to the new lock file first. */
  private static @Nullable StagedVersion tryCreate(
      Path modelDirectory, List<Path> created, Making making) throws IOException {
    Path directory = modelDirectory.resolve(PREFIX + UUID.randomUUID());
    Path lockFile = lockFile(directory);
    OWN_LOCKS.add(name(lockFile));
    FileChannel lock;
    try {
      lock = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      OWN_LOCKS.remove(name(lockFile));
      throw e;
    }
    try {
      if (mayLock(lock) && Files.exists(lockFile)) {
        making.make(directory);
        return new StagedVersion(directory, lockFile, lock, created);
      }
    } catch (IOException e) {
      release(lockFile, lock);
      throw e;
    }
    release(lockFile, lock);
    return null;
  }

  /** Whether the lock was had; a file system without locks grants it, and keeps its leftovers. */
  private static boolean mayLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return true;
    }
  }

  /** The file goes before its lock, so that nobody can lock a file that is about to go. */
  private static void release(Path lockFile, FileChannel lock) {
    lockFile.toFile().delete();
    try {
      lock.close();
    } catch (IOException e) {
      // The file is gone, and with it all that the lock protected.
    }
    OWN_LOCKS.remove(name(lockFile));
  }

  /** Removes what processes left behind that ended while they exported. */
  private static void removeLeftovers(Path modelDirectory) throws IOException {
    List<Path> locks;
    try (Stream<Path> children = Files.list(modelDirectory)) {
      locks = children.filter(StagedVersion::isForeignLock).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    locks.forEach(StagedVersion::removeIfLeftover);
  }

  private static boolean isForeignLock(Path file) {
    String name = name(file);
    return name.startsWith(PREFIX) && name.endsWith(LOCK_SUFFIX) && !OWN_LOCKS.contains(name);
  }

  private static void removeIfLeftover(Path lockFile) {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        String name = name(lockFile);
        deleteTree(
            lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length())));
        lockFile.toFile().delete();
      }
    } catch (IOException e) {
      // It went, or can't be tried here: it is hidden and no version, so it may stay.
    }
  }

  /** A version in place is never empty, and a rename onto a directory that is not empty fails. */
  private static boolean moveUnlessTaken(Path staged, Path version) throws IOException {
    try {
      Files.move(staged, version, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      if (Files.exists(version, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      throw e;
    }
  }

  /** The directories up to this one that don't exist, the innermost first. */
  private static List<Path> missing(Path directory) {
    List<Path> missing = new ArrayList<>();
    for (Path path = directory.toAbsolutePath();
        path != null && !Files.exists(path);
        path = path.getParent()) {
      missing.add(path);
    }
    return missing;
  }

  private static Path lockFile(Path directory) {
    return directory.resolveSibling(name(directory) + LOCK_SUFFIX);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // It is hidden and no version; the next export tries again.
    }
  }
}
