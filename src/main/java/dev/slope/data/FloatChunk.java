package dev.slope.data;

import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** The first columns of a DuckDB chunk, which are FLOAT, row by row. */
final class FloatChunk {
  private final DuckDBReadableVector[] vectors;
  private final int rows;

  FloatChunk(DuckDBDataChunkReader chunk, int columns) {
    this.rows = (int) chunk.rowCount();
    this.vectors = new DuckDBReadableVector[columns];
    for (int i = 0; i < columns; i++) {
      vectors[i] = chunk.vector(i);
    }
  }

  int rows() {
    return rows;
  }

  /** Copies a row, a missing value as NaN; false where one is not finite. */
  boolean copyFinite(int row, float[] values) {
    boolean finite = true;
    for (int i = 0; i < vectors.length; i++) {
      values[i] = vectors[i].getFloat(row, Float.NaN);
      finite &= Float.isFinite(values[i]);
    }
    return finite;
  }

  /** Copies a row, whatever is not finite as NaN. */
  void copy(int row, float[] values) {
    if (!copyFinite(row, values)) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.isFinite(values[i]) ? values[i] : Float.NaN;
      }
    }
  }
}
