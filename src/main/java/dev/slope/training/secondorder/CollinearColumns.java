package dev.slope.training.secondorder;

import dev.slope.training.secondorder.SymmetricSystem.Dependency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which columns others explain, for the user. */
final class CollinearColumns {
  /** A coefficient this small beside the largest is rounding. */
  private static final double NEGLIGIBLE = 1e-6;

  private static final int MAX_TERMS = 5;

  private CollinearColumns() {}

  /**
   * One line for each such column that is no level of a category, as {@code x3 = 2 * x1 - x2}.
   *
   * @param centred whether the columns stand less their means, so that a constant may differ
   */
  static List<String> describe(List<Dependency> dependencies, InputNames inputs, boolean centred) {
    List<String> lines = new ArrayList<>();
    for (Dependency dependency : dependencies) {
      if (!inputs.levels().get(dependency.column())) {
        lines.add(describe(dependency, inputs.names(), centred));
      }
    }
    return lines;
  }

  private static String describe(Dependency dependency, List<String> names, boolean centred) {
    double[] coefficients = dependency.coefficients();
    double negligible = NEGLIGIBLE * Vectors.maxNorm(coefficients);
    StringBuilder text = new StringBuilder(names.get(dependency.column()));
    int terms = 0;
    for (int i = 0; i < coefficients.length; i++) {
      if (Math.abs(coefficients[i]) > negligible) {
        if (++terms > MAX_TERMS) {
          return text.append(" + ...").toString();
        }
        text.append(terms == 1 ? " = " : coefficients[i] < 0 ? " - " : " + ");
        text.append(factor(terms == 1 ? coefficients[i] : Math.abs(coefficients[i])));
        text.append(names.get(i));
      }
    }
    if (terms == 0) {
      return text.append(centred ? " is constant" : " is 0").toString();
    }
    return centred ? text.append(" + a constant").toString() : text.toString();
  }

  private static String factor(double coefficient) {
    String number = String.format(Locale.ROOT, "%.6g", coefficient);
    if (number.contains(".") && !number.contains("e")) {
      number = number.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
    if (number.equals("1")) {
      return "";
    }
    return number.equals("-1") ? "-" : number + " * ";
  }
}
