package dev.slope.training.secondorder;

import dev.slope.config.Precision;

/** A smooth function to minimise, with its gradient. */
public interface Objective {

  /** How many parameters it has. */
  int size();

  /** What rows are scored in, which bounds what losses tell. */
  default Precision precision() {
    return Precision.FLOAT32;
  }

  /** Its value and gradient. */
  Evaluation evaluate(double[] parameters);

  /**
   * A value and a gradient.
   *
   * @param loss the value; not finite where the parameters are out of bounds
   * @param gradient one a parameter
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Evaluation(double loss, double[] gradient) {
    /** The largest slope of any parameter. */
    double gradientNorm() {
      return Vectors.maxNorm(gradient);
    }
  }
}
