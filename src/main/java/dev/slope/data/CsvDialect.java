package dev.slope.data;

import dev.slope.config.DataSourceConfig;
import java.util.HashSet;
import java.util.Set;

/**
 * How a text file writes a table.
 *
 * @param format what messages call it
 * @param delimiter between fields
 * @param header whether the first line names the columns
 * @param missing the texts that stand for a missing value, the empty one among them
 */
record CsvDialect(String format, char delimiter, boolean header, Set<String> missing) {
  CsvDialect {
    missing = Set.copyOf(missing);
  }

  /** Of a source; what stands between fields is the format's own where the source is silent. */
  static CsvDialect of(String format, char ownDelimiter, DataSourceConfig.File config) {
    Set<String> missing = new HashSet<>(config.naValues());
    missing.add("");
    return new CsvDialect(
        format,
        config.delimiter() == null ? ownDelimiter : config.delimiter().charAt(0),
        config.header(),
        missing);
  }

  boolean isMissing(String cell) {
    return missing.contains(cell);
  }
}
