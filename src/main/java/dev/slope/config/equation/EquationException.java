package dev.slope.config.equation;

import java.io.Serial;

/** An equation that can't be read: the message names the place in its text. */
public final class EquationException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * A problem at one place of the text.
   *
   * @param position the index in the text, from 0; its length for the end
   * @param message what is wrong there, for the user
   */
  EquationException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** The index in the text where the problem is, from 0; the text's length for its end. */
  public int position() {
    return position;
  }

  /** How a message names a place: characters are counted from 1, as editors do. */
  static String at(int position) {
    return " at character " + (position + 1);
  }
}
