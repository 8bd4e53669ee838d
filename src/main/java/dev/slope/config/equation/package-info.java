/**
 * The grammar of synthetic data: {@code label = expression}, read into a tree and compiled to a
 * program that is run once a row.
 */
@NullMarked
package dev.slope.config.equation;

import org.jspecify.annotations.NullMarked;
