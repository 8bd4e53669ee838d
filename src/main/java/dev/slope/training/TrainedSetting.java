package dev.slope.training;

import dev.slope.features.LinearWeights;

/**
 * What a setting's training has reached.
 *
 * @param weights on the scale it trained on, its fold's own where folds have one; where it
 *     diverged, those of the last epoch that began with a loss within bounds
 * @param loss of {@code weights} over the rows that it trained on, penalty included; infinite where
 *     it diverged
 * @param epochs how many have run
 * @param stopReason why it ended
 * @param diverged whether its loss left all bounds, or its learning rate is one that {@link
 *     Trainer} refuses because it must
 */
public record TrainedSetting(
    LinearWeights weights, double loss, long epochs, StopReason stopReason, boolean diverged) {}
