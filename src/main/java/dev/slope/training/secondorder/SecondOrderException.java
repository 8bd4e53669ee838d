package dev.slope.training.secondorder;

import dev.slope.config.Precision;
import dev.slope.config.UserException;
import java.io.Serial;

/** An optimization that can't begin: the message says why, and what to do. */
public final class SecondOrderException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  SecondOrderException(String message) {
    super(message);
  }

  /** The start itself is out of bounds. */
  static SecondOrderException badStart(double loss, Precision precision) {
    return new SecondOrderException(
        "training can't start: the loss before the first iteration is "
            + loss
            + "; scale the features ('scaling': 'standard') and the label to values whose squares"
            + " "
            + precision.key()
            + " holds, or start from zeros");
  }
}
