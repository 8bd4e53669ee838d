package dev.slope.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a config's shorthands out: bare values become the objects and lists they stand for. */
final class ConfigShorthands {
  private ConfigShorthands() {}

  /** The value with every shorthand written out; objects are changed in place. */
  static ConfigNode writeOut(ConfigNode node, ConfigType type) {
    if (type instanceof ConfigType.Choice choice) {
      return choice(node, choice);
    }
    if (type instanceof ConfigType.Sequence list) {
      return sequence(node, list);
    }
    if (type instanceof ConfigType.Structure structure
        && node instanceof ConfigNode.Structure object) {
      members(object, structure);
    }
    if (type instanceof ConfigType.Dictionary dictionary
        && node instanceof ConfigNode.Structure object) {
      object.members().replaceAll((key, value) -> writeOut(value, dictionary.value()));
    }
    return node;
  }

  private static void members(ConfigNode.Structure object, ConfigType.Structure type) {
    for (Map.Entry<String, ConfigNode> member : object.members().entrySet()) {
      ConfigType.Field field = type.fields().get(member.getKey());
      if (field != null) {
        member.setValue(writeOut(member.getValue(), field.type()));
      }
    }
  }

  private static ConfigNode choice(ConfigNode node, ConfigType.Choice choice) {
    ConfigNode.Structure object;
    if (choice.shorthand() != null && standsAlone(node, choice.shorthand())) {
      Shorthand shorthand = choice.shorthand();
      object = ConfigNode.Structure.ofBare(node, shorthand.key());
      object.members().put("type", new ConfigNode.Text(node.place(), shorthand.type()));
    } else if (node instanceof ConfigNode.Structure structure) {
      object = structure;
      if (choice.defaultType() != null && !object.members().containsKey("type")) {
        object.members().put("type", new ConfigNode.Text(object.place(), choice.defaultType()));
      }
    } else if (node instanceof ConfigNode.Text && choice.shorthand() != null) {
      object = ConfigNode.Structure.ofBare(node, "type");
    } else if (node instanceof ConfigNode.Text) {
      object = new ConfigNode.Structure(node.place());
      object.members().put("type", node);
    } else {
      return node;
    }
    if (object.members().get("type") instanceof ConfigNode.Text name
        && choice.alternatives().containsKey(name.value())) {
      members(object, choice.alternative(name.value()));
    }
    return object;
  }

  private static boolean standsAlone(ConfigNode node, Shorthand shorthand) {
    return switch (shorthand.kind()) {
      case STRING -> node instanceof ConfigNode.Text;
      case NUMBER -> node instanceof ConfigNode.Numeral;
      case LIST -> node instanceof ConfigNode.Sequence;
      case OBJECT ->
          node instanceof ConfigNode.Structure object && !object.members().containsKey("type");
    };
  }

  private static ConfigNode sequence(ConfigNode node, ConfigType.Sequence list) {
    List<ConfigNode> elements = new ArrayList<>();
    if (node instanceof ConfigNode.Sequence sequence) {
      elements.addAll(sequence.elements());
    } else if (list.hasBareElement()) {
      elements.add(node);
    } else {
      return node;
    }
    elements.replaceAll(element -> writeOut(element, list.element()));
    return new ConfigNode.Sequence(node.place(), elements);
  }
}
