package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What is drawn of a run.
 *
 * @param plots whether PNG and SVG pictures are made
 */
@Planned({"html", "tensorboard", "statistics"})
public record ReportConfig(
    @Default("true") @JsonPropertyDescription("Whether PNG and SVG pictures are made.")
        boolean plots) {
  public ReportConfig {
    Constraints.check(ReportConfig.class, plots);
  }
}
