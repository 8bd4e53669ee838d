package dev.slope.cli;

import dev.slope.export.ModelManifest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Equations as a person reads them: in a line where they are short, else as a table. */
final class EquationText {
  private static final int MAX_TERMS_IN_A_LINE = 5;
  private static final int MAX_ROWS_OF_A_TABLE = 200;

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
          .append(coefficient.name());
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
    List<ModelManifest.Coefficient> shown = largest(output.coefficients());
    int width = shown.stream().mapToInt(coefficient -> coefficient.name().length()).max().orElse(0);
    width = Math.max(width, Math.max("(intercept)".length(), output.score().length()));
    String row = "  %-" + width + "s  %14s  %14s%n";
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, row, output.score(), "coefficient", "standardized"));
    for (ModelManifest.Coefficient coefficient : shown) {
      text.append(
          String.format(
              Locale.ROOT,
              row,
              coefficient.name(),
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
    if (shown.size() < output.coefficients().size()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  the %d largest of %,d; model.json has all%n",
              shown.size(),
              output.coefficients().size()));
    }
    return text.toString();
  }

  /** Those that a table has room for, in their order. */
  private static List<ModelManifest.Coefficient> largest(
      List<ModelManifest.Coefficient> coefficients) {
    if (coefficients.size() <= MAX_ROWS_OF_A_TABLE) {
      return coefficients;
    }
    double least =
        coefficients.stream()
            .map(coefficient -> Math.abs(coefficient.standardized()))
            .sorted(Comparator.reverseOrder())
            .skip(MAX_ROWS_OF_A_TABLE - 1)
            .findFirst()
            .orElseThrow();
    return coefficients.stream()
        .filter(coefficient -> Math.abs(coefficient.standardized()) >= least)
        .limit(MAX_ROWS_OF_A_TABLE)
        .toList();
  }

  /** Six significant digits. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
