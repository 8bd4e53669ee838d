package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/**
 * Where the SavedModel goes.
 *
 * @param directory the folder of all models, relative to the working directory
 * @param keep how many of the newest versions stay: at least two, for servers have the one before
 *     until they have loaded the new one; all where absent
 * @param warmupRows how many training rows stand beside the model for servers to warm up with; each
 *     makes up to two of the 1,000 requests that TensorFlow Serving takes
 */
@Planned({"version", "signatures", "verify"})
public record ExportConfig(
    @Default("\"models\"")
        @NotBlank
        @JsonPropertyDescription("The folder of all models, relative to the working directory.")
        String directory,
    @Min(2)
        @JsonPropertyDescription(
            "How many of the newest versions stay, at least 2, since servers have the one before"
                + " until they have loaded the new one; all where it is left out.")
        @Nullable Integer keep,
    @Default("0")
        @Min(0)
        @Max(500)
        @JsonPropertyDescription(
            "How many training rows become requests that TensorFlow Serving answers before it"
                + " serves a version; they are part of the export then, as they are.")
        int warmupRows) {
  public ExportConfig {
    Constraints.check(ExportConfig.class, directory, keep, warmupRows);
  }
}
