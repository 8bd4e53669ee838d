package dev.slope.export;

import dev.slope.data.FloatBlock;
import org.jspecify.annotations.Nullable;

/**
 * What the scores of some rows are made of: contributions, intercept and offset sum to the score.
 *
 * @param scores a column for each output
 * @param intercepts a column for each output, the same in every row
 * @param offsets one column; null where the model has no offset column
 * @param contributions a column for each feature and output, the outputs of a feature together
 */
public record Explanation(
    FloatBlock scores,
    FloatBlock intercepts,
    @Nullable FloatBlock offsets,
    FloatBlock contributions) {}
