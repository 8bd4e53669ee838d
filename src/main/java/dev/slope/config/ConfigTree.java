package dev.slope.config;

import java.util.Map;
import java.util.Optional;

/** Looks values up in a tree that may be wrong anywhere. */
final class ConfigTree {
  private ConfigTree() {}

  /** The value at the end of some keys, where there is one. */
  static Optional<ConfigNode> member(ConfigNode root, String... keys) {
    ConfigNode node = root;
    for (String key : keys) {
      if (!(node instanceof ConfigNode.Structure object) || !object.members().containsKey(key)) {
        return Optional.empty();
      }
      node = object.members().get(key);
    }
    return Optional.of(node);
  }

  /** The members of the object at the end of some keys; none where there is no object. */
  static Map<String, ConfigNode> members(ConfigNode root, String... keys) {
    return member(root, keys).orElse(null) instanceof ConfigNode.Structure object
        ? object.members()
        : Map.of();
  }

  /** The string at the end of some keys. */
  static Optional<String> text(ConfigNode root, String... keys) {
    return member(root, keys).orElse(null) instanceof ConfigNode.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** The number at the end of some keys. */
  static Optional<Double> number(ConfigNode root, String... keys) {
    return member(root, keys).orElse(null) instanceof ConfigNode.Numeral numeral
        ? Optional.of(Double.valueOf(numeral.literal()))
        : Optional.empty();
  }
}
