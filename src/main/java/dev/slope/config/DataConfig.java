package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The data of a run.
 *
 * @param train the rows the model learns from
 */
@Planned({"validation", "test", "split"})
public record DataConfig(
    @JsonPropertyDescription("The rows the model learns from.") DataSourceConfig train) {
  public DataConfig {
    Constraints.check(DataConfig.class, train);
  }
}
