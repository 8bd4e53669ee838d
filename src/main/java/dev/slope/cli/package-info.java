/** The command line: the only user of standard streams and exit codes. */
@NullMarked
package dev.slope.cli;

import org.jspecify.annotations.NullMarked;
