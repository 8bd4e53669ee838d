package dev.slope.training;

/**
 * Another scale of a model's inputs: {@code input * factor + shift}.
 *
 * @param factor one an input; finite and not 0
 * @param shift one an input; finite
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InputScale(double[] factor, double[] shift) {
  public InputScale {
    factor = factor.clone();
    shift = shift.clone();
    if (shift.length != factor.length) {
      throw new IllegalArgumentException(
          "there must be as many shifts as factors, %d, but there were %d"
              .formatted(factor.length, shift.length));
    }
    for (int input = 0; input < factor.length; input++) {
      if (!Double.isFinite(factor[input]) || factor[input] == 0 || !Double.isFinite(shift[input])) {
        throw new IllegalArgumentException(
            "a factor must be finite and not 0, and a shift finite, but those of input %d were %s and %s"
                .formatted(input, factor[input], shift[input]));
      }
    }
  }

  /**
   * Parameters of one output on the scale that inputs have, from those on this one: with {@code (x
   * * factor + shift)' w + b = x' (factor * w) + (b + shift' w)}.
   *
   * @param parameters weights, then the intercept
   */
  double[] toShared(double[] parameters) {
    double[] shared = parameters.clone();
    for (int input = 0; input < factor.length; input++) {
      shared[input] *= factor[input];
      shared[factor.length] += shift[input] * parameters[input];
    }
    return shared;
  }

  /** The reverse of {@link #toShared}. */
  double[] fromShared(double[] parameters) {
    double[] own = parameters.clone();
    for (int input = 0; input < factor.length; input++) {
      own[input] /= factor[input];
      own[factor.length] -= shift[input] * own[input];
    }
    return own;
  }

  /** A copy of the factors. */
  @Override
  public double[] factor() {
    return factor.clone();
  }

  /** A copy of the shifts. */
  @Override
  public double[] shift() {
    return shift.clone();
  }
}
