package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
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
 * @param gate what the model must be to be exported
 * @param data the rows
 * @param label the columns the model predicts
 * @param positiveClass of two classes the one that is predicted; by default the one that sorts last
 * @param threshold the probability from which on a row is of the positive class
 * @param weightColumn says how much each row counts
 * @param offsetColumn is added to every score
 * @param ignore columns that are no features
 * @param features how each column enters the model; {@code *} stands for the rest, and with no
 *     entry at all every column that has no other use enters as its kind says
 * @param model the model
 * @param training how it is trained
 * @param tune what {@code slope tune} searches for
 * @param report what is drawn
 * @param export where it goes
 */
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
    @Default("{}")
        @JsonPropertyDescription(
            "What the model must be to be exported; else a run exports nothing.")
        GateConfig gate,
    @JsonPropertyDescription("The rows.") DataConfig data,
    @NotEmpty @JsonPropertyDescription("The column the model predicts, or a list of them.")
        List<String> label,
    @LiteralText
        @JsonPropertyDescription(
            "Of two classes the one that is predicted; by default the one that sorts last.")
        @Nullable String positiveClass,
    @DecimalMin(value = "0", inclusive = false)
        @DecimalMax(value = "1", inclusive = false)
        @JsonPropertyDescription(
            "The probability from which on a row is of the positive class; 0.5 where it is left"
                + " out.")
        @Nullable Double threshold,
    @JsonPropertyDescription(
            "A column that says how much each row counts, in training and in the metrics.")
        @Nullable String weightColumn,
    @JsonPropertyDescription("A column that is added to every score, with a weight of 1.")
        @Nullable String offsetColumn,
    @Default("[]") @JsonPropertyDescription("Columns that are no features.") List<String> ignore,
    @Default("{}")
        @JsonPropertyDescription(
            "How each column enters the model: by its name or, of a cross, a name of your own; '*'"
                + " stands for the rest. With no entry at all every column that has no other use"
                + " is 'auto': numeric, categorical, boolean or datetime, as its values are.")
        Map<String, FeatureConfig> features,
    @JsonPropertyDescription("The model.") ModelConfig model,
    @JsonPropertyDescription("How the model is trained.") TrainingConfig training,
    @JsonPropertyDescription("What slope tune searches for; slope train has no use for it.")
        @Nullable TuneConfig tune,
    @Default("{}") @JsonPropertyDescription("What is told of a run.") ReportConfig report,
    @Default("{}") @JsonPropertyDescription("Where the SavedModel goes.") ExportConfig export) {
  public RunConfig {
    Constraints.check(
        RunConfig.class,
        schema,
        name,
        description,
        seed,
        expect,
        gate,
        data,
        label,
        positiveClass,
        threshold,
        weightColumn,
        offsetColumn,
        ignore,
        features,
        model,
        training,
        tune,
        report,
        export);
  }

  /** The threshold of a config that leaves it out. */
  public static final double DEFAULT_THRESHOLD = 0.5;

  /** Where a probability becomes the positive class. */
  public double thresholdOrDefault() {
    return threshold == null ? DEFAULT_THRESHOLD : threshold;
  }
}
