package dev.slope.pipeline;

import dev.slope.export.ModelManifest;
import dev.slope.training.Plan;
import dev.slope.training.StopReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param name of the model
 * @param type of the model
 * @param model the exported version's folder; absent where the gate was missed
 * @param files the folder of its description, metrics, history and pictures; absent likewise
 * @param outputs the equation of each label
 * @param metrics on training rows, by name
 * @param undefinedMetrics the reason for each metric without a value
 * @param baseline the metrics of a model without features on the same rows
 * @param rows that trained
 * @param measuredRows how many of them the metrics are of
 * @param validation metrics of the rows that were watched; absent where there were none
 * @param test metrics of the rows that measure the finished model; absent where there were none
 * @param epochs that ran
 * @param stopReason why training ended
 * @param optimalLoss the least loss that there is; absent where nothing told
 * @param plan how the rows were visited
 * @param device where it ran
 * @param trainingSeconds from the first epoch to the last, compilation included
 * @param warnings what a user should know
 * @param gateMissed what the gate demands and the model is not; nothing is exported then
 * @param missed the expectations of the config that the metrics miss
 */
public record TrainResult(
    String name,
    String type,
    @Nullable String model,
    @Nullable String files,
    List<ModelManifest.Output> outputs,
    Map<String, Double> metrics,
    Map<String, String> undefinedMetrics,
    @Nullable Map<String, Double> baseline,
    long rows,
    long measuredRows,
    RunMetrics.@Nullable OfRows validation,
    RunMetrics.@Nullable OfRows test,
    long epochs,
    StopReason stopReason,
    @Nullable Double optimalLoss,
    Plan plan,
    String device,
    double trainingSeconds,
    List<String> warnings,
    List<String> gateMissed,
    List<String> missed) {}
