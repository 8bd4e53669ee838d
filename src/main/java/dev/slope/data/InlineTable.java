package dev.slope.data;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of values written into a config. */
final class InlineTable {
  private static final String NAME = "inline data";

  private InlineTable() {}

  /**
   * The table, its columns in the config's order.
   *
   * @throws DataException where there is no row, columns differ in length, or a value is missing or
   *     not finite in float32
   */
  static FloatMatrix of(DataSourceConfig.Inline config, Precision precision) {
    List<String> names = new ArrayList<>(config.columns().keySet());
    int rows = config.columns().values().iterator().next().size();
    config.columns().forEach((name, values) -> checkLength(names.get(0), rows, name, values));
    if (rows == 0) {
      throw new DataException(NAME + " must have rows, but has none");
    }
    MatrixWriter writer = new MatrixWriter(names, BlockStore.inMemory(precision));
    FloatArray row = new FloatArray(precision, names.size());
    for (int i = 0; i < rows; i++) {
      int column = 0;
      for (Map.Entry<String, List<Double>> entry : config.columns().entrySet()) {
        row.set(column, value(entry.getKey(), i, entry.getValue().get(i), precision));
        column++;
      }
      writer.add(row);
    }
    return writer.finish();
  }

  private static void checkLength(String first, int rows, String name, List<Double> values) {
    if (values.size() != rows) {
      throw new DataException(
          "columns of %s must have the same length, but '%s' has %d values and '%s' has %d"
              .formatted(NAME, first, rows, name, values.size()));
    }
  }

  private static double value(String column, int row, @Nullable Double value, Precision precision) {
    String place = CellProblem.place(NAME, "row", row + 1L, column);
    if (value == null) {
      throw CellProblem.missing(place);
    }
    double rounded = precision.round(value);
    if (!NumberText.isServed(rounded)) {
      throw CellProblem.notFinite(place, value.toString());
    }
    return rounded;
  }
}
