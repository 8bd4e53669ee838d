/**
 * The state of a training on disk, so that a run that was killed ends in the bytes of one that
 * wasn't. Knows nothing of TensorFlow and nothing of what the state means.
 */
@NullMarked
package dev.slope.training.checkpoint;

import org.jspecify.annotations.NullMarked;
