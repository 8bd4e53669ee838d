package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What is told of a run.
 *
 * @param plots whether PNG and SVG pictures are made
 * @param statistics whether the coefficients get standard errors and what follows from them
 * @param html whether the export has a page
 */
@Planned("tensorboard")
public record ReportConfig(
    @Default("true") @JsonPropertyDescription("Whether PNG and SVG pictures are made.")
        boolean plots,
    @Default("false")
        @JsonPropertyDescription(
            "Whether coefficients get standard errors, p-values, confidence intervals and the fit its"
                + " tests: of linear, logistic, poisson, gamma and tweedie regression without penalty,"
                + " bounds and class weights, trained to the optimum.")
        boolean statistics,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the export has report.html, a page of 4 MB that needs nothing besides itself;"
                + " slope report makes it later too.")
        boolean html) {
  public ReportConfig {
    Constraints.check(ReportConfig.class, plots, statistics, html);
  }
}
