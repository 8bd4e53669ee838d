package dev.slope.graph;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The part of the objective that has no gradient, as its proximal operator: {@code prox(v) = argmin
 * over x of |x - v|^2 / (2 * step) + h(x)}.
 *
 * <p>Here h is {@code l1 * |x|_1} and the bounds of the weights; intercepts have neither. Both act
 * on each weight alone, so that the operator of their sum is the one of {@code l1} and then the
 * projection (Parikh and Boyd 2014, sections 2.1 and 6.5).
 */
public sealed interface Proximal permits NoProximal, PenaltyAndBounds {

  /** Nothing but the smooth part. */
  Proximal NONE = new NoProximal();

  /**
   * Adds the ops that move a value; none where there is nothing to do.
   *
   * @param parameter 0 for the weights, 1 for the intercepts
   * @param value where the step along the gradient has ended
   * @param stepSize how long that step was as a factor of the gradient: a scalar, or one an element
   * @return {@code value} itself where this parameter is left alone
   */
  <T extends TFloating> Operand<T> apply(
      Ops tf, int parameter, Operand<T> value, Operand<T> stepSize);

  /**
   * The operator of a penalty and bounds.
   *
   * @param l1 the factor of the sum of the weights' magnitudes; at least 0
   * @param low the least weight of each input; negative infinity for none
   * @param high the largest weight of each input; infinity for none
   * @return {@link #NONE} where nothing is penalised or bounded
   */
  static Proximal of(double l1, double[] low, double[] high) {
    return of(new double[] {l1}, low, high);
  }

  /**
   * The operator of penalties and bounds.
   *
   * @param l1 the factor of the sum of the weights' magnitudes, one a column of the weights or one
   *     for all; at least 0
   * @param low the least weight of each input; negative infinity for none
   * @param high the largest weight of each input; infinity for none
   * @return {@link #NONE} where nothing is penalised or bounded
   */
  static Proximal of(double[] l1, double[] low, double[] high) {
    for (int input = 0; input < low.length; input++) {
      if (low[input] != Double.NEGATIVE_INFINITY || high[input] != Double.POSITIVE_INFINITY) {
        return new PenaltyAndBounds(l1.clone(), low.clone(), high.clone());
      }
    }
    return Arrays.stream(l1).allMatch(factor -> factor == 0)
        ? NONE
        : new PenaltyAndBounds(l1.clone(), new double[0], new double[0]);
  }
}
