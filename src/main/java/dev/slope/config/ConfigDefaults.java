package dev.slope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes the defaults of absent keys into a checked tree. */
final class ConfigDefaults {
  private ConfigDefaults() {}

  /** Completes a value that has passed the {@link ConfigChecker}, in place. */
  static void writeOut(ConfigNode node, ConfigType type) {
    if (node instanceof ConfigNode.Sequence sequence && type instanceof ConfigType.Sequence list) {
      sequence.elements().forEach(element -> writeOut(element, list.element()));
    }
    if (!(node instanceof ConfigNode.Structure object)) {
      return;
    }
    if (type instanceof ConfigType.Dictionary dictionary) {
      object.members().values().forEach(value -> writeOut(value, dictionary.value()));
    } else if (type instanceof ConfigType.Choice choice
        && object.members().get("type") instanceof ConfigNode.Text name) {
      fields(object, choice.alternative(name.value()));
    } else if (type instanceof ConfigType.Structure structure) {
      fields(object, structure);
    }
  }

  private static void fields(ConfigNode.Structure object, ConfigType.Structure type) {
    for (ConfigType.Field field : type.fields().values()) {
      if (field.defaultJson() != null && !object.members().containsKey(field.key())) {
        object.members().put(field.key(), read(field));
      }
      ConfigNode value = object.members().get(field.key());
      if (value != null) {
        writeOut(value, field.type());
      }
    }
  }

  /**
   * Whether a written-out value is what its absence stands for. A config with every default written
   * out means the same as one without, so rules about keys that do nothing pass it over.
   *
   * @param type of the record that has the key
   */
  static boolean isDefault(ConfigNode value, Class<?> type, String key) {
    ConfigType.Field field =
        Objects.requireNonNull(ConfigType.structure(type).fields().get(key), key);
    return field.defaultJson() != null && isSame(value, read(field));
  }

  private static boolean isSame(ConfigNode left, ConfigNode right) {
    if (left instanceof ConfigNode.Numeral number && right instanceof ConfigNode.Numeral other) {
      return Double.parseDouble(number.literal()) == Double.parseDouble(other.literal());
    }
    if (left instanceof ConfigNode.Structure object
        && right instanceof ConfigNode.Structure other) {
      return object.members().keySet().equals(other.members().keySet())
          && object.members().entrySet().stream()
              .allMatch(
                  member ->
                      isSame(
                          member.getValue(),
                          Objects.requireNonNull(other.members().get(member.getKey()))));
    }
    return left.shown().equals(right.shown());
  }

  private static ConfigNode read(ConfigType.Field field) {
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      ConfigNode node = ConfigTreeReader.read(String.valueOf(field.defaultJson()), problems);
      return ConfigShorthands.writeOut(node, field.type());
    } catch (ConfigTreeReader.SyntaxException e) {
      throw new AssertionError("the default of " + field.key() + " is no JSON", e);
    }
  }
}
