package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;

/**
 * Where the SavedModel goes.
 *
 * @param directory the folder of all models, relative to the working directory
 */
@Planned({"version", "keep", "signatures", "warmup_rows", "verify"})
public record ExportConfig(
    @Default("\"models\"")
        @NotBlank
        @JsonPropertyDescription("The folder of all models, relative to the working directory.")
        String directory) {
  public ExportConfig {
    Constraints.check(ExportConfig.class, directory);
  }
}
