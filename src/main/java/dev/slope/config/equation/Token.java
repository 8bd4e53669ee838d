package dev.slope.config.equation;

/**
 * A piece of an equation's text.
 *
 * @param kind what it is
 * @param text as written; empty at the end
 * @param position its first character's index in the equation, from 0
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    NUMBER,
    NAME,
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** How a message names it. */
  String describe() {
    return kind == Kind.END ? "end" : "'" + text + "'";
  }
}
