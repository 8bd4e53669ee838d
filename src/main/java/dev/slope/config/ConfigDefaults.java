package dev.slope.config;

import java.util.ArrayList;
import java.util.List;

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
