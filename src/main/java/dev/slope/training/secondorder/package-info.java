/**
 * Training with second derivatives: sums over all rows in float64, the Hessian's eigenvalues and
 * the learning rates that follow from them, least squares in closed form, Newton's method and
 * L-BFGS. TensorFlow computes whatever touches rows; what is left is small and plain Java.
 */
@NullMarked
package dev.slope.training.secondorder;

import org.jspecify.annotations.NullMarked;
