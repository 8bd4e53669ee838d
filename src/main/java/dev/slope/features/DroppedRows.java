package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.MissingConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatArray;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that don't train because something is missing that nothing stands for: a number with {@code
 * missing: drop}, a boolean, or a date. Such a row has no prediction either.
 */
public final class DroppedRows {
  private final BitSet dropped;
  private final Map<String, Long> byColumn;

  private DroppedRows(BitSet dropped, Map<String, Long> byColumn) {
    this.dropped = dropped;
    this.byColumn = Collections.unmodifiableMap(byColumn);
  }

  /**
   * Finds them in one scan.
   *
   * @param byName the features
   * @param rows of any part
   */
  public static DroppedRows of(Map<String, FeatureConfig> byName, CodedRows rows) {
    List<MissingCells> columns = new ArrayList<>();
    BitSet dropped = new BitSet();
    byName.forEach(
        (name, feature) -> {
          if (feature instanceof FeatureConfig.Numeric numeric) {
            if (numeric.missing() instanceof MissingConfig.Drop) {
              columns.add(new MissingCells(name, CodedIndex.ofNumber(rows, name), dropped));
            }
          } else if (feature instanceof FeatureConfig.Truth) {
            columns.add(
                new MissingCells(name, CodedIndex.of(rows, name, CellCoding.TRUTH), dropped));
          } else if (feature instanceof FeatureConfig.Datetime) {
            columns.add(new MissingCells(name, CodedIndex.of(rows, name, CellCoding.DAY), dropped));
          }
        });
    ColumnLearner.learn(rows.values(), columns);
    Map<String, Long> byColumn = new LinkedHashMap<>();
    for (MissingCells column : columns) {
      if (column.count > 0) {
        byColumn.put(column.name, column.count);
      }
    }
    return new DroppedRows(dropped, byColumn);
  }

  /** Whether a row is one, by its place from 0. */
  public boolean contains(int row) {
    return dropped.get(row);
  }

  /** How many there are. */
  public int count() {
    return dropped.cardinality();
  }

  /** In how many rows each column is missing that drops some. */
  public Map<String, Long> byColumn() {
    return byColumn;
  }

  /**
   * All other rows, copied, each block's in a block.
   *
   * @param matrix of the same rows
   * @param store keeps the copy
   * @return the matrix itself where no row is dropped
   */
  public FloatMatrix without(FloatMatrix matrix, BlockStore store) {
    if (dropped.isEmpty()) {
      return matrix;
    }
    List<FloatBlock> kept = new ArrayList<>();
    int first = 0;
    for (FloatBlock block : matrix.blocks()) {
      int count = block.rows() - dropped.get(first, first + block.rows()).cardinality();
      if (count > 0) {
        kept.add(without(block, first, store.allocate(block.precision(), count, block.columns())));
      }
      first += block.rows();
    }
    return new FloatMatrix(matrix.names(), kept);
  }

  private FloatBlock without(FloatBlock block, int first, FloatBlock kept) {
    int next = 0;
    for (int row = 0; row < block.rows(); row++) {
      if (!dropped.get(first + row)) {
        block.copyRow(row, 0, kept, next++);
      }
    }
    return kept;
  }

  private static final class MissingCells implements ColumnLearner {
    private final String name;
    private final int column;
    private final BitSet rows;
    private long count;

    MissingCells(String name, int column, BitSet rows) {
      this.name = name;
      this.column = column;
      this.rows = rows;
    }

    @Override
    public void accept(FloatArray cells, int width, int count, long first) {
      for (int row = 0; row < count; row++) {
        if (Double.isNaN(cells.get(row * width + column))) {
          rows.set(Math.toIntExact(first + row));
          this.count++;
        }
      }
    }

    @Override
    public boolean endPass() {
      return false;
    }
  }
}
