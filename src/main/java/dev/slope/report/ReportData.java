package dev.slope.report;

import dev.slope.evaluation.ClassCurves;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.json}: what the page draws and no other file of an export has.
 *
 * @param rows of a regression, and of two classes over one feature; else null
 * @param curves of two classes; else null
 * @param surface of least squares with few parameters; else null
 */
public record ReportData(
    @Nullable ReportRows rows, @Nullable ClassCurves curves, @Nullable CostSurface surface) {
  public static final String FILE_NAME = "report.json";
}
