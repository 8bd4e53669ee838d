package dev.slope.config;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Binds a checked, complete tree to records. */
final class ConfigJson {
  private ConfigJson() {}

  /** The run that a tree without problems and with every default written out describes. */
  static RunConfig bind(ConfigNode tree) {
    return Json.mapper().treeToValue(json(tree), RunConfig.class);
  }

  /** A tree as Jackson's. */
  static JsonNode json(ConfigNode node) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (node instanceof ConfigNode.Structure object) {
      ObjectNode json = nodes.objectNode();
      object.members().forEach((key, value) -> json.set(key, json(value)));
      return json;
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      ArrayNode json = nodes.arrayNode();
      sequence.elements().forEach(element -> json.add(json(element)));
      return json;
    }
    if (node instanceof ConfigNode.Text text) {
      return nodes.stringNode(text.value());
    }
    if (node instanceof ConfigNode.Numeral numeral) {
      return nodes.numberNode(new BigDecimal(numeral.literal()));
    }
    if (node instanceof ConfigNode.Truth truth) {
      return nodes.booleanNode(truth.value());
    }
    return nodes.nullNode();
  }
}
