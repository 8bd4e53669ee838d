package dev.slope.report;

import java.util.List;
import java.util.stream.Stream;

/** Reads SVG. */
final class Svgs {
  private Svgs() {}

  /** The corners of a path of straight lines, {@code 1 2L3 4}. */
  static List<double[]> corners(String path) {
    return Stream.of(path.split("L", -1))
        .map(corner -> Stream.of(corner.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }
}
