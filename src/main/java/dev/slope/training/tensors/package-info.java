/** Copies between plain memory and TensorFlow's, at the speed of memory. */
@NullMarked
package dev.slope.training.tensors;

import org.jspecify.annotations.NullMarked;
