package dev.slope.report;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Points of a chart: as many x as y, all finite. */
@SuppressWarnings("ArrayRecordComponent")
record Points(double[] x, double[] y) {
  /** The points of which both numbers are finite, by ascending x. */
  static Points finiteByX(double[] x, double[] y) {
    int[] order =
        IntStream.range(0, x.length)
            .filter(i -> Double.isFinite(x[i]) && Double.isFinite(y[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Points(
        IntStream.of(order).mapToDouble(i -> x[i]).toArray(),
        IntStream.of(order).mapToDouble(i -> y[i]).toArray());
  }

  int count() {
    return x.length;
  }
}
