package dev.slope.config.equation;

import java.util.List;

/** The right side of an equation, as a tree. */
public sealed interface Expression {

  /**
   * A number, or a constant by its value.
   *
   * @param value finite, at least 0: a sign is a {@link Negation}
   */
  record Literal(double value) implements Expression {}

  /**
   * A column that the label is computed from.
   *
   * @param name case-sensitive
   */
  record Variable(String name) implements Expression {}

  /**
   * The operand with its sign changed.
   *
   * @param operand what is negated
   */
  record Negation(Expression operand) implements Expression {}

  /**
   * Two operands joined.
   *
   * @param operator what joins them
   * @param left evaluated first
   * @param right evaluated second
   */
  record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

  /**
   * A function of its arguments.
   *
   * @param function which
   * @param arguments as many as the function takes
   */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
      if (!function.takes(arguments.size())) {
        throw new IllegalArgumentException(
            function.symbol() + " must have " + function.arity() + ", but has " + arguments.size());
      }
    }
  }
}
