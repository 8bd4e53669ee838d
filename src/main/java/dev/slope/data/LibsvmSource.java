package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in LIBSVM's format. Its columns are {@code label} and a column for each index up to the
 * largest: {@code x1}, {@code x2}, ..., with {@code x0} where the file counts from 0. Opening it
 * reads it once to know them.
 */
final class LibsvmSource extends FileSource {
  private final int firstIndex;
  private final List<ColumnInfo> columns;

  /**
   * Opens a file.
   *
   * @param features the largest index, where the file need not have it
   */
  LibsvmSource(DataFile file, @Nullable Integer features) {
    super(file);
    ColumnKinds labels = new ColumnKinds();
    int smallest = 1;
    int largest = features == null ? 0 : features;
    long rows = 0;
    try (LibsvmRows lines = new LibsvmRows(file, Precision.FLOAT32, 0, 0)) {
      while (lines.next()) {
        rows++;
        labels.addText(lines.text(0));
        smallest = Math.min(smallest, lines.smallestIndex());
        largest = Math.max(largest, lines.largestIndex());
        if (features != null && largest > features) {
          throw new DataException(
              "%s, %s must have indices up to the source's 'features', %d, but has %d"
                  .formatted(file.name(), lines.row(), features, largest));
        }
      }
    }
    if (rows == 0) {
      throw new DataException(file.name() + " must have rows, but has none");
    }
    this.firstIndex = smallest;
    List<ColumnInfo> all = new ArrayList<>();
    all.add(new ColumnInfo("label", labels.kind()));
    for (int index = smallest; index <= largest; index++) {
      all.add(new ColumnInfo("x" + index, ColumnInfo.Kind.NUMERIC));
    }
    this.columns = List.copyOf(all);
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  RowCursor open(Precision precision) {
    return new LibsvmRows(file(), precision, firstIndex, columns.size() - 1);
  }
}
