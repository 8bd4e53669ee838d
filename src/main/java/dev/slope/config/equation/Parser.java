package dev.slope.config.equation;

import dev.slope.config.Suggestions;
import dev.slope.config.equation.Expression.Binary;
import dev.slope.config.equation.Expression.Call;
import dev.slope.config.equation.Expression.Literal;
import dev.slope.config.equation.Expression.Negation;
import dev.slope.config.equation.Expression.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recursive descent over this grammar, where juxtaposition is multiplication after a number or a
 * closing parenthesis:
 *
 * <pre>
 * equation = name "=" sum
 * sum      = product { ("+" | "-") product }
 * product  = signed { ("*" | "/" | juxtaposition) signed }
 * signed   = ("-" | "+") signed | power
 * power    = primary [ "^" signed ]
 * primary  = number | name | constant | function "(" sum { "," sum } ")" | "(" sum ")"
 * </pre>
 */
final class Parser {
  /** How deep parentheses, signs and powers may nest: far beyond use, far below a full stack. */
  static final int MAX_DEPTH = 200;

  /** Names with a value of their own. */
  static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);

  private static final String OPERAND = "expected a number, a name or '('";
  private static final String FORM = "an equation must have the form 'label = expression'";

  private final String text;
  private final List<Token> tokens;
  private final Map<String, Integer> variables = new LinkedHashMap<>();
  private int next;
  private int depth;

  private Parser(String text) {
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  static Equation parse(String text) {
    return new Parser(text).equation();
  }

  private Equation equation() {
    if (peek().kind() == Token.Kind.END) {
      throw new EquationException(0, FORM + ", but was empty");
    }
    String label = label();
    Expression expression = sum();
    if (peek().kind() != Token.Kind.END) {
      throw afterExpression();
    }
    Integer labelUse = variables.get(label);
    if (labelUse != null) {
      throw new EquationException(
          labelUse,
          "the label '%s' must not be used in its own expression, but was%s"
              .formatted(label, EquationException.at(labelUse)));
    }
    return new Equation(text, label, expression, variables);
  }

  private String label() {
    if (tokens.stream().noneMatch(token -> token.isSymbol("="))) {
      throw new EquationException(0, FORM + ", but has no '='");
    }
    Token label = take();
    if (label.kind() != Token.Kind.NAME) {
      throw unexpected(label, "expected the name of the label before '='");
    }
    Token equals = take();
    if (!equals.isSymbol("=")) {
      throw unexpected(equals, "expected '=' after the name of the label");
    }
    return label.text();
  }

  private EquationException afterExpression() {
    if (peek().isSymbol("=")) {
      return unexpected(peek(), "an equation has one '='");
    }
    if (peek().isSymbol(")")) {
      return unexpected(peek(), "it closes no '('");
    }
    return unexpected(peek(), "expected an operator or the end");
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (accept("+")) {
        left = new Binary(BinaryOperator.ADD, left, product());
      } else if (accept("-")) {
        left = new Binary(BinaryOperator.SUBTRACT, left, product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = signed();
    while (true) {
      if (accept("*")) {
        left = new Binary(BinaryOperator.MULTIPLY, left, signed());
      } else if (accept("/")) {
        left = new Binary(BinaryOperator.DIVIDE, left, signed());
      } else if (isJuxtaposed()) {
        left = new Binary(BinaryOperator.MULTIPLY, left, signed());
      } else {
        return left;
      }
    }
  }

  /** Whether an operand follows directly on a number or a closing parenthesis. */
  private boolean isJuxtaposed() {
    Token last = tokens.get(next - 1);
    boolean mayBeFollowed = last.kind() == Token.Kind.NUMBER || last.isSymbol(")");
    return mayBeFollowed && (peek().kind() == Token.Kind.NAME || peek().isSymbol("("));
  }

  private Expression signed() {
    enter();
    Expression result;
    if (accept("-")) {
      result = new Negation(signed());
    } else if (accept("+")) {
      result = signed();
    } else {
      result = power();
    }
    depth--;
    return result;
  }

  private Expression power() {
    Expression base = primary();
    return accept("^") ? new Binary(BinaryOperator.POWER, base, signed()) : base;
  }

  private Expression primary() {
    Token token = take();
    if (token.kind() == Token.Kind.NUMBER) {
      return number(token);
    }
    if (token.kind() == Token.Kind.NAME) {
      return named(token);
    }
    if (token.isSymbol("(")) {
      Expression inner = sum();
      close(token, "an operator or ')'");
      return inner;
    }
    throw unexpected(token, OPERAND);
  }

  private static Expression number(Token token) {
    double value = Double.parseDouble(token.text());
    if (Double.isInfinite(value)) {
      throw new EquationException(
          token.position(),
          "a number must be finite, but was %s%s"
              .formatted(token.text(), EquationException.at(token.position())));
    }
    return new Literal(value);
  }

  private Expression named(Token name) {
    boolean called = peek().isSymbol("(");
    Function function = Function.named(name.text()).orElse(null);
    if (function != null && called) {
      return call(name, function);
    }
    if (function != null) {
      throw unexpected(peek(), "expected '(' after the function '%s'".formatted(function.symbol()));
    }
    if (called) {
      throw new EquationException(name.position(), notAFunction(name));
    }
    Double constant = CONSTANTS.get(name.text());
    if (constant != null) {
      return new Literal(constant);
    }
    variables.putIfAbsent(name.text(), name.position());
    return new Variable(name.text());
  }

  private static String notAFunction(Token name) {
    return "'%s'%s is no function: the functions are %s; %s"
        .formatted(
            name.text(),
            EquationException.at(name.position()),
            String.join(", ", Function.names()),
            Suggestions.nearest(name.text(), Function.names())
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() -> "a product is written '%s*('".formatted(name.text())));
  }

  private Expression call(Token name, Function function) {
    Token open = take();
    List<Expression> arguments = new ArrayList<>();
    if (!peek().isSymbol(")")) {
      arguments.add(sum());
      while (accept(",")) {
        arguments.add(sum());
      }
    }
    close(open, "an operator, ',' or ')'");
    if (!function.takes(arguments.size())) {
      throw new EquationException(
          name.position(),
          "the function '%s'%s must have %s, but has %d"
              .formatted(
                  function.symbol(),
                  EquationException.at(name.position()),
                  function.arity(),
                  arguments.size()));
    }
    return new Call(function, arguments);
  }

  private void close(Token open, String expected) {
    Token token = take();
    if (!token.isSymbol(")")) {
      throw unexpected(
          token,
          "expected %s for the '('%s".formatted(expected, EquationException.at(open.position())));
    }
  }

  private void enter() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new EquationException(
          peek().position(),
          "an expression must nest at most %d deep, but nests deeper%s"
              .formatted(MAX_DEPTH, EquationException.at(peek().position())));
    }
  }

  private static EquationException unexpected(Token token, String expected) {
    return new EquationException(
        token.position(),
        "unexpected %s%s: %s"
            .formatted(token.describe(), EquationException.at(token.position()), expected));
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    // The end stays where it is, so that whatever is missing there is reported there.
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  private boolean accept(String symbol) {
    boolean matches = peek().isSymbol(symbol);
    if (matches) {
      next++;
    }
    return matches;
  }
}
