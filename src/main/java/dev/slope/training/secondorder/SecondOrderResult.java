package dev.slope.training.secondorder;

import java.util.List;

/**
 * Where an optimization ended.
 *
 * @param parameters the last, and best, ones
 * @param losses one an iteration, of the parameters it started from
 * @param finalLoss of {@code parameters}
 * @param gradientNorm the largest slope of any parameter there
 * @param end why it ended
 * @param warnings for the user: what is collinear, what has no optimum
 */
@SuppressWarnings("ArrayRecordComponent") // a result, never compared
public record SecondOrderResult(
    double[] parameters,
    double[] losses,
    double finalLoss,
    double gradientNorm,
    End end,
    List<String> warnings) {

  /** Why an optimization ended. */
  public enum End {
    /** The gradient is within its tolerance, or no step lowers the rounded loss any more. */
    CONVERGED,
    /** All iterations that were allowed have run. */
    ITERATIONS_DONE,
    /** The listener asked for it. */
    CANCELLED,
    /** The loss falls for ever as the parameters grow. */
    NO_FINITE_OPTIMUM
  }

  public SecondOrderResult {
    warnings = List.copyOf(warnings);
  }

  /** Whether this is the optimum. */
  public boolean converged() {
    return end == End.CONVERGED;
  }
}
