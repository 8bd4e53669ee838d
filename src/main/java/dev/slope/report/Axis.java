package dev.slope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart.
 *
 * @param name what it measures
 * @param from the value at the left or lower end
 * @param to the value at the other end
 * @param scale how values lie between
 * @param categories the names of the places 0, 1, ...; empty where the axis is one of numbers
 */
record Axis(String name, double from, double to, Scale scale, List<String> categories) {
  /** How values lie on an axis. */
  enum Scale {
    LINEAR,
    LOGARITHMIC,
    CATEGORIES
  }

  /**
   * A value that is named on an axis.
   *
   * @param label its name
   */
  record Tick(double value, String label) {}

  /** From these numbers on a label takes a power of ten. */
  private static final double LARGE = 1e6;

  private static final double SMALL = 1e-3;

  Axis {
    categories = List.copyOf(categories);
  }

  /** An axis of numbers. */
  static Axis linear(String name, AxisRange range) {
    return new Axis(name, range.min(), range.max(), Scale.LINEAR, List.of());
  }

  /** An axis of positive numbers, a decade as long as any other. */
  static Axis logarithmic(String name, AxisRange range) {
    return new Axis(name, range.min(), range.max(), Scale.LOGARITHMIC, List.of());
  }

  /** An axis of names, half a place left and right of them. */
  static Axis across(String name, List<String> categories) {
    return new Axis(name, -0.5, categories.size() - 0.5, Scale.CATEGORIES, categories);
  }

  /** An axis of names, the first at the upper end. */
  static Axis down(String name, List<String> categories) {
    return new Axis(name, categories.size() - 0.5, -0.5, Scale.CATEGORIES, categories);
  }

  /** Where a value lies: 0 at the left or lower end, 1 at the other. */
  double part(double value) {
    return scale == Scale.LOGARITHMIC
        ? (Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from))
        : (value - from) / (to - from);
  }

  /**
   * The values to name.
   *
   * @param length of the axis in points
   * @param room that a label takes, in points
   */
  List<Tick> ticks(double length, double room) {
    return switch (scale) {
      case LINEAR -> linearTicks(Math.max(1, Math.floor(length / room)));
      case LOGARITHMIC -> decades(Math.max(1, Math.floor(length / room)));
      case CATEGORIES -> names(Math.max(1, Math.floor(length / room)));
    };
  }

  /** Multiples of 1, 2 or 5 times a power of ten, at most about {@code count} of them. */
  private List<Tick> linearTicks(double count) {
    double rough = (to - from) / count;
    if (!(rough > 0 && Double.isFinite(rough))) {
      return List.of();
    }
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double ratio = rough / decade;
    double step = decade * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
    double first = Math.ceil(from / step - 1e-9);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i <= count + 1 && (first + i) * step <= to + 1e-9 * step; i++) {
      double value = (first + i) * step;
      ticks.add(new Tick(value, label(value, step)));
    }
    return ticks;
  }

  /** As many digits as tell two neighbours apart. */
  private String label(double value, double step) {
    double largest = Math.max(Math.abs(from), Math.abs(to));
    if (Math.abs(value) < step / 2) {
      return "0";
    }
    int last = (int) Math.floor(Math.log10(step) + 1e-9);
    if (largest >= LARGE || largest < SMALL) {
      int exponent = (int) Math.floor(Math.log10(largest) + 1e-9);
      String mantissa = decimals(value / Math.pow(10, exponent), exponent - last);
      return mantissa + "e" + exponent;
    }
    return decimals(value, -last);
  }

  private static String decimals(double value, int digits) {
    return String.format(Locale.ROOT, "%." + Math.max(0, digits) + "f", value);
  }

  private List<Tick> decades(double count) {
    int first = (int) Math.ceil(Math.log10(from) - 1e-9);
    int last = (int) Math.floor(Math.log10(to) + 1e-9);
    int every = (int) Math.max(1, Math.ceil((last - first + 1) / count));
    List<Tick> ticks = new ArrayList<>();
    for (int exponent = first; exponent <= last; exponent += every) {
      String label =
          exponent < -4 || exponent > 5
              ? "1e" + exponent
              : decimals(Math.pow(10, exponent), -exponent);
      ticks.add(new Tick(Math.pow(10, exponent), label));
    }
    return ticks;
  }

  private List<Tick> names(double count) {
    int every = (int) Math.max(1, Math.ceil(categories.size() / count));
    List<Tick> ticks = new ArrayList<>();
    for (int place = 0; place < categories.size(); place += every) {
      ticks.add(new Tick(place, categories.get(place)));
    }
    return ticks;
  }
}
