package dev.slope.config;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules that the annotations of a record component state, read in one place: records check
 * themselves with it, and the reader checks a config's tree with it before anything is bound.
 *
 * @param rule what the value must be, to follow "must be"
 * @param keyword the JSON Schema keyword that says the same
 * @param bound the keyword's value
 * @param holds whether a value keeps the rule
 */
record Constraints(String rule, String keyword, Object bound, Predicate<Object> holds) {

  /**
   * Checks a record's components, in a compact constructor.
   *
   * @param values the components' values in their order; a null is a component's absence
   * @throws IllegalArgumentException with the component's name, the rule and the value
   */
  static void check(Class<? extends Record> type, @Nullable Object... values) {
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Object value = values[i];
      if (value == null) {
        continue;
      }
      for (Constraints constraint : of(components[i])) {
        if (!constraint.holds.test(value)) {
          throw new IllegalArgumentException(
              ConfigNames.key(components[i])
                  + " must be "
                  + constraint.rule
                  + (components[i].isAnnotationPresent(Confidential.class)
                      ? "; what it was is not shown"
                      : ", but was " + value));
        }
      }
    }
  }

  /** The rules of one component, besides its type. */
  static List<Constraints> of(RecordComponent component) {
    Method accessor = component.getAccessor();
    List<Constraints> rules = new ArrayList<>();
    if (isDouble(component.getType())) {
      rules.add(
          new Constraints(
              "a finite number", "type", "number", value -> Double.isFinite(number(value))));
    }
    Min min = accessor.getAnnotation(Min.class);
    if (min != null) {
      rules.add(
          new Constraints(
              ">= " + min.value(), "minimum", min.value(), value -> number(value) >= min.value()));
    }
    Max max = accessor.getAnnotation(Max.class);
    if (max != null) {
      rules.add(
          new Constraints(
              "<= " + max.value(), "maximum", max.value(), value -> number(value) <= max.value()));
    }
    DecimalMin above = accessor.getAnnotation(DecimalMin.class);
    if (above != null) {
      rules.add(above(above));
    }
    DecimalMax below = accessor.getAnnotation(DecimalMax.class);
    if (below != null) {
      rules.add(below(below));
    }
    if (accessor.isAnnotationPresent(Positive.class)) {
      rules.add(new Constraints("> 0", "exclusiveMinimum", 0, value -> number(value) > 0));
    }
    if (accessor.isAnnotationPresent(PositiveOrZero.class)) {
      rules.add(new Constraints(">= 0", "minimum", 0, value -> number(value) >= 0));
    }
    if (accessor.isAnnotationPresent(NotBlank.class)) {
      rules.add(
          new Constraints(
              "more than blanks", "pattern", "\\S", value -> !value.toString().isBlank()));
    }
    if (accessor.isAnnotationPresent(NotEmpty.class)) {
      String keyword = component.getType() == Map.class ? "minProperties" : "minItems";
      rules.add(new Constraints("not empty", keyword, 1, value -> size(value) > 0));
    }
    Pattern pattern = accessor.getAnnotation(Pattern.class);
    if (pattern != null) {
      rules.add(
          new Constraints(
              rule(pattern),
              "pattern",
              "^(" + pattern.regexp() + ")$",
              value -> value.toString().matches(pattern.regexp())));
    }
    return rules;
  }

  /** The annotation's own words, where it has some. */
  private static String rule(Pattern pattern) {
    String message = pattern.message();
    return message.startsWith("{") ? "of the form " + pattern.regexp() : message;
  }

  private static Constraints above(DecimalMin bound) {
    double min = Double.parseDouble(bound.value());
    return bound.inclusive()
        ? new Constraints(
            ">= " + bound.value(),
            "minimum",
            new BigDecimal(bound.value()),
            value -> number(value) >= min)
        : new Constraints(
            "> " + bound.value(),
            "exclusiveMinimum",
            new BigDecimal(bound.value()),
            value -> number(value) > min);
  }

  private static Constraints below(DecimalMax bound) {
    double max = Double.parseDouble(bound.value());
    return bound.inclusive()
        ? new Constraints(
            "<= " + bound.value(),
            "maximum",
            new BigDecimal(bound.value()),
            value -> number(value) <= max)
        : new Constraints(
            "< " + bound.value(),
            "exclusiveMaximum",
            new BigDecimal(bound.value()),
            value -> number(value) < max);
  }

  private static boolean isDouble(Class<?> type) {
    return type == double.class || type == Double.class;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static int size(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    return ((Collection<?>) value).size();
  }
}
