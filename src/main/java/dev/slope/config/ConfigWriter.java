package dev.slope.config;

import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes a complete tree as JSON that reads back to the same run, keys in the records' order. */
final class ConfigWriter {
  private final JsonGenerator json;

  private ConfigWriter(JsonGenerator json) {
    this.json = json;
  }

  /** The tree as indented JSON text that ends in a line break. */
  static String write(ConfigNode tree, ConfigType type) {
    return JsonText.of(generator -> new ConfigWriter(generator).value(tree, type));
  }

  /** Any value on one line, keys in the order written. */
  static String compact(ConfigNode node) {
    return JsonText.compact(
        generator -> new ConfigWriter(generator).value(node, ConfigType.Scalar.ANY));
  }

  private void value(ConfigNode node, ConfigType type) {
    if (node instanceof ConfigNode.Structure object) {
      json.writeStartObject();
      members(object, type);
      json.writeEndObject();
    } else if (node instanceof ConfigNode.Sequence sequence && type == ConfigType.Scalar.ANY) {
      json.writeStartArray();
      sequence.elements().forEach(element -> value(element, type));
      json.writeEndArray();
    } else if (node instanceof ConfigNode.Sequence sequence
        && type instanceof ConfigType.Sequence list) {
      json.writeStartArray();
      sequence.elements().forEach(element -> value(element, list.element()));
      json.writeEndArray();
    } else if (node instanceof ConfigNode.Text text) {
      json.writeString(text.value());
    } else if (node instanceof ConfigNode.Numeral numeral) {
      json.writeNumber(numeral.literal());
    } else if (node instanceof ConfigNode.Truth truth) {
      json.writeBoolean(truth.value());
    } else {
      throw new AssertionError("a checked config has no " + node);
    }
  }

  private void members(ConfigNode.Structure object, ConfigType type) {
    if (type instanceof ConfigType.Dictionary dictionary) {
      object.members().forEach((key, member) -> member(key, member, dictionary.value()));
    } else if (type instanceof ConfigType.Choice choice
        && object.members().get("type") instanceof ConfigNode.Text name) {
      member("type", name, ConfigType.Scalar.TEXT);
      fields(object.members(), choice.alternative(name.value()));
    } else if (type instanceof ConfigType.Structure structure) {
      fields(object.members(), structure);
    } else if (type == ConfigType.Scalar.ANY) {
      object.members().forEach((key, member) -> member(key, member, type));
    }
  }

  private void fields(Map<String, ConfigNode> members, ConfigType.Structure type) {
    for (ConfigType.Field field : type.fields().values()) {
      ConfigNode member = members.get(field.key());
      if (member != null) {
        member(field.key(), member, field.type());
      }
    }
  }

  private void member(String key, ConfigNode value, ConfigType type) {
    json.writeName(key);
    value(value, type);
  }
}
