package dev.slope.pipeline;

import dev.slope.training.Plan;
import java.util.List;

/**
 * What a run would do.
 *
 * @param name of the model
 * @param source what the data is called
 * @param rows to train on
 * @param validationRows to watch
 * @param testRows to measure the finished model
 * @param features in the order of the model's inputs
 * @param labels in the order of its outputs
 * @param model its type
 * @param objective what would be minimised
 * @param epochs how many
 * @param plan how the rows would be visited
 * @param directory where the next version would appear
 */
public record DryRun(
    String name,
    String source,
    long rows,
    long validationRows,
    long testRows,
    List<String> features,
    List<String> labels,
    String model,
    String objective,
    long epochs,
    Plan plan,
    String directory) {}
