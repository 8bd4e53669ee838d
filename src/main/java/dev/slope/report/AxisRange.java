package dev.slope.report;

/**
 * What an axis shows.
 *
 * @param min less than {@code max}
 * @param max finite
 */
record AxisRange(double min, double max) {
  private static final double MARGIN = 0.04;

  /** A range around all values with a small margin; around a single value, a tenth of it. */
  static AxisRange around(double[]... series) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double[] values : series) {
      for (double value : values) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    double margin = max > min ? MARGIN * (max - min) : Math.max(Math.abs(max) * 0.1, 1e-3);
    return new AxisRange(min - margin, max + margin);
  }
}
