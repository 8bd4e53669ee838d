package dev.slope.evaluation;

/**
 * What the rows tell of the coefficients: {@code X'WX} at the solution, W the rows' weights times
 * {@code slope^2 / variance} of their {@link Family}, with an intercept as means and centred sums,
 * so that large means cost no digits.
 *
 * @param weight the sum of W
 * @param means of the inputs, weighted by W; zeros where no intercept is fitted
 * @param scatter {@code [inputs, inputs]}, row by row: the sums of {@code w (x - m)(x - m)'}
 * @param intercept whether one is fitted
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record Information(double weight, double[] means, double[] scatter, boolean intercept) {
  public Information {
    if (scatter.length != means.length * means.length) {
      throw new IllegalArgumentException(
          "scatter must have %d values, but had %d"
              .formatted(means.length * means.length, scatter.length));
    }
  }

  /** How many inputs. */
  public int inputs() {
    return means.length;
  }

  /** How many parameters, the intercept included where it is fitted. */
  public int parameters() {
    return means.length + (intercept ? 1 : 0);
  }
}
