/**
 * A source becomes typed columns in native memory: files of every format, queries of them and of
 * databases, inline values, equations.
 */
@NullMarked
package dev.slope.data;

import org.jspecify.annotations.NullMarked;
