/** Metrics and statistics from plain arrays. */
@NullMarked
package dev.slope.evaluation;

import org.jspecify.annotations.NullMarked;
