package dev.slope.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A value of a config that may be anything but null, as JSON text in its shortest form.
 *
 * @param json such as {@code 0.1}, {@code "adam"} or {@code {"type":"adam"}}
 */
public record JsonValue(String json) {

  /** The text of a string without its quotes, of anything else its JSON: as tables show it. */
  public String shown() {
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      return ConfigTreeReader.read(json, problems) instanceof ConfigNode.Text text
          ? text.value()
          : json;
    } catch (ConfigTreeReader.SyntaxException e) {
      throw new AssertionError("a JSON value is JSON: " + json, e);
    }
  }
}
