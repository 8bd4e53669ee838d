package dev.slope.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The versions of one model: {@code models/<name>/<number>}. A version is written beside them under
 * a hidden name and appears by one rename, whole or not at all.
 */
public final class ModelVersions {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]*");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern STAGED = Pattern.compile("\\.export-([0-9]+)-[0-9a-f-]+");
  private static final int CREATE_ATTEMPTS = 100;

  /** The hidden directories of this process: all others with its number are leftovers. */
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private final Path modelsDirectory;
  private final Path modelDirectory;

  /**
   * The versions of a model, which need not exist yet.
   *
   * @throws ExportException when the name can't be a directory's
   */
  public ModelVersions(Path modelsDirectory, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ExportException(
          "name must be letters, digits, '_', '-', '.' or spaces, the first a letter, a digit or"
              + " '_', but was '%s'; it names the model's directory".formatted(name));
    }
    this.modelsDirectory = modelsDirectory;
    this.modelDirectory = modelsDirectory.resolve(name);
  }

  /**
   * Fails where an export would fail for want of a place, by making one and removing it.
   *
   * @throws ExportException when the name or the directory can't be used
   */
  public static void checkWritable(Path modelsDirectory, String name) {
    ModelVersions versions = new ModelVersions(modelsDirectory, name);
    versions.discard(versions.stage());
  }

  /** Makes a hidden directory to write a version into; publish or discard it. */
  Path stage() {
    for (Path directory : List.of(modelsDirectory, modelDirectory)) {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new ExportException(
            "the export directory must be a directory, but '%s' is a file; choose another directory"
                .formatted(directory));
      }
    }
    try {
      for (int attempt = 1; ; attempt++) {
        Files.createDirectories(modelDirectory);
        removeLeftovers();
        Path staged =
            modelDirectory.resolve(
                ".export-%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID()));
        IN_USE.add(staged.toAbsolutePath());
        try {
          return Files.createDirectory(staged);
        } catch (NoSuchFileException e) {
          IN_USE.remove(staged.toAbsolutePath());
          if (attempt == CREATE_ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw notWritable(modelDirectory, e);
    }
  }

  /** Gives a staged directory the next free number, and returns the version's directory. */
  Path publish(Path staged) {
    try {
      while (true) {
        Path version =
            modelDirectory.resolve(Integer.toString(newest(modelDirectory).orElse(0) + 1));
        if (moveUnlessTaken(staged, version)) {
          IN_USE.remove(staged.toAbsolutePath());
          syncDirectory(modelDirectory);
          return version;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw notWritable(modelDirectory, e);
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

  /** Removes a staged directory and the directories above it that hold nothing else. */
  void discard(Path staged) {
    deleteTree(staged);
    IN_USE.remove(staged.toAbsolutePath());
    if (modelDirectory.toFile().delete()) {
      modelsDirectory.toFile().delete();
    }
  }

  /** Removes what processes left behind that ended while they exported. */
  private void removeLeftovers() throws IOException {
    List<Path> leftovers;
    try (Stream<Path> children = Files.list(modelDirectory)) {
      leftovers = children.filter(ModelVersions::isLeftover).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    leftovers.forEach(ModelVersions::deleteTree);
  }

  private static boolean isLeftover(Path directory) {
    Matcher staged = STAGED.matcher(directory.getFileName().toString());
    if (!staged.matches() || IN_USE.contains(directory.toAbsolutePath())) {
      return false;
    }
    long process = Long.parseLong(staged.group(1));
    return process == ProcessHandle.current().pid() || ProcessHandle.of(process).isEmpty();
  }

  /** The largest number among a model's versions. */
  static OptionalInt newest(Path modelDirectory) {
    try (Stream<Path> children = Files.list(modelDirectory)) {
      return children
          .filter(ModelVersions::isVersion)
          .mapToInt(child -> Integer.parseInt(child.getFileName().toString()))
          .max();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isVersion(Path path) {
    Path name = path.getFileName();
    return name != null && NUMBER.matcher(name.toString()).matches();
  }

  /** Makes the names inside a directory durable, where the system can do that. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      if (!System.getProperty("os.name").startsWith("Windows")) {
        throw e;
      }
    }
  }

  static ExportException notWritable(Path path, Exception cause) {
    return new ExportException(
        "'%s' can't be written: %s; free space, change its permissions or choose another directory"
            .formatted(path, reason(cause)),
        cause);
  }

  private static String reason(Exception cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // It is hidden and no version; the next export tries again.
    }
  }
}
