package dev.slope.config.equation;

/** An operator between two operands. */
public enum BinaryOperator {
  /** The sum. */
  ADD("+"),
  /** The difference. */
  SUBTRACT("-"),
  /** The product, also of operands written side by side. */
  MULTIPLY("*"),
  /** The quotient. */
  DIVIDE("/"),
  /** The power. */
  POWER("^");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As it is written. */
  public String symbol() {
    return symbol;
  }

  /** Its value in float64, the same on every machine. */
  double apply(double left, double right) {
    return switch (this) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case POWER -> StrictMath.pow(left, right);
    };
  }
}
