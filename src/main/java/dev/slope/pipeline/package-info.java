/** Joins the parts in order, with no logic of its own. */
@NullMarked
package dev.slope.pipeline;

import org.jspecify.annotations.NullMarked;
