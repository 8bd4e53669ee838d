package dev.slope.training.secondorder;

/** Watches an optimization from its own thread, once an iteration. */
public interface SecondOrderListener {
  /** Watches nothing. */
  SecondOrderListener NONE = (iteration, loss, gradientNorm) -> true;

  /**
   * An iteration begins.
   *
   * @param iteration its number; the first is 1
   * @param loss of the parameters it starts from
   * @param gradientNorm the largest slope of any parameter there
   * @return false to stop with these parameters
   */
  boolean onIteration(int iteration, double loss, double gradientNorm);
}
