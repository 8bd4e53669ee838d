package dev.slope.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of a config without its form: what two configs that mean the same have in common. */
final class ConfigValues {
  private final SortedMap<String, String> byPointer = new TreeMap<>();

  private ConfigValues() {}

  /**
   * Every string, number and truth value by its JSON pointer, numbers in one form (1e-2 as 0.01).
   *
   * @param effectiveJson of a {@link LoadedConfig}
   */
  static SortedMap<String, String> of(String effectiveJson) {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigValues values = new ConfigValues();
    try {
      values.add(ConfigTreeReader.read(effectiveJson, problems), "");
    } catch (ConfigTreeReader.SyntaxException e) {
      throw new AssertionError("the effective config is JSON", e);
    }
    return values.byPointer;
  }

  private void add(ConfigNode node, String pointer) {
    if (node instanceof ConfigNode.Structure object) {
      object.members().forEach((key, member) -> add(member, Pointers.child(pointer, key)));
    } else if (node instanceof ConfigNode.Sequence sequence) {
      for (int i = 0; i < sequence.elements().size(); i++) {
        add(sequence.elements().get(i), Pointers.child(pointer, Integer.toString(i)));
      }
    } else if (node instanceof ConfigNode.Text text) {
      byPointer.put(pointer, text.value());
    } else if (node instanceof ConfigNode.Numeral numeral) {
      byPointer.put(
          pointer, new BigDecimal(numeral.literal()).stripTrailingZeros().toPlainString());
    } else if (node instanceof ConfigNode.Truth truth) {
      byPointer.put(pointer, Boolean.toString(truth.value()));
    } else {
      throw new AssertionError("an effective config has no " + node);
    }
  }
}
