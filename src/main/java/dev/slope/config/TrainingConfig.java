package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * How the model is trained.
 *
 * @param optimizer how the parameters follow the gradient
 * @param epochs how many passes over the training rows, at most
 * @param batchSize how many rows a step looks at
 * @param shuffle whether each epoch visits its batches' rows in another order
 * @param stop what ends the training earlier
 * @param clipNorm the longest gradient of a step; longer ones are scaled down to it
 * @param plan how the rows are visited
 * @param device where it runs: auto, cpu, gpu or gpu:N
 * @param precision of the rows, the parameters and all that is computed of them
 * @param allowDivergence whether a learning rate that must diverge is tried all the same
 * @param memory how much of it the rows may take: up to 1 a fraction of the machine's, else bytes
 * @param checkpoint when its state goes to disk
 */
@Planned("engine")
public record TrainingConfig(
    @Default("\"gradient_descent\"")
        @JsonPropertyDescription("How the parameters follow the gradient.")
        OptimizerConfig optimizer,
    @Min(1)
        @Default("10000")
        @JsonPropertyDescription(
            "How many passes over the training rows: exactly so many unless 'stop' ends it before.")
        int epochs,
    @Default("\"full\"")
        @JsonPropertyDescription(
            "How many rows a step looks at: a number, or 'full' for one step an epoch over all"
                + " rows.")
        BatchSizeConfig batchSize,
    @Default("true")
        @JsonPropertyDescription(
            "Whether every epoch visits the rows in another order, drawn from the seed; only with"
                + " batches.")
        boolean shuffle,
    @Default("{}")
        @JsonPropertyDescription(
            "What ends the training before its last epoch; where neither 'epochs' nor 'stop' is"
                + " given, min_rel_progress is 1e-7.")
        StopConfig stop,
    @Positive
        @JsonPropertyDescription(
            "The longest gradient of a step, over all parameters; longer ones are scaled down.")
        @Nullable Double clipNorm,
    @Default("\"auto\"")
        @JsonPropertyDescription("How the rows are visited; auto takes what is fastest.")
        PlanName plan,
    @Default("\"auto\"")
        @Pattern(regexp = "auto|cpu|gpu|gpu:[0-9]+")
        @JsonPropertyDescription("Where it runs: auto, cpu, gpu or gpu:N; auto takes a GPU if any.")
        String device,
    @Default("\"float32\"")
        @JsonPropertyDescription(
            "The numbers that rows are read and trained in. float64 carries 15 digits instead of 7"
                + " into model.json, and takes twice the memory; the exported model takes and gives"
                + " float32 all the same.")
        Precision precision,
    @Default("false")
        @JsonPropertyDescription("Whether a learning rate that must diverge is tried all the same.")
        boolean allowDivergence,
    @Default("0.5")
        @Positive
        @JsonPropertyDescription(
            "How much memory the rows may take: up to 1 a fraction of the machine's, above it bytes."
                + " More rows are kept in a file beside the models while they train.")
        double memory,
    @Default("{}") @JsonPropertyDescription("When the training's state goes to disk, for --resume.")
        CheckpointConfig checkpoint) {
  public TrainingConfig {
    Constraints.check(
        TrainingConfig.class,
        optimizer,
        epochs,
        batchSize,
        shuffle,
        stop,
        clipNorm,
        plan,
        device,
        precision,
        allowDivergence,
        memory,
        checkpoint);
  }
}
