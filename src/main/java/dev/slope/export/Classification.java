package dev.slope.export;

import dev.slope.data.FloatBlock;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of some rows' classes.
 *
 * @param logits a column for each score
 * @param probabilities a column for each class; null of margins
 * @param classIds the place of each row's class; 0 for a row with NaN
 */
public record Classification(
    FloatBlock logits, @Nullable FloatBlock probabilities, LongBuffer classIds) {}
