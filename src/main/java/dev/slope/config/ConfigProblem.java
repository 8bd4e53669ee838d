package dev.slope.config;

/**
 * One thing wrong with a config.
 *
 * @param place where it stands in the file or on the command line
 * @param pointer the JSON pointer (RFC 6901) of the value
 * @param message the rule, the value found and, where there is one, the way out
 */
public record ConfigProblem(Place place, String pointer, String message) {
  @Override
  public String toString() {
    String subject = pointer.isEmpty() ? "" : pointer + " ";
    return place.text() + ": " + subject + message;
  }
}
