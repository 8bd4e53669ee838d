package dev.slope.cli;

import dev.slope.export.ModelManifest;
import java.util.List;
import java.util.Locale;

/** Equations as a person reads them: in a line where they are short, else as a table. */
final class EquationText {
  private static final int MAX_TERMS_IN_A_LINE = 5;

  private EquationText() {}

  /** The equations of all labels, each line ended. */
  static String of(List<ModelManifest.Output> outputs) {
    StringBuilder text = new StringBuilder();
    for (ModelManifest.Output output : outputs) {
      text.append(
          output.coefficients().size() <= MAX_TERMS_IN_A_LINE ? line(output) : table(output));
    }
    return text.toString();
  }

  private static String line(ModelManifest.Output output) {
    StringBuilder text = new StringBuilder("  ").append(output.score()).append(" =");
    for (ModelManifest.Coefficient coefficient : output.coefficients()) {
      text.append(signed(coefficient.value(), text.toString().endsWith("=")))
          .append(' ')
          .append(coefficient.feature());
    }
    return text.append(signed(output.intercept(), false)).append('\n').toString();
  }

  private static String signed(double value, boolean first) {
    if (first) {
      return " " + number(value);
    }
    return (value < 0 ? " - " : " + ") + number(Math.abs(value));
  }

  private static String table(ModelManifest.Output output) {
    int width =
        output.coefficients().stream()
            .mapToInt(coefficient -> coefficient.feature().length())
            .max()
            .orElse(0);
    width = Math.max(width, Math.max("(intercept)".length(), output.score().length()));
    String row = "  %-" + width + "s  %14s  %14s%n";
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, row, output.score(), "coefficient", "standardized"));
    for (ModelManifest.Coefficient coefficient : output.coefficients()) {
      text.append(
          String.format(
              Locale.ROOT,
              row,
              coefficient.feature(),
              number(coefficient.value()),
              number(coefficient.standardized())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            row,
            "(intercept)",
            number(output.intercept()),
            number(output.standardizedIntercept())));
    return text.toString();
  }

  /** Six significant digits. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
