/**
 * The linear model as TensorFlow ops: feature encoding, forward pass, losses, update rules and the
 * compiled epoch loop. Nothing here owns native memory; everything is added to a graph it is given.
 */
@NullMarked
package dev.slope.graph;

import org.jspecify.annotations.NullMarked;
