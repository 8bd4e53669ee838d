package dev.slope.config.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an equation's text into tokens. */
final class Lexer {
  // Possessive, so that a long text is matched without recursion in the regex engine.
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*+");
  private static final String SYMBOLS = "+-*/^(),=";

  private Lexer() {}

  /**
   * All tokens of a text, the last of kind END.
   *
   * @throws EquationException where a character belongs to no token
   */
  static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher number = NUMBER.matcher(text);
    Matcher name = NAME.matcher(text);
    int position = 0;
    while (position < text.length()) {
      int character = text.codePointAt(position);
      if (Character.isWhitespace(character)) {
        position += Character.charCount(character);
        continue;
      }
      Token token;
      if (number.region(position, text.length()).lookingAt()) {
        token = new Token(Token.Kind.NUMBER, number.group(), position);
      } else if (name.region(position, text.length()).lookingAt()) {
        token = new Token(Token.Kind.NAME, name.group(), position);
      } else if (SYMBOLS.indexOf(character) >= 0) {
        token = new Token(Token.Kind.SYMBOL, Character.toString(character), position);
      } else {
        throw new EquationException(
            position,
            "unexpected '"
                + Character.toString(character)
                + "'"
                + EquationException.at(position)
                + ": an equation is made of numbers, names and the characters + - * / ^ ( ) , =");
      }
      tokens.add(token);
      position += token.text().length();
    }
    tokens.add(new Token(Token.Kind.END, "", text.length()));
    return tokens;
  }
}
