package dev.slope.data;

import dev.slope.config.Suggestions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds columns by their names, with one message for those that don't exist. */
final class Columns {
  private Columns() {}

  /**
   * The places of some columns.
   *
   * @param source how messages call the source
   * @throws DataException where one doesn't exist
   */
  static int[] indices(String source, List<ColumnInfo> columns, List<String> wanted) {
    List<String> names = columns.stream().map(ColumnInfo::name).toList();
    return wanted.stream().mapToInt(name -> index(source, names, name)).toArray();
  }

  private static int index(String source, List<String> names, String wanted) {
    int index = names.indexOf(wanted);
    if (index < 0) {
      throw new DataException(
          "%s has no column '%s'; its columns are [%s]%s"
              .formatted(
                  source,
                  wanted,
                  String.join(", ", names),
                  Suggestions.nearest(wanted, names)
                      .map("; did you mean '%s'?"::formatted)
                      .orElse("")));
    }
    return index;
  }

  /** Checks that columns may hold numbers, as far as their kinds tell. */
  static void requireNumeric(String source, List<ColumnInfo> columns, int[] indices) {
    for (int index : indices) {
      ColumnInfo column = columns.get(index);
      String held = heldInsteadOfNumbers(column.kind());
      if (held != null) {
        throw new DataException(
            "%s must be a number, but column '%s' holds %s".formatted(source, column.name(), held));
      }
    }
  }

  private static @Nullable String heldInsteadOfNumbers(ColumnInfo.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> "true/false";
      case TEMPORAL -> "dates or times";
      case OTHER -> "lists, structures or binary data";
      // A cell of text is named by the reader, with its row.
      case NUMERIC, TEXT -> null;
    };
  }
}
