package dev.slope.training.secondorder;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

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
public record RowOperands<T extends TFloating>(
    Operand<T> features,
    Operand<T> labels,
    @Nullable Operand<T> weights,
    @Nullable Operand<T> offsets,
    int inputs,
    int labelColumns) {}
