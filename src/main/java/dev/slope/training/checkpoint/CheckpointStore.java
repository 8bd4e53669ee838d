package dev.slope.training.checkpoint;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The checkpoints of one run in a directory of their own: {@code checkpoint-1}, {@code
 * checkpoint-2} and so on. Each is written under another name, made durable and renamed, and only
 * then are older ones removed: whenever the process or the machine stops, the newest that was whole
 * is still there.
 *
 * <p>While a store is open, no other run can open its directory.
 */
final class CheckpointStore implements AutoCloseable {
  private static final String PREFIX = "checkpoint-";
  private static final String UNFINISHED = "unfinished";
  private static final int MAX_DIGITS = 18;

  private final Path directory;
  private final int keep;
  private final FileOperations files;
  private final Consumer<String> warning;
  private final CheckpointLock lock;

  private CheckpointStore(
      Path directory,
      int keep,
      FileOperations files,
      Consumer<String> warning,
      CheckpointLock lock) {
    this.directory = directory;
    this.keep = keep;
    this.files = files;
    this.warning = warning;
    this.lock = lock;
  }

  /**
   * Opens a directory, which is made where it isn't there.
   *
   * @param keep how many of the newest stay, at least 1
   * @param warning told what goes wrong and loses nothing
   * @throws IOException where another run holds it, or it can't be made
   */
  static CheckpointStore open(
      Path directory, int keep, FileOperations files, Consumer<String> warning) throws IOException {
    makeDurably(directory, files);
    CheckpointLock lock = CheckpointLock.tryAcquire(directory);
    if (lock == null) {
      throw new FileSystemException(
          directory.toString(),
          null,
          "another run is using it; wait for that one, or name another"
              + " /training/checkpoint/directory");
    }
    return new CheckpointStore(directory, keep, files, warning, lock);
  }

  /** Whether a directory has a checkpoint, whole or not. Opens nothing. */
  static boolean hasAny(Path directory) {
    try {
      return !numbers(directory).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** The newest that is whole; each newer one that isn't is a warning. */
  Optional<Checkpoint> newest() throws IOException {
    for (long number : numbers(directory)) {
      Path file = file(number);
      try {
        return Optional.of(CheckpointFormat.read(file));
      } catch (IOException e) {
        warning.accept("'%s' is passed over: %s".formatted(file, reason(e)));
      }
    }
    return Optional.empty();
  }

  /**
   * Adds a checkpoint and removes those that are too many.
   *
   * @throws IOException where it isn't safely on the disk; those before it still are
   */
  void write(Checkpoint checkpoint) throws IOException {
    Path unfinished = directory.resolve(UNFINISHED);
    long number = numbers(directory).stream().findFirst().orElse(0L) + 1;
    try {
      try (FileOperations.Output out = files.create(unfinished)) {
        CheckpointFormat.write(checkpoint, out);
        out.sync();
      }
      files.rename(unfinished, file(number));
    } catch (IOException e) {
      deleteAfter(e, unfinished);
      throw e;
    }
    files.syncDirectory(directory);
    removeAllBut(keep);
  }

  /** Removes all checkpoints: the run they are of has its result. */
  void clear() {
    removeAllBut(0);
  }

  /** Frees the directory, and removes it where it is empty. */
  @Override
  public void close() {
    try (lock) {
      files.delete(directory.resolve(UNFINISHED));
    } catch (IOException e) {
      warning.accept("'%s' can't be tidied: %s".formatted(directory, reason(e)));
    }
    if (directory.toFile().delete()) {
      Path parent = directory.getParent();
      if (parent != null && parent.endsWith(RunCheckpoints.HIDDEN_DIRECTORY)) {
        parent.toFile().delete();
      }
    }
  }

  /** What went wrong, without the file's name where that is all the message says. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "it is gone";
    }
    if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "a file is where the directory should be";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void removeAllBut(int count) {
    try {
      List<Long> numbers = numbers(directory);
      for (long number : numbers.subList(Math.min(count, numbers.size()), numbers.size())) {
        files.delete(file(number));
      }
    } catch (IOException e) {
      warning.accept(
          "old checkpoints in '%s' can't be removed: %s".formatted(directory, reason(e)));
    }
  }

  /** Gives a full disk its space back. */
  private void deleteAfter(IOException failure, Path unfinished) {
    try {
      files.delete(unfinished);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private Path file(long number) {
    return directory.resolve(PREFIX + number);
  }

  /** The numbers of the checkpoints there, the newest first. */
  private static List<Long> numbers(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .map(CheckpointStore::number)
          .filter(OptionalLong::isPresent)
          .map(OptionalLong::getAsLong)
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static OptionalLong number(Path file) {
    String name = file.getFileName().toString();
    if (!name.startsWith(PREFIX)) {
      return OptionalLong.empty();
    }
    String digits = name.substring(PREFIX.length());
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
  }

  private static void makeDurably(Path directory, FileOperations files) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    Deque<Path> changed = new ArrayDeque<>();
    Path path = directory.toAbsolutePath();
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
      changed.push(path);
    }
    Files.createDirectories(directory);
    for (Path parent : changed) {
      files.syncDirectory(parent);
    }
  }
}
