package dev.slope.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One {@code --set pointer=value}, or a value that is tried: changes the written-out tree before it
 * is checked.
 *
 * @param pointer a JSON pointer; objects on the way that are absent are made
 * @param value JSON, or else a bare string
 * @param place where messages say that the value was written
 */
record ConfigOverride(String pointer, String value, Place place) {

  /**
   * Parses an override.
   *
   * @throws ConfigException where it is not of the form {@code /pointer=value}
   */
  static ConfigOverride parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0 || !text.startsWith("/")) {
      throw new ConfigException(
          "--set must be of the form /pointer=value, such as /training/epochs=200, but was '"
              + text
              + "'");
    }
    String pointer = text.substring(0, equals);
    String value = text.substring(equals + 1);
    return new ConfigOverride(pointer, value, Place.override(pointer, value));
  }

  /** Writes the value into the tree; what lies on the way and is no container is a problem. */
  void applyTo(ConfigNode root, List<ConfigProblem> problems) {
    List<String> keys = Pointers.keys(pointer);
    ConfigNode node = root;
    String at = "";
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      boolean last = i == keys.size() - 1;
      if (node instanceof ConfigNode.Structure object) {
        if (last) {
          object.members().put(key, parsedValue());
          return;
        }
        node = object.members().computeIfAbsent(key, absent -> new ConfigNode.Structure(place()));
      } else if (node instanceof ConfigNode.Sequence sequence && isIndex(key, sequence)) {
        int index = Integer.parseInt(key);
        if (last) {
          sequence.elements().set(index, parsedValue());
          return;
        }
        node = sequence.elements().get(index);
      } else {
        problems.add(
            new ConfigProblem(
                place(),
                pointer,
                "points into " + (at.isEmpty() ? "/" : at) + ", which is " + node.shown()));
        return;
      }
      at = Pointers.child(at, key);
    }
  }

  private static boolean isIndex(String key, ConfigNode.Sequence sequence) {
    return key.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(key) < sequence.elements().size();
  }

  private ConfigNode parsedValue() {
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      return placed(ConfigTreeReader.read(value, problems));
    } catch (ConfigTreeReader.SyntaxException e) {
      return new ConfigNode.Text(place(), value);
    }
  }

  private ConfigNode placed(ConfigNode node) {
    if (node instanceof ConfigNode.Structure object) {
      ConfigNode.Structure copy = new ConfigNode.Structure(place());
      object.members().forEach((key, member) -> copy.members().put(key, placed(member)));
      return copy;
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      List<ConfigNode> elements = new ArrayList<>(sequence.elements());
      elements.replaceAll(this::placed);
      return new ConfigNode.Sequence(place(), elements);
    }
    if (node instanceof ConfigNode.Text text) {
      return new ConfigNode.Text(place(), text.value());
    }
    if (node instanceof ConfigNode.Numeral numeral) {
      return new ConfigNode.Numeral(place(), numeral.literal());
    }
    if (node instanceof ConfigNode.Truth truth) {
      return new ConfigNode.Truth(place(), truth.value());
    }
    return new ConfigNode.Nothing(place());
  }
}
