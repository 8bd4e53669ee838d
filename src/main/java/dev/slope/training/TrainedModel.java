package dev.slope.training;

import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a training, in plain memory.
 *
 * @param weights on the scale the model trained on
 * @param history the loss of each epoch, of the weights it started from
 * @param finalLoss of {@code weights}, over the rows that the model is measured on
 * @param trainPredictions a score for each of these rows and each output, by the graph that is
 *     served
 * @param stopReason why it ended
 * @param plan how it visited the rows
 * @param device where it ran: {@code cpu} or {@code gpu:N}
 * @param timings where its time went
 * @param warnings what the user should know of the result, each a sentence
 * @param optimalLoss the least that there is; null where nothing told, or of other rows than {@code
 *     finalLoss}
 */
public record TrainedModel(
    LinearWeights weights,
    TrainingHistory history,
    double finalLoss,
    FloatMatrix trainPredictions,
    StopReason stopReason,
    Plan plan,
    String device,
    Timings timings,
    List<String> warnings,
    @Nullable Double optimalLoss) {
  public TrainedModel {
    warnings = List.copyOf(warnings);
  }
}
