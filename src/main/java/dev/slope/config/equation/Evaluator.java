package dev.slope.config.equation;

import dev.slope.config.equation.Expression.Binary;
import dev.slope.config.equation.Expression.Call;
import dev.slope.config.equation.Expression.Literal;
import dev.slope.config.equation.Expression.Negation;
import dev.slope.config.equation.Expression.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * An expression as a program for a stack of float64, in reverse Polish order.
 *
 * <p>Neither compiling nor running it recurses: a sum of a million terms is a tree a million deep.
 * It has a stack of its own, so each thread needs its own evaluator.
 */
public final class Evaluator {
  private final int variables;
  private final Step[] program;
  private final double[] stack;

  Evaluator(Expression expression, List<String> names) {
    this.variables = names.size();
    List<Step> steps = new ArrayList<>();
    Deque<Expression> pending = new ArrayDeque<>();
    pending.push(expression);
    // Last step first: a node before its operands, its last operand before the others.
    while (!pending.isEmpty()) {
      Expression node = pending.pop();
      steps.add(step(node, names));
      operands(node).forEach(pending::push);
    }
    Collections.reverse(steps);
    this.program = steps.toArray(Step[]::new);
    this.stack = new double[program.length];
  }

  /**
   * The expression's value in float64; NaN or infinite where it has none.
   *
   * @param values of the variables, in the order of the names it was made with
   */
  public double evaluate(double[] values) {
    if (values.length != variables) {
      throw new IllegalArgumentException(
          "values must be " + variables + ", but were " + values.length);
    }
    int height = 0;
    for (Step step : program) {
      height = step.run(stack, height, values);
    }
    return stack[0];
  }

  private static List<Expression> operands(Expression node) {
    if (node instanceof Literal || node instanceof Variable) {
      return List.of();
    }
    if (node instanceof Negation negation) {
      return List.of(negation.operand());
    }
    if (node instanceof Binary binary) {
      return List.of(binary.left(), binary.right());
    }
    if (node instanceof Call call) {
      return call.arguments();
    }
    throw new AssertionError("no operands for " + node.getClass().getSimpleName());
  }

  private static Step step(Expression node, List<String> names) {
    if (node instanceof Literal number) {
      return push(number.value());
    }
    if (node instanceof Variable variable) {
      int index = names.indexOf(variable.name());
      return (stack, height, values) -> {
        stack[height] = values[index];
        return height + 1;
      };
    }
    if (node instanceof Negation) {
      return (stack, height, values) -> {
        stack[height - 1] = -stack[height - 1];
        return height;
      };
    }
    if (node instanceof Binary binary) {
      BinaryOperator operator = binary.operator();
      return (stack, height, values) -> {
        stack[height - 2] = operator.apply(stack[height - 2], stack[height - 1]);
        return height - 1;
      };
    }
    if (node instanceof Call call) {
      return call(call.function(), call.arguments().size());
    }
    throw new AssertionError("no step for " + node.getClass().getSimpleName());
  }

  private static Step push(double value) {
    return (stack, height, values) -> {
      stack[height] = value;
      return height + 1;
    };
  }

  private static Step call(Function function, int count) {
    return (stack, height, values) -> {
      int first = height - count;
      stack[first] = function.apply(stack, first, count);
      return first + 1;
    };
  }

  @FunctionalInterface
  private interface Step {
    /** Takes its operands from the stack's top, puts its result there; returns the new height. */
    int run(double[] stack, int height, double[] values);
  }
}
