package dev.slope.config.equation;

import dev.slope.config.Suggestions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code label = expression}, with {@code + - * / ^}, parentheses, {@code 2x}, the functions of
 * {@link Function} and the constants pi and e.
 *
 * <p>{@code ^} binds tightest and to the right, then signs, then products, then sums: {@code -2^2}
 * is -4. Names are case-sensitive: letters, digits and underscores.
 */
public final class Equation {
  private final String text;
  private final String label;
  private final Expression expression;
  private final Map<String, Integer> variables;

  /**
   * An equation that was read.
   *
   * @param variables each variable with the index of its first use in the text
   */
  Equation(String text, String label, Expression expression, Map<String, Integer> variables) {
    this.text = text;
    this.label = label;
    this.expression = expression;
    this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /**
   * Reads an equation.
   *
   * @throws EquationException where the text is none, with the place
   */
  public static Equation parse(String text) {
    return Parser.parse(text);
  }

  /** As the user wrote it. */
  public String text() {
    return text;
  }

  /** The name on the left side. */
  public String label() {
    return label;
  }

  /** The right side. */
  public Expression expression() {
    return expression;
  }

  /** The names that the right side uses, in the order of first use. */
  public Set<String> variables() {
    return variables.keySet();
  }

  /**
   * Makes the equation ready to be evaluated row by row.
   *
   * @param names the variables in the order in which their values will be given; the equation need
   *     not use all of them
   * @throws EquationException where it uses another one, or where one of them has the name of the
   *     label, a function or a constant
   */
  public Evaluator evaluator(List<String> names) {
    for (String name : names) {
      checkVariable(name);
    }
    variables.forEach(
        (name, position) -> {
          if (!names.contains(name)) {
            throw unknown(name, position, names);
          }
        });
    return new Evaluator(expression, names);
  }

  private void checkVariable(String name) {
    String taken = null;
    if (name.equals(label)) {
      taken = "the label";
    } else if (Function.named(name).isPresent()) {
      taken = "a function";
    } else if (Parser.CONSTANTS.containsKey(name)) {
      taken = "a constant";
    }
    if (taken != null) {
      throw new EquationException(
          0, "a variable must not have the name of %s, but was '%s'".formatted(taken, name));
    }
  }

  private static EquationException unknown(String name, int position, List<String> names) {
    String suggestion =
        Suggestions.nearest(name, names).map("; did you mean '%s'?"::formatted).orElse("");
    return new EquationException(
        position,
        "'%s'%s is not a variable; the variables are [%s]%s"
            .formatted(name, EquationException.at(position), String.join(", ", names), suggestion));
  }
}
