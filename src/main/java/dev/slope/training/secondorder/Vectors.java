package dev.slope.training.secondorder;

/** Arithmetic of vectors in float64. */
final class Vectors {
  private Vectors() {}

  /** {@code a'b}. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The largest absolute value; NaN where one is NaN. */
  static double maxNorm(double[] a) {
    double max = 0;
    for (double value : a) {
      max = Math.max(max, Math.abs(value));
    }
    return max;
  }

  /** {@code sum += factor * b}, in place. */
  static void add(double[] sum, double factor, double[] b) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * b[i];
    }
  }

  /** {@code a + factor * b}. */
  static double[] plus(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    add(sum, factor, b);
    return sum;
  }

  /** {@code a - b}. */
  static double[] minus(double[] a, double[] b) {
    return plus(a, -1, b);
  }

  /** {@code factor * a}. */
  static double[] scaled(double factor, double[] a) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = factor * a[i];
    }
    return product;
  }
}
