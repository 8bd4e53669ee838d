package dev.slope.cli;

import java.util.Locale;

/** How many rows train and how many measure, in words. */
final class RowsText {
  private RowsText() {}

  /** {@code 11 rows}, or {@code 800 training, 100 validation and 100 test rows}. */
  static String of(long train, long validation, long test) {
    if (validation == 0 && test == 0) {
      return counted(train) + " rows";
    }
    String training = counted(train) + " training";
    if (validation > 0 && test > 0) {
      return training
          + ", "
          + counted(validation)
          + " validation and "
          + counted(test)
          + " test rows";
    }
    return training
        + " and "
        + (validation > 0
            ? counted(validation) + " validation rows"
            : counted(test) + " test rows");
  }

  private static String counted(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }
}
