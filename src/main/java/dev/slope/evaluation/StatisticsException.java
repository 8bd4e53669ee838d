package dev.slope.evaluation;

/** A fit whose coefficients have no statistics; the message is a clause that says why. */
public final class StatisticsException extends Exception {
  private static final long serialVersionUID = 1;

  public StatisticsException(String message) {
    super(message);
  }
}
