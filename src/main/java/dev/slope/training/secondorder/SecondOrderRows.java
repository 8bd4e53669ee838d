package dev.slope.training.secondorder;

import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import org.jspecify.annotations.Nullable;

/**
 * The training rows of an optimization.
 *
 * @param raw before the transforms
 * @param encoding the transforms
 * @param labels as the loss takes them
 * @param weights of the rows, one column; null where all weigh 1
 * @param offsets added to every score, one column; null where there are none
 */
public record SecondOrderRows(
    FloatMatrix raw,
    FittedFeatures encoding,
    FloatMatrix labels,
    @Nullable FloatMatrix weights,
    @Nullable FloatMatrix offsets) {}
