package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a run.
 *
 * @param plots whether PNG and SVG pictures are made, and kept what others are made from
 * @param statistics whether the coefficients get standard errors and what follows from them
 * @param html whether the export has a page
 * @param tensorboard whether the export has the run's events
 * @param trainingRows on how many training rows the model is measured; absent for all
 */
public record ReportConfig(
    @Default("true")
        @JsonPropertyDescription(
            "Whether the export has fit and loss as PNG and SVG, and report.json, from which slope"
                + " report makes the other pictures; with html it has all of them.")
        boolean plots,
    @Default("false")
        @JsonPropertyDescription(
            "Whether coefficients get standard errors, p-values, confidence intervals and the fit"
                + " its tests: of linear, logistic, poisson, gamma and tweedie regression without"
                + " penalty, bounds and class weights, trained to the optimum.")
        boolean statistics,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the export has report.html, a page of 4 MB that needs nothing besides itself;"
                + " slope report makes it later too.")
        boolean html,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the export has events for TensorBoard: losses, learning rates, weights,"
                + " metrics and hyperparameters.")
        boolean tensorboard,
    @Min(1)
        @JsonPropertyDescription(
            "On how many of the training rows, evenly spread, the model is measured after its"
                + " training; on all where it is left out. With many rows that takes as long as a"
                + " good part of an epoch.")
        @Nullable Integer trainingRows) {
  public ReportConfig {
    Constraints.check(ReportConfig.class, plots, statistics, html, tensorboard, trainingRows);
  }
}
