package dev.slope.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files that a path with {@code *}, {@code ?}, {@code [...]} or {@code **} names. */
final class FilePattern {
  private FilePattern() {}

  /** Whether a path is a pattern: it has one of the characters and is itself no file. */
  static boolean is(Path base, String path) {
    return path.matches(".*[*?\\[].*") && !exists(base, path);
  }

  private static boolean exists(Path base, String path) {
    try {
      return Files.exists(base.resolve(path));
    } catch (InvalidPathException e) {
      // Windows has no file of such a name.
      return false;
    }
  }

  /**
   * The files of a pattern by their names, compared character by character; hidden ones only where
   * the pattern says so.
   *
   * @throws DataException where there is none
   */
  static List<DataFile> files(Path base, String pattern) {
    int fixed = fixedLength(pattern);
    String prefix = pattern.substring(0, fixed);
    String rest = pattern.substring(fixed);
    Path folder = base.resolve(prefix);
    int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/", -1).length;
    PathMatcher matcher = matcher(pattern, rest);
    if (!Files.isDirectory(folder)) {
      throw none(pattern, folder);
    }
    try (Stream<Path> walked = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      List<DataFile> files =
          walked
              .filter(Files::isRegularFile)
              .map(folder::relativize)
              .filter(path -> matcher.matches(path) && isShown(path, rest))
              .map(path -> new DataFile(folder.resolve(path), prefix + slashed(path)))
              .sorted(Comparator.comparing(DataFile::name))
              .toList();
      if (files.isEmpty()) {
        throw none(pattern, folder);
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(pattern + " can't be searched: " + e.getMessage(), e);
    }
  }

  /** Up to the last slash before the first character of a pattern. */
  private static int fixedLength(String pattern) {
    int at = 0;
    while ("*?[".indexOf(pattern.charAt(at)) < 0) {
      at++;
    }
    return pattern.lastIndexOf('/', at) + 1;
  }

  private static PathMatcher matcher(String pattern, String rest) {
    try {
      // Braces and backslashes are themselves, as in a shell's quotes.
      String glob = rest.replaceAll("[\\\\{}]", "\\\\$0");
      PathMatcher exact = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      if (!glob.startsWith("**/")) {
        return exact;
      }
      PathMatcher atTop = FileSystems.getDefault().getPathMatcher("glob:" + glob.substring(3));
      return path -> exact.matches(path) || atTop.matches(path);
    } catch (PatternSyntaxException e) {
      throw new DataException(
          "%s must be a pattern of files, but is none: %s".formatted(pattern, e.getDescription()),
          e);
    }
  }

  private static boolean isShown(Path path, String rest) {
    if (rest.startsWith(".") || rest.contains("/.")) {
      return true;
    }
    for (Path name : path) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private static String slashed(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static DataException none(String pattern, Path folder) {
    return new DataException(
        "%s names no file; it was looked for in %s"
            .formatted(pattern, folder.toAbsolutePath().normalize()));
  }
}
