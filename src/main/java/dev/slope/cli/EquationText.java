package dev.slope.cli;

import dev.slope.evaluation.Estimate;
import dev.slope.evaluation.FitStatistics;
import dev.slope.export.ModelManifest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Equations as a person reads them: in a line where they are short, else as a table. */
final class EquationText {
  private static final int MAX_TERMS_IN_A_LINE = 5;
  private static final int MAX_ROWS_OF_A_TABLE = 200;

  /** Standard error, its statistic, p-value, both ends of the interval, variance inflation. */
  private static final String ESTIMATES = "  %12s  %9s  %9s  %12s  %12s  %9s";

  private EquationText() {}

  /** The equations of all labels, each line ended. */
  static String of(List<ModelManifest.Output> outputs) {
    StringBuilder text = new StringBuilder();
    for (ModelManifest.Output output : outputs) {
      boolean isShort = output.coefficients().size() <= MAX_TERMS_IN_A_LINE;
      if (isShort) {
        text.append(line(output));
      }
      if (!isShort || output.statistics() != null) {
        text.append(table(output));
      }
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
    List<ModelManifest.Coefficient> shown = output.largest(MAX_ROWS_OF_A_TABLE);
    int width = shown.stream().mapToInt(coefficient -> coefficient.name().length()).max().orElse(0);
    width = Math.max(width, Math.max("(intercept)".length(), output.score().length()));
    String row = "  %-" + width + "s  %14s  %14s%s%n";
    StringBuilder text = new StringBuilder();
    FitStatistics statistics = output.statistics();
    String estimates =
        statistics == null
            ? ""
            : String.format(
                Locale.ROOT,
                ESTIMATES,
                "std. error",
                statistics.statistic(),
                "p",
                "95 % from",
                "to",
                "VIF");
    text.append(line(row, output.score(), "coefficient", "standardized", estimates));
    for (ModelManifest.Coefficient coefficient : shown) {
      text.append(
          line(
              row,
              coefficient.name(),
              number(coefficient.value()),
              number(coefficient.standardized()),
              estimate(coefficient.estimate())));
    }
    text.append(
        line(
            row,
            "(intercept)",
            number(output.intercept()),
            number(output.standardizedIntercept()),
            estimate(output.interceptEstimate())));
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

  private static String line(
      String row, String name, String value, String standardized, String estimate) {
    return String.format(Locale.ROOT, row, name, value, standardized, estimate);
  }

  private static String estimate(@Nullable Estimate estimate) {
    if (estimate == null) {
      return "";
    }
    Double inflation = estimate.inflation();
    return String.format(
            Locale.ROOT,
            ESTIMATES,
            number(estimate.standardError()),
            String.format(Locale.ROOT, "%.3f", estimate.statistic()),
            StatisticsText.probability(estimate.pValue()),
            number(estimate.low()),
            number(estimate.high()),
            inflation == null ? "" : String.format(Locale.ROOT, "%.4g", inflation))
        .stripTrailing();
  }

  /** Six significant digits. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
