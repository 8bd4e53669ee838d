package dev.slope.config.equation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The functions of an equation. They come from {@link StrictMath}, so that an equation has the same
 * values on every machine.
 */
public enum Function {
  /** The sine of an angle in radians. */
  SIN,
  /** The cosine of an angle in radians. */
  COS,
  /** e to the power of the argument. */
  EXP,
  /** The natural logarithm. */
  LOG,
  /** The square root. */
  SQRT,
  /** The absolute value. */
  ABS,
  /** The smallest of two or more arguments. */
  MIN,
  /** The largest of two or more arguments. */
  MAX;

  /** The function of a name, which is case-sensitive. */
  public static Optional<Function> named(String name) {
    return Arrays.stream(values()).filter(function -> function.symbol().equals(name)).findFirst();
  }

  /** The names of all functions. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Function::symbol).toList();
  }

  /** As it is written. */
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can be called with so many arguments. */
  public boolean takes(int arguments) {
    return isVariadic() ? arguments >= 2 : arguments == 1;
  }

  /** How many arguments it takes, for a message. */
  String arity() {
    return isVariadic() ? "two or more arguments" : "one argument";
  }

  private boolean isVariadic() {
    return this == MIN || this == MAX;
  }

  /** Its value for {@code count} arguments that stand in an array from {@code first} on. */
  double apply(double[] arguments, int first, int count) {
    double argument = arguments[first];
    return switch (this) {
      case SIN -> StrictMath.sin(argument);
      case COS -> StrictMath.cos(argument);
      case EXP -> StrictMath.exp(argument);
      case LOG -> StrictMath.log(argument);
      case SQRT -> StrictMath.sqrt(argument);
      case ABS -> StrictMath.abs(argument);
      case MIN -> {
        double smallest = argument;
        for (int i = first + 1; i < first + count; i++) {
          smallest = StrictMath.min(smallest, arguments[i]);
        }
        yield smallest;
      }
      case MAX -> {
        double largest = argument;
        for (int i = first + 1; i < first + count; i++) {
          largest = StrictMath.max(largest, arguments[i]);
        }
        yield largest;
      }
    };
  }
}
