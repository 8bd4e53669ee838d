/** The training history and the pictures of a run. */
@NullMarked
package dev.slope.report;

import org.jspecify.annotations.NullMarked;
