/**
 * Transforms fitted on the training rows only, kept as plain descriptions.
 *
 * <p>{@code dev.slope.graph} turns the same description into TensorFlow ops, for training and for
 * serving: that is how the two stay equal.
 */
@NullMarked
package dev.slope.features;

import org.jspecify.annotations.NullMarked;
