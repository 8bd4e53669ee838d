/** A run as TensorBoard reads it, written by TensorFlow's own summary ops. */
@NullMarked
package dev.slope.report.tensorboard;

import org.jspecify.annotations.NullMarked;
