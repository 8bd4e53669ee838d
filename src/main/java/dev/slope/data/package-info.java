/**
 * A source becomes typed columns in native memory: files through DuckDB, inline values, equations.
 */
@NullMarked
package dev.slope.data;

import org.jspecify.annotations.NullMarked;
