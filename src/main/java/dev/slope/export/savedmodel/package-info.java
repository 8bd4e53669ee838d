/**
 * The SavedModel format of TensorFlow 2: variables, functions, signatures and the object graph that
 * joins them. It knows TensorFlow's protos and nothing of linear models.
 */
@NullMarked
package dev.slope.export.savedmodel;

import org.jspecify.annotations.NullMarked;
