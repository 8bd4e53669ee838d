package dev.slope.training.secondorder;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * All rows of a training in a graph: variables that keep them, or placeholders for blocks of a
 * stream.
 *
 * @param features encoded, {@code [rows, inputs]}
 * @param labels {@code [rows, labelColumns]}
 * @param weights of the rows, {@code [rows, 1]}; null where all weigh 1
 * @param offsets added to every score, {@code [rows, 1]}; null where there are none
 * @param inputs columns of {@code features}
 * @param labelColumns columns of {@code labels}
 */
public record RowOperands(
    Operand<TFloat32> features,
    Operand<TFloat32> labels,
    @Nullable Operand<TFloat32> weights,
    @Nullable Operand<TFloat32> offsets,
    int inputs,
    int labelColumns) {}
