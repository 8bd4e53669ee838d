package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run: data in, SavedModel out.
 *
 * @param schema the JSON Schema that editors check the file with
 * @param name the model's name and its folder's
 * @param description what the config shows
 * @param seed of everything random
 * @param expect bounds of metrics that a run checks when it ends
 * @param data the rows
 * @param label the columns the model predicts
 * @param features how each column enters the model; {@code *} stands for the rest, and with no
 *     entry at all every column but the labels is a standardised number
 * @param model the model
 * @param training how it is trained
 * @param report what is drawn
 * @param export where it goes
 */
@Planned({"positive_class", "threshold", "weight_column", "offset_column", "ignore", "gate"})
public record RunConfig(
    @JsonProperty("$schema")
        @JsonPropertyDescription("The JSON Schema that editors check this file with.")
        @Nullable String schema,
    @DefaultFromFileName
        @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9_.-]*")
        @JsonPropertyDescription("The model's name and its folder's; by default the file's name.")
        String name,
    @JsonPropertyDescription("What this config shows.") @Nullable String description,
    @Default("0") @JsonPropertyDescription("The seed of everything random.") long seed,
    @Default("{}") @JsonPropertyDescription("Bounds of metrics that a run checks when it ends.")
        Map<String, MetricBounds> expect,
    @JsonPropertyDescription("The rows.") DataConfig data,
    @NotEmpty @JsonPropertyDescription("The column the model predicts, or a list of them.")
        List<String> label,
    @Default("{}")
        @JsonPropertyDescription(
            "How each column enters the model; '*' stands for the rest, and with no entry at all"
                + " every column but the labels is a standardised number.")
        Map<String, FeatureConfig> features,
    @JsonPropertyDescription("The model.") ModelConfig model,
    @JsonPropertyDescription("How the model is trained.") TrainingConfig training,
    @Default("{}") @JsonPropertyDescription("What is drawn of a run.") ReportConfig report,
    @Default("{}") @JsonPropertyDescription("Where the SavedModel goes.") ExportConfig export) {
  public RunConfig {
    Constraints.check(
        RunConfig.class,
        schema,
        name,
        description,
        seed,
        expect,
        data,
        label,
        features,
        model,
        training,
        report,
        export);
  }
}
