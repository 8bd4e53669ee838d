package dev.slope.config;

/**
 * Where a value of a config was written.
 *
 * @param line of the file, counted from 1; what is in no file comes after every line
 * @param text {@code line 7}, {@code --set /seed=1}
 */
public record Place(int line, String text) {
  /** A line of the file, counted from 1. */
  static Place line(int line) {
    return new Place(line, "line " + line);
  }

  /** An override on the command line. */
  static Place override(String pointer, String value) {
    return new Place(Integer.MAX_VALUE, "--set " + pointer + "=" + value);
  }

  /** A setting that is tried. */
  static Place setting(String setting) {
    return new Place(Integer.MAX_VALUE, "setting " + setting);
  }

  /** The same, without the value that the command line gave. */
  Place withoutValue() {
    int equals = text.indexOf('=');
    return equals < 0 ? this : new Place(line, text.substring(0, equals));
  }
}
