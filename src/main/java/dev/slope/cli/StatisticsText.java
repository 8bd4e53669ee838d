package dev.slope.cli;

import dev.slope.evaluation.FitStatistics;
import dev.slope.export.ModelManifest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The statistics of a fit as a person reads them; nothing where there are none. */
final class StatisticsText {
  private StatisticsText() {}

  /** A paragraph for each output, each line indented and ended. */
  static String of(List<ModelManifest.Output> outputs) {
    StringBuilder text = new StringBuilder();
    for (ModelManifest.Output output : outputs) {
      FitStatistics fit = output.statistics();
      if (fit != null) {
        text.append(outputs.size() == 1 ? "" : "  " + output.score() + "\n");
        text.append(of(fit));
      }
    }
    return text.toString();
  }

  private static String of(FitStatistics fit) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "  %,d rows, %,d parameters, %,d degrees of freedom, dispersion %s%n",
            fit.rows(),
            fit.parameters(),
            fit.degreesOfFreedom(),
            EquationText.number(fit.dispersion())));
    FitStatistics.Test test = fit.test();
    if (test != null) {
      boolean isF = test.name().equals("f");
      text.append(
          String.format(
              Locale.ROOT,
              "  %s %s on %,d%s degrees of freedom, p %s%n",
              isF ? "F" : "likelihood ratio",
              EquationText.number(test.statistic()),
              test.numerator(),
              isF ? String.format(Locale.ROOT, " and %,d", fit.degreesOfFreedom()) : "",
              probability(test.pValue())));
    }
    text.append("  ");
    Double adjusted = fit.adjustedR2();
    append(adjusted == null ? "deviance explained" : "r2", fit.explained(), text);
    append("adjusted r2", adjusted, text);
    append("log-likelihood", fit.logLikelihood(), text);
    append("AIC", fit.aic(), text);
    append("BIC", fit.bic(), text);
    return text.append("condition number ")
        .append(EquationText.number(fit.conditionNumber()))
        .append('\n')
        .toString();
  }

  private static void append(String name, @Nullable Double value, StringBuilder text) {
    if (value != null) {
      text.append(name).append(' ').append(EquationText.number(value)).append(", ");
    }
  }

  /** Three digits, and no more zeros than anybody reads. */
  static String probability(double p) {
    return String.format(Locale.ROOT, "%.3g", p);
  }
}
