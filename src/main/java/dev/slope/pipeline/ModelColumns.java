package dev.slope.pipeline;

import dev.slope.config.Suggestions;
import dev.slope.data.ColumnInfo;
import dev.slope.data.DataException;
import dev.slope.data.DataSource;
import java.util.List;

/** Checks that data has what a model or a user asks of it. */
final class ModelColumns {
  private ModelColumns() {}

  /**
   * Passes where a source has every column.
   *
   * @param why who needs them, to end the message
   * @throws DataException naming the first column that is missing
   */
  static void require(DataSource source, List<String> columns, String why) {
    List<String> known = source.columns().stream().map(ColumnInfo::name).toList();
    for (String column : columns) {
      if (!known.contains(column)) {
        throw new DataException(
            source.description()
                + " has no column '"
                + column
                + "', which "
                + why
                + "; "
                + Suggestions.nearest(column, known)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElseGet(() -> "its columns: " + known));
      }
    }
  }
}
