/** What a search tries, and which of it is best; nothing here trains or reads rows. */
@NullMarked
package dev.slope.tuning;

import org.jspecify.annotations.NullMarked;
