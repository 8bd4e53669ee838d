package dev.slope.config.equation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random trees, checked against a second evaluator and a printer that live here only. */
class EquationPropertyTest {
  private static final List<String> NAMES = List.of("x", "Y", "z_1");

  @Property
  void aTreeWrittenOutWithAllParenthesesReadsBack(@ForAll("expressions") Expression expression) {
    assertThat(Equation.parse("label = " + print(expression)).expression()).isEqualTo(expression);
  }

  @Property
  void theProgramComputesWhatTheTreeMeans(
      @ForAll("expressions") Expression expression, @ForAll double x, @ForAll double y) {
    double[] values = {x, y, 0.5};
    double actual = new Evaluator(expression, NAMES).evaluate(values);
    assertThat(Double.valueOf(actual)).isEqualTo(Double.valueOf(meaning(expression, values)));
  }

  @Provide
  Arbitrary<Expression> expressions() {
    return ofDepth(5);
  }

  private static Arbitrary<Expression> ofDepth(int depth) {
    Arbitrary<Expression> leaves =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 1e6).map(Expression.Literal::new),
            Arbitraries.of(NAMES).map(Expression.Variable::new));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Expression> inner = Arbitraries.lazy(() -> ofDepth(depth - 1));
    Arbitrary<Expression> unary =
        Combinators.combine(
                Arbitraries.of(Function.values()).filter(function -> function.takes(1)), inner)
            .as((function, argument) -> new Expression.Call(function, List.of(argument)));
    Arbitrary<Expression> variadic =
        Combinators.combine(
                Arbitraries.of(Function.MIN, Function.MAX), inner.list().ofMinSize(2).ofMaxSize(4))
            .as(Expression.Call::new);
    Arbitrary<Expression> binary =
        Combinators.combine(Arbitraries.of(BinaryOperator.values()), inner, inner)
            .as(Expression.Binary::new);
    return Arbitraries.oneOf(leaves, unary, variadic, binary, inner.map(Expression.Negation::new));
  }

  private static String print(Expression node) {
    if (node instanceof Expression.Literal number) {
      return Double.toString(number.value());
    }
    if (node instanceof Expression.Variable variable) {
      return variable.name();
    }
    if (node instanceof Expression.Negation negation) {
      return "(-" + print(negation.operand()) + ")";
    }
    if (node instanceof Expression.Binary binary) {
      return "(" + print(binary.left()) + binary.operator().symbol() + print(binary.right()) + ")";
    }
    if (node instanceof Expression.Call call) {
      return call.arguments().stream()
          .map(EquationPropertyTest::print)
          .collect(Collectors.joining(", ", call.function().symbol() + "(", ")"));
    }
    throw new AssertionError(node);
  }

  private static double meaning(Expression node, double[] values) {
    if (node instanceof Expression.Literal number) {
      return number.value();
    }
    if (node instanceof Expression.Variable variable) {
      return values[NAMES.indexOf(variable.name())];
    }
    if (node instanceof Expression.Negation negation) {
      return -meaning(negation.operand(), values);
    }
    if (node instanceof Expression.Binary binary) {
      double left = meaning(binary.left(), values);
      double right = meaning(binary.right(), values);
      return switch (binary.operator()) {
        case ADD -> left + right;
        case SUBTRACT -> left - right;
        case MULTIPLY -> left * right;
        case DIVIDE -> left / right;
        case POWER -> StrictMath.pow(left, right);
      };
    }
    if (node instanceof Expression.Call call) {
      double[] arguments =
          call.arguments().stream().mapToDouble(argument -> meaning(argument, values)).toArray();
      return switch (call.function()) {
        case SIN -> StrictMath.sin(arguments[0]);
        case COS -> StrictMath.cos(arguments[0]);
        case EXP -> StrictMath.exp(arguments[0]);
        case LOG -> StrictMath.log(arguments[0]);
        case SQRT -> Math.sqrt(arguments[0]);
        case ABS -> Math.abs(arguments[0]);
        case MIN -> smallest(arguments);
        case MAX -> -smallest(negated(arguments));
      };
    }
    throw new AssertionError(node);
  }

  private static double smallest(double[] values) {
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : values) {
      smallest = Math.min(smallest, value);
    }
    return smallest;
  }

  private static double[] negated(double[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = -values[i];
    }
    return result;
  }
}
