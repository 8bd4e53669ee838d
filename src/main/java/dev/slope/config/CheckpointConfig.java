package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * When the state of a training goes to disk, for {@code --resume}. A run that is interrupted or
 * terminated writes it in any case.
 *
 * @param everyEpochs after each so many epochs, besides the seconds
 * @param everySeconds at the latest after so many; a run that is shorter writes none
 * @param keep how many of the newest stay while the run lasts; its end removes them
 * @param directory of this run alone, relative to the working directory; by default a hidden one in
 *     the folder of the models
 */
public record CheckpointConfig(
    @Min(1)
        @JsonPropertyDescription(
            "Write the training's state after each so many epochs, besides the seconds.")
        @Nullable Integer everyEpochs,
    @Default("60")
        @Positive
        @JsonPropertyDescription(
            "Write the training's state after so many seconds; a shorter run writes none unless it"
                + " is interrupted.")
        double everySeconds,
    @Default("2") @Min(1) @JsonPropertyDescription("How many of the newest checkpoints stay.")
        int keep,
    @NotBlank
        @JsonPropertyDescription(
            "A directory of this run alone, relative to the working directory; by default"
                + " .checkpoints/NAME in the folder of the models.")
        @Nullable String directory) {
  public CheckpointConfig {
    Constraints.check(CheckpointConfig.class, everyEpochs, everySeconds, keep, directory);
  }
}
