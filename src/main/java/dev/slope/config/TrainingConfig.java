package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * How the model is trained.
 *
 * @param optimizer how the parameters follow the gradient
 * @param epochs how many passes over the training rows
 * @param device where it runs: auto, cpu, gpu or gpu:N
 */
@Planned({
  "batch_size",
  "shuffle",
  "stop",
  "clip_norm",
  "checkpoint",
  "precision",
  "memory",
  "engine",
  "plan",
  "allow_divergence"
})
public record TrainingConfig(
    @Default("\"gradient_descent\"")
        @JsonPropertyDescription("How the parameters follow the gradient.")
        OptimizerConfig optimizer,
    @Min(1) @JsonPropertyDescription("How many passes over the training rows.") int epochs,
    @Default("\"auto\"")
        @Pattern(regexp = "auto|cpu|gpu|gpu:[0-9]+")
        @JsonPropertyDescription("Where it runs: auto, cpu, gpu or gpu:N; auto takes a GPU if any.")
        String device) {
  public TrainingConfig {
    Constraints.check(TrainingConfig.class, optimizer, epochs, device);
  }
}
