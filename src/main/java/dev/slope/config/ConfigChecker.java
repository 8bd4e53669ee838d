package dev.slope.config;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a written-out tree against the types of the config records and finds every problem. */
final class ConfigChecker {
  private final List<ConfigProblem> problems;

  ConfigChecker(List<ConfigProblem> problems) {
    this.problems = problems;
  }

  /** Checks one value. */
  void check(ConfigNode node, ConfigType type, String pointer) {
    if (type instanceof ConfigType.Structure structure) {
      structure(node, structure, pointer);
    } else if (type instanceof ConfigType.Choice choice) {
      choice(node, choice, pointer);
    } else if (type instanceof ConfigType.Dictionary dictionary) {
      dictionary(node, dictionary, pointer);
    } else if (type instanceof ConfigType.Sequence sequence) {
      sequence(node, sequence, pointer);
    } else if (type instanceof ConfigType.Enumeration enumeration) {
      oneOf(
          node,
          enumeration.constants().keySet(),
          enumeration.planned(),
          "must be " + enumeration.phrase(),
          pointer);
    } else if (type instanceof ConfigType.Scalar scalar) {
      scalar(node, scalar, pointer);
    } else {
      throw new AssertionError("no check for " + type);
    }
  }

  private void structure(ConfigNode node, ConfigType.Structure type, String pointer) {
    if (node instanceof ConfigNode.Structure object) {
      members(object, type, pointer);
    } else {
      mismatch(node, type, pointer);
    }
  }

  private void members(ConfigNode.Structure object, ConfigType.Structure type, String pointer) {
    for (Map.Entry<String, ConfigNode> member : object.members().entrySet()) {
      String key = member.getKey();
      ConfigType.Field field = type.fields().get(key);
      String memberPointer = object.memberPointer(pointer, key);
      if (field != null) {
        field(member.getValue(), field, memberPointer);
      } else if (type.planned().contains(key)) {
        report(member.getValue(), memberPointer, "is not supported yet; leave it out");
      } else {
        report(
            member.getValue(),
            memberPointer,
            "is not a known key; "
                + Suggestions.nearest(key, type.fields().keySet())
                    .map(near -> "did you mean '" + near + "'?")
                    .orElseGet(() -> "known keys: " + type.fields().keySet()));
      }
    }
    for (ConfigType.Field field : type.fields().values()) {
      if (field.required() && !object.members().containsKey(field.key())) {
        report(
            object,
            Pointers.child(pointer, field.key()),
            "is required and must be " + field.type().phrase());
      }
    }
  }

  private void field(ConfigNode node, ConfigType.Field field, String pointer) {
    if (node instanceof ConfigNode.Text text && field.plannedText().contains(text.value())) {
      report(
          node,
          pointer,
          node.shown() + " is not supported yet; it must be " + field.type().phrase());
      return;
    }
    if (field.secret()) {
      secret(node, field, pointer);
      return;
    }
    int before = problems.size();
    check(node, field.type(), pointer);
    if (problems.size() > before) {
      return;
    }
    Object value = plain(node);
    for (Constraints constraint : field.constraints()) {
      if (!constraint.holds().test(value)) {
        report(node, pointer, "must be " + constraint.rule() + ", but was " + emptyOr(node));
        return;
      }
    }
  }

  /** Says what is wrong without the value, which may be a password. */
  private void secret(ConfigNode node, ConfigType.Field field, String pointer) {
    for (Constraints constraint : field.constraints()) {
      if (!(node instanceof ConfigNode.Text text) || !constraint.holds().test(text.value())) {
        problems.add(
            new ConfigProblem(
                node.place().withoutValue(),
                pointer,
                "must be " + constraint.rule() + "; what was written is not shown"));
        return;
      }
    }
  }

  /** An empty list or object is called so; anything else is shown as written. */
  private static String emptyOr(ConfigNode node) {
    boolean container = node instanceof ConfigNode.Structure || node instanceof ConfigNode.Sequence;
    return container ? "empty" : node.shown();
  }

  /** The value as {@link Constraints} read it. */
  private static Object plain(ConfigNode node) {
    if (node instanceof ConfigNode.Structure object) {
      return object.members();
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      return sequence.elements();
    }
    if (node instanceof ConfigNode.Numeral numeral) {
      return Double.valueOf(numeral.literal());
    }
    if (node instanceof ConfigNode.Text text) {
      return text.value();
    }
    return node;
  }

  private void choice(ConfigNode node, ConfigType.Choice choice, String pointer) {
    if (!(node instanceof ConfigNode.Structure object)) {
      mismatch(node, choice, pointer);
      return;
    }
    String typePointer = object.memberPointer(pointer, "type");
    ConfigNode type = object.members().get("type");
    if (type == null) {
      report(
          object, typePointer, "is required and must be one of " + choice.alternatives().keySet());
      return;
    }
    int before = problems.size();
    String rule =
        "type".equals(object.bareKey())
            ? "must be " + choice.barePhrase()
            : "must be one of " + choice.alternatives().keySet();
    oneOf(type, choice.alternatives().keySet(), choice.planned(), rule, typePointer);
    if (problems.size() == before && type instanceof ConfigNode.Text name) {
      ConfigNode.Structure rest =
          new ConfigNode.Structure(
              object.place(), new LinkedHashMap<>(object.members()), object.bareKey());
      rest.members().remove("type");
      members(rest, choice.alternative(name.value()), pointer);
    }
  }

  private void dictionary(ConfigNode node, ConfigType.Dictionary type, String pointer) {
    if (node instanceof ConfigNode.Structure object) {
      object
          .members()
          .forEach((key, value) -> check(value, type.value(), Pointers.child(pointer, key)));
    } else {
      mismatch(node, type, pointer);
    }
  }

  private void sequence(ConfigNode node, ConfigType.Sequence type, String pointer) {
    if (node instanceof ConfigNode.Sequence sequence) {
      for (int i = 0; i < sequence.elements().size(); i++) {
        check(
            sequence.elements().get(i),
            type.element(),
            Pointers.child(pointer, Integer.toString(i)));
      }
    } else {
      mismatch(node, type, pointer);
    }
  }

  private void oneOf(
      ConfigNode node, Set<String> values, List<String> planned, String rule, String pointer) {
    if (!(node instanceof ConfigNode.Text text)) {
      report(node, pointer, rule + ", but was " + node.shown());
    } else if (planned.contains(text.value())) {
      report(node, pointer, node.shown() + " is not supported yet; it " + rule);
    } else if (!values.contains(text.value())) {
      String suggestion =
          Suggestions.nearest(text.value(), values)
              .map(near -> "; did you mean '" + near + "'?")
              .orElse("");
      report(node, pointer, rule + ", but was " + node.shown() + suggestion);
    }
  }

  private void scalar(ConfigNode node, ConfigType.Scalar type, String pointer) {
    boolean right =
        switch (type) {
          case INTEGER -> isInteger(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case LONG -> isInteger(node, Long.MIN_VALUE, Long.MAX_VALUE);
          case NUMBER -> node instanceof ConfigNode.Numeral;
          case TEXT -> node instanceof ConfigNode.Text;
          case LITERAL ->
              node instanceof ConfigNode.Text
                  || node instanceof ConfigNode.Numeral
                  || node instanceof ConfigNode.Truth;
          case TRUTH -> node instanceof ConfigNode.Truth;
          case ANY -> !hasNothing(node);
        };
    if (!right && type == ConfigType.Scalar.ANY) {
      report(node, pointer, "must be a value without null; leave null out");
    } else if (!right) {
      mismatch(node, type, pointer);
    } else if (type == ConfigType.Scalar.NUMBER
        && node instanceof ConfigNode.Numeral numeral
        && !Double.isFinite(Double.parseDouble(numeral.literal()))) {
      report(
          node,
          pointer,
          "must be a number of at most 1.8e308 in magnitude, but was " + node.shown());
    }
  }

  /** Whether null is in it anywhere. */
  static boolean hasNothing(ConfigNode node) {
    if (node instanceof ConfigNode.Structure object) {
      return object.members().values().stream().anyMatch(ConfigChecker::hasNothing);
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      return sequence.elements().stream().anyMatch(ConfigChecker::hasNothing);
    }
    return node instanceof ConfigNode.Nothing;
  }

  private static boolean isInteger(ConfigNode node, long min, long max) {
    if (!(node instanceof ConfigNode.Numeral numeral)
        || !numeral.literal().matches("-?[0-9]+")
        || numeral.literal().length() > 20) {
      return false;
    }
    BigInteger value = new BigInteger(numeral.literal());
    return value.compareTo(BigInteger.valueOf(min)) >= 0
        && value.compareTo(BigInteger.valueOf(max)) <= 0;
  }

  private void mismatch(ConfigNode node, ConfigType type, String pointer) {
    report(node, pointer, "must be " + type.phrase() + ", but was " + node.shown());
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), pointer, message));
  }
}
