/** Writes, reloads and proves the SavedModel. */
@NullMarked
package dev.slope.export;

import org.jspecify.annotations.NullMarked;
