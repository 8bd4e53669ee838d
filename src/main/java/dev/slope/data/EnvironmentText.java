package dev.slope.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts environment variables into texts, and takes them out of what is shown again. */
final class EnvironmentText {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final Map<String, String> environment;
  private final List<Resolved> resolved = new ArrayList<>();

  private record Resolved(String reference, String value) {}

  EnvironmentText(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The text with the value of each {@code ${NAME}} in its place.
   *
   * @throws DataException where a variable is not set
   */
  String resolve(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null) {
        throw new DataException(
            "the environment variable %s, which a jdbc source names, must be set, but is not"
                .formatted(matcher.group(1)));
      }
      resolved.add(new Resolved(matcher.group(), value));
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  /** The text with {@code ${NAME}} in place of every value that was put in. */
  String hidden(String text) {
    List<Resolved> longestFirst =
        resolved.stream()
            .filter(each -> !each.value().isEmpty())
            .sorted(Comparator.comparingInt((Resolved each) -> each.value().length()).reversed())
            .toList();
    String result = text;
    for (Resolved each : longestFirst) {
      result = result.replace(each.value(), each.reference());
    }
    return result;
  }
}
