package dev.slope.config.equation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EquationTest {

  /** The values are worked out by hand, with x = 3 and y_2 = 5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2*x + 1; 7",
        "2x + 1; 7",
        "2x^2; 18",
        "2(x + 1); 8",
        "(x + 1)(x - 1); 8",
        "(x)y_2; 15",
        "3sin(0)x; 0",
        "1/2x; 1.5",
        "2pi; 6.283185307179586",
        "2e; 5.43656365691809",
        "2e1; 20",
        "1e-3; 0.001",
        "1.5E+2; 150",
        ".5; 0.5",
        "2.; 2",
        "-2^2; -4",
        "(-2)^2; 4",
        "2^-1; 0.5",
        "2^3^2; 512",
        "2^-3^2; 0.001953125",
        "-x; -3",
        "+x; 3",
        "--x; 3",
        "2 * -x; -6",
        "2 -x; -1",
        "10 - 4 - 3; 3",
        "24 / 4 / 3; 2",
        "1 + 2 * 3; 7",
        "(1 + 2) * 3; 9",
        "x*y_2 - y_2/2; 12.5",
        "sin(pi / 2); 1",
        "cos(0); 1",
        "exp(1) - e; 0",
        "log(e^2); 2",
        "sqrt(16); 4",
        "abs(-x); 3",
        "min(4, x, y_2); 3",
        "max(4, x, y_2); 5",
        "max(1, min(2, x)); 2"
      })
  void evaluates(String expression, double expected) {
    Evaluator evaluator = Equation.parse("z = " + expression).evaluator(List.of("x", "y_2"));
    assertThat(evaluator.evaluate(new double[] {3, 5})).isCloseTo(expected, within(1e-15));
  }

  @Test
  void keepsItsParts() {
    Equation equation = Equation.parse(" prix = b*a + Größe - a ");
    assertThat(equation.text()).isEqualTo(" prix = b*a + Größe - a ");
    assertThat(equation.label()).isEqualTo("prix");
    assertThat(equation.variables()).containsExactly("b", "a", "Größe");
    assertThat(equation.expression()).isInstanceOf(Expression.Binary.class);
  }

  @Test
  void namesAreCaseSensitive() {
    Evaluator evaluator = Equation.parse("y = X - x").evaluator(List.of("x", "X"));
    assertThat(evaluator.evaluate(new double[] {1, 10})).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "y = (x + ) | 9 | unexpected ')' at character 10: expected a number, a name or '('",
        "y = 2 * | 7 | unexpected end at character 8: expected a number, a name or '('",
        "y = * 2 | 4 | unexpected '*' at character 5: expected a number, a name or '('",
        "y =  | 3 | unexpected end at character 4: expected a number, a name or '('",
        "y = x) | 5 | unexpected ')' at character 6: it closes no '('",
        "y = (x | 6 | unexpected end at character 7: expected an operator or ')' for the '(' at character 5",
        "y = x 2 | 6 | unexpected '2' at character 7: expected an operator or the end",
        "y = x y | 6 | unexpected 'y' at character 7: expected an operator or the end",
        "y = 2x = 3 | 7 | unexpected '=' at character 8: an equation has one '='",
        "2 = x | 0 | unexpected '2' at character 1: expected the name of the label before '='",
        "2x + 1 | 0 | an equation must have the form 'label = expression', but has no '='",
        "y z = x | 2 | unexpected 'z' at character 3: expected '=' after the name of the label",
        "y = x $ 2 | 6 | unexpected '$' at character 7: an equation is made of numbers, names and the characters + - * / ^ ( ) , =",
        "y = sin x | 8 | unexpected 'x' at character 9: expected '(' after the function 'sin'",
        "y = sin | 7 | unexpected end at character 8: expected '(' after the function 'sin'",
        "y = sim(x) | 4 | 'sim' at character 5 is no function: the functions are sin, cos, exp, log, sqrt, abs, min, max; did you mean 'sin'?",
        "y = x(x + 1) | 4 | 'x' at character 5 is no function: the functions are sin, cos, exp, log, sqrt, abs, min, max; a product is written 'x*('",
        "y = log(x, 2) | 4 | the function 'log' at character 5 must have one argument, but has 2",
        "y = sin() | 4 | the function 'sin' at character 5 must have one argument, but has 0",
        "y = 2max(x) | 5 | the function 'max' at character 6 must have two or more arguments, but has 1",
        "y = max(1, 2 | 12 | unexpected end at character 13: expected an operator, ',' or ')' for the '(' at character 8",
        "y = 1e999 x | 4 | a number must be finite, but was 1e999 at character 5",
        "y = x + y | 8 | the label 'y' must not be used in its own expression, but was at character 9"
      })
  void namesThePlace(String text, int position, String message) {
    assertThatThrownBy(() -> Equation.parse(text))
        .asInstanceOf(InstanceOfAssertFactories.type(EquationException.class))
        .satisfies(problem -> assertThat(problem).hasMessage(message))
        .satisfies(problem -> assertThat(problem.position()).isEqualTo(position));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void rejectsNothing(String text) {
    assertThatThrownBy(() -> Equation.parse(text))
        .isInstanceOf(EquationException.class)
        .hasMessage("an equation must have the form 'label = expression', but was empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "2^", "sin(", "2("})
  void boundsItsDepth(String opening) {
    assertThatThrownBy(() -> Equation.parse("y = " + opening.repeat(100_000)))
        .isInstanceOf(EquationException.class)
        .hasMessageStartingWith("an expression must nest at most 200 deep, but nests deeper at");
  }

  @Test
  void takesDepthInUse() {
    // 199 pairs of parentheses and the number itself are 200 levels.
    String text = "y = " + "(".repeat(199) + "7" + ")".repeat(199);
    assertThat(Equation.parse(text).evaluator(List.of()).evaluate(new double[0])).isEqualTo(7);
  }

  @Test
  void takesLongSums() {
    // 100,000 times x: the tree is as deep as the sum is long.
    String text = "y = x" + " + x".repeat(99_999);
    Evaluator evaluator = Equation.parse(text).evaluator(List.of("x"));
    assertThat(evaluator.evaluate(new double[] {0.5})).isEqualTo(50_000);
  }

  @Test
  void namesAnUnknownVariable() {
    Equation equation = Equation.parse("price = 3 * araa + rooms");
    assertThatThrownBy(() -> equation.evaluator(List.of("area", "rooms")))
        .isInstanceOf(EquationException.class)
        .hasMessage(
            "'araa' at character 13 is not a variable; the variables are [area, rooms]; did you"
                + " mean 'area'?");
    assertThatThrownBy(() -> equation.evaluator(List.of("width")))
        .hasMessage("'araa' at character 13 is not a variable; the variables are [width]");
  }

  @ParameterizedTest
  @CsvSource({"y, the label", "max, a function", "pi, a constant"})
  void rejectsVariablesWithATakenName(String name, String owner) {
    assertThatThrownBy(() -> Equation.parse("y = x").evaluator(List.of("x", name)))
        .isInstanceOf(EquationException.class)
        .hasMessage("a variable must not have the name of " + owner + ", but was '" + name + "'");
  }
}
