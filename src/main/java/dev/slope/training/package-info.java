/** Owns the training graph and session, runs the epochs and returns the result in plain arrays. */
@NullMarked
package dev.slope.training;

import org.jspecify.annotations.NullMarked;
