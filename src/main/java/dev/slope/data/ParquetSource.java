package dev.slope.data;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A Parquet file, read through DuckDB. */
final class ParquetSource extends DuckDbSource {
  private final DataFile file;
  private @Nullable String sha256;

  /**
   * Opens a file.
   *
   * @param duckDb closed with it
   */
  ParquetSource(DataFile file, DuckDb duckDb) {
    super(file.name(), duckDb, "read_parquet(?)", DuckDb.literally(file.path()));
    this.file = file;
  }

  @Override
  DataException unreadable(SQLException e) {
    return new DataException(
        "%s can't be read as Parquet: %s".formatted(description(), firstLine(e)), e);
  }

  @Override
  public Fingerprint fingerprint() {
    if (sha256 == null) {
      sha256 = file.sha256();
    }
    return new Fingerprint(sha256, rows());
  }
}
