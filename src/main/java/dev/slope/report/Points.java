package dev.slope.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Points of a chart: as many x as y, all finite. */
@SuppressWarnings("ArrayRecordComponent")
record Points(double[] x, double[] y) {
  /** The points of which both numbers are finite, in their order. */
  static Points finite(List<Double> x, List<Double> y) {
    return at(x, y, finitePlaces(x, y));
  }

  /** The points of which both numbers are finite, by ascending x. */
  static Points finiteByX(List<Double> x, List<Double> y) {
    return at(
        x,
        y,
        finitePlaces(x, y)
            .boxed()
            .sorted(Comparator.comparingDouble(x::get))
            .mapToInt(Integer::intValue));
  }

  private static IntStream finitePlaces(List<Double> x, List<Double> y) {
    return IntStream.range(0, x.size())
        .filter(i -> Double.isFinite(x.get(i)) && Double.isFinite(y.get(i)));
  }

  private static Points at(List<Double> x, List<Double> y, IntStream places) {
    int[] order = places.toArray();
    return new Points(
        IntStream.of(order).mapToDouble(x::get).toArray(),
        IntStream.of(order).mapToDouble(y::get).toArray());
  }

  /** The points of a line from (a, a) to (b, b). */
  static Points diagonal(double a, double b) {
    return new Points(new double[] {a, b}, new double[] {a, b});
  }

  int count() {
    return x.length;
  }
}
