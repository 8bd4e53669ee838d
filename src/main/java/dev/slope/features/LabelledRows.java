package dev.slope.features;

import dev.slope.data.BlockStore;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import java.util.BitSet;
import java.util.List;

/** Which rows have all their labels: the others neither train nor measure. */
public final class LabelledRows {
  private final BitSet missing;
  private final long rows;

  private LabelledRows(BitSet missing, long rows) {
    this.missing = missing;
    this.rows = rows;
  }

  /**
   * Looks at every row.
   *
   * @param rows of the label columns and any others; a missing label is NaN
   * @param labels the label columns
   * @param source what messages call the data
   * @throws DataException where no row has its labels
   */
  public static LabelledRows of(CodedRows rows, List<String> labels, String source) {
    int[] places = labels.stream().mapToInt(label -> LabelColumns.place(rows, label)).toArray();
    BitSet missing = new BitSet();
    int before = 0;
    for (FloatBlock block : rows.values().blocks()) {
      int first = before;
      for (int place : places) {
        block.forEach(
            place,
            (row, label) -> {
              if (Double.isNaN(label)) {
                missing.set(first + row);
              }
            });
      }
      before += block.rows();
    }
    if (missing.cardinality() == before) {
      throw new DataException(
          "%s: label '%s' is missing in all %d rows"
              .formatted(source, String.join("', '", labels), before));
    }
    return new LabelledRows(missing, before);
  }

  /** Whether a row, counted from 0, has its labels. */
  public boolean has(int row) {
    return !missing.get(row);
  }

  /** How many rows lack a label. */
  public long missing() {
    return missing.cardinality();
  }

  /** What to say of rows that lack a label; it follows the source's name. */
  public String warning() {
    return "%d of %d rows have no label and are left out".formatted(missing(), rows);
  }

  /**
   * The rows that have their labels.
   *
   * @param all the rows that were looked at
   * @param store keeps the rows
   * @return the rows themselves where none lacks a label
   */
  public CodedRows select(CodedRows all, BlockStore store) {
    return missing.isEmpty() ? all : all.with(all.values().select(this::has, store));
  }
}
