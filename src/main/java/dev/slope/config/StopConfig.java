package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * What ends a training before its last epoch. An absent key ends nothing.
 *
 * @param tolerance the largest component of the gradient where training is done
 * @param minRelProgress the smallest part of itself by which an epoch must lower the loss
 * @param patience epochs without a new lowest loss, that of the validation rows where there are
 *     any; the best weights are the result. It watches the loss and no other metric, because the
 *     loss is what every epoch of the compiled loop knows
 * @param maxSeconds of training; the clock decides then, so two runs may differ
 */
public record StopConfig(
    @Positive
        @JsonPropertyDescription(
            "Ends training where no component of the gradient is larger than this.")
        @Nullable Double tolerance,
    @Positive
        @JsonPropertyDescription(
            "Ends training where an epoch lowers the loss by less than this part of itself.")
        @Nullable Double minRelProgress,
    @Min(1)
        @JsonPropertyDescription(
            "Ends training after so many epochs without a new lowest loss, of the validation rows"
                + " where there are any, and takes the best weights.")
        @Nullable Integer patience,
    @Positive
        @JsonPropertyDescription(
            "Ends training after so many seconds; the clock decides, so two runs may differ.")
        @Nullable Double maxSeconds) {
  public StopConfig {
    Constraints.check(StopConfig.class, tolerance, minRelProgress, patience, maxSeconds);
  }
}
