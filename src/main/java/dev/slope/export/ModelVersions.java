package dev.slope.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one model: {@code models/<name>/<number>}. A version is written beside them under
 * a hidden name and appears by one rename, whole or not at all.
 */
public final class ModelVersions {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]*");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final String PATTERN_CHARACTERS = "*?[]{}";
  private static final int MAX_NUMBER = 999_999_999;

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
    versions.stage().close();
  }

  /** Makes a hidden directory to write a version into, for the caller to publish and close. */
  StagedVersion stage() {
    if (modelsDirectory.toString().chars().anyMatch(c -> PATTERN_CHARACTERS.indexOf(c) >= 0)) {
      throw new ExportException(
          ("the export directory must have none of * ? [ ] { } in its path, but was '%s';"
                  + " TensorFlow takes them for a pattern, so choose another directory")
              .formatted(modelsDirectory));
    }
    for (Path directory : List.of(modelsDirectory, modelDirectory)) {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new ExportException(
            "the export directory must be a directory, but '%s' is a file; choose another directory"
                .formatted(directory));
      }
    }
    try {
      return StagedVersion.create(modelDirectory);
    } catch (IOException | UncheckedIOException e) {
      throw notWritable(modelDirectory, e);
    }
  }

  /** The newest version's directory, which servers have; null where there is none. */
  public @Nullable Path newest() {
    if (!Files.isDirectory(modelDirectory)) {
      return null;
    }
    OptionalInt newest = newest(modelDirectory);
    return newest.isPresent() ? modelDirectory.resolve(Integer.toString(newest.getAsInt())) : null;
  }

  /**
   * Removes old versions, each by a rename first, so that none is ever seen half removed. Whatever
   * Slope didn't export stays, and is not counted.
   *
   * @param keep how many of the newest stay
   * @param served another that stays: the newest one at the time when the export began, which
   *     servers may not have replaced yet though another export came in between; null for none
   * @return why each that should have gone is still there, as sentences
   */
  public List<String> removeOld(int keep, @Nullable Path served) {
    List<Integer> numbers;
    try (Stream<Path> children = Files.list(modelDirectory)) {
      numbers =
          children
              .filter(ModelVersions::isVersion)
              .filter(ModelVersions::isOwn)
              .map(child -> Integer.valueOf(child.getFileName().toString()))
              .sorted(Comparator.reverseOrder())
              .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of("old versions can't be removed: " + reason(e));
    }
    List<String> problems = new ArrayList<>();
    for (int number : numbers.subList(Math.min(keep, numbers.size()), numbers.size())) {
      Path version = modelDirectory.resolve(Integer.toString(number));
      if (!version.equals(served)) {
        remove(version, problems);
      }
    }
    return problems;
  }

  private static void remove(Path version, List<String> problems) {
    try {
      StagedVersion.hide(version).close();
    } catch (NoSuchFileException e) {
      // Another export removed it at this moment.
    } catch (IOException e) {
      problems.add("%s can't be removed: %s".formatted(version, reason(e)));
    }
  }

  private static boolean isOwn(Path version) {
    return Files.isDirectory(version, LinkOption.NOFOLLOW_LINKS)
        && Files.isRegularFile(
            version.resolve(ModelExporter.EXTRA).resolve(ModelManifest.FILE_NAME));
  }

  /**
   * The largest number among a model's versions, which are directories.
   *
   * @throws ModelException when the directory can't be read
   */
  static OptionalInt newest(Path modelDirectory) {
    try {
      return largestNumber(modelDirectory, Files::isDirectory);
    } catch (IOException | UncheckedIOException e) {
      throw new ModelException(
          modelDirectory + " can't be read: " + reason(e) + "; change its permissions", e);
    }
  }

  /** The number that follows everything there whose name is one, files included. */
  static int nextNumber(Path modelDirectory) throws IOException {
    int next = largestNumber(modelDirectory, path -> true).orElse(0) + 1;
    if (next > MAX_NUMBER) {
      throw new IOException("it has version " + MAX_NUMBER + ", the last one");
    }
    return next;
  }

  private static OptionalInt largestNumber(Path directory, Predicate<Path> filter)
      throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(ModelVersions::isVersion)
          .filter(filter)
          .mapToInt(child -> Integer.parseInt(child.getFileName().toString()))
          .max();
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

  static ExportException notWritable(Path path, Exception problem) {
    // What another thread wrote, or a stream of paths, has its problem wrapped.
    Exception cause =
        problem instanceof UncheckedIOException && problem.getCause() instanceof IOException wrapped
            ? wrapped
            : problem;
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
}
