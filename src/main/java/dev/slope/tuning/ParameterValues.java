package dev.slope.tuning;

import dev.slope.config.ParameterConfig;
import dev.slope.config.ValueScale;
import dev.slope.data.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The values of one parameter: all of a list, or any number of a range. */
final class ParameterValues {
  private ParameterValues() {}

  /** Whether a parameter has only so many values; else any number of its range may be drawn. */
  static boolean areCounted(ParameterConfig parameter) {
    return !(parameter instanceof ParameterConfig.Range range) || range.count() != null;
  }

  /**
   * All values of a parameter that has only so many, in order.
   *
   * @param pointer what they are values of
   */
  static List<CandidateValue> all(String pointer, ParameterConfig parameter) {
    if (parameter instanceof ParameterConfig.Values values) {
      return values.values().stream().<CandidateValue>map(CandidateValue.Known::new).toList();
    }
    if (parameter instanceof ParameterConfig.PenaltyPath path) {
      double ratio = path.ratioOrDefault(pointer);
      List<CandidateValue> steps = new ArrayList<>();
      for (int step = 0; step < path.count(); step++) {
        steps.add(new CandidateValue.OfPath(geometric(1, ratio, step, path.count())));
      }
      return steps;
    }
    if (parameter instanceof ParameterConfig.Range range && range.count() != null) {
      Set<CandidateValue> numbers = new LinkedHashSet<>();
      for (int step = 0; step < range.count(); step++) {
        numbers.add(
            number(
                range,
                range.scale() == ValueScale.LOG
                    ? geometric(range.from(), range.to(), step, range.count())
                    : arithmetic(range.from(), range.to(), step, range.count())));
      }
      return List.copyOf(numbers);
    }
    throw new IllegalArgumentException("no list of values of " + parameter);
  }

  /** Any number of a range, evenly drawn on its scale. */
  static CandidateValue drawn(ParameterConfig.Range range, RandomStream random) {
    double part = random.nextUniform();
    return number(
        range,
        range.scale() == ValueScale.LOG
            ? range.from() * StrictMath.pow(range.to() / range.from(), part)
            : range.from() + part * (range.to() - range.from()));
  }

  private static CandidateValue number(ParameterConfig.Range range, double value) {
    if (range.integer()) {
      return new CandidateValue.Known(CandidateNumbers.linear(StrictMath.rint(value)));
    }
    return new CandidateValue.Known(
        range.scale() == ValueScale.LOG
            ? CandidateNumbers.logarithmic(value)
            : CandidateNumbers.linear(value));
  }

  private static double geometric(double from, double to, int step, int count) {
    return step == count - 1 ? to : from * StrictMath.pow(to / from, (double) step / (count - 1));
  }

  private static double arithmetic(double from, double to, int step, int count) {
    return step == count - 1 ? to : from + (to - from) * step / (count - 1);
  }
}
