package dev.slope.pipeline;

import dev.slope.data.ColumnInfo;
import dev.slope.data.Columns;
import dev.slope.data.DataException;
import dev.slope.data.DataSource;
import java.util.List;

/** Checks that data has what a model or a user asks of it. */
final class ModelColumns {
  private ModelColumns() {}

  /**
   * Passes where a source has every column.
   *
   * @param why who needs them, to follow "which"
   * @throws DataException naming the first column that is missing
   */
  static void require(DataSource source, List<String> columns, String why) {
    Columns.require(
        source.description(),
        source.columns().stream().map(ColumnInfo::name).toList(),
        columns,
        why);
  }
}
