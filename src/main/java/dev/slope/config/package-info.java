/**
 * The run as immutable, validated records: read from JSON, checked all at once, every default at
 * home.
 *
 * <p>Nothing here reads data or loads native code.
 */
@NullMarked
package dev.slope.config;

import org.jspecify.annotations.NullMarked;
