package dev.slope.data;

import dev.slope.config.Precision;
import java.util.Locale;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** In which form DuckDB hands over the cells of a column, and how they are read from it. */
enum DuckDbCells {
  /** A number as FLOAT. */
  FLOAT {
    @Override
    void code(DuckDBReadableVector vector, CellCoder coder, CodedCells cells) {
      if (coder.keepsNumbers() && cells.precision() == Precision.FLOAT32) {
        cells.setNumbers(vector);
        return;
      }
      for (int row = cells.from(); row < cells.to(); row++) {
        cells.set(row, coder.ofNumber(vector.getFloat(row, Float.NaN)));
      }
    }
  },
  /** A number as DOUBLE. */
  DOUBLE {
    @Override
    void code(DuckDBReadableVector vector, CellCoder coder, CodedCells cells) {
      for (int row = cells.from(); row < cells.to(); row++) {
        cells.set(row, coder.ofNumber(vector.getDouble(row, Double.NaN)));
      }
    }
  },
  /** Any value as VARCHAR. */
  TEXT {
    @Override
    void code(DuckDBReadableVector vector, CellCoder coder, CodedCells cells) {
      for (int row = cells.from(); row < cells.to(); row++) {
        cells.set(row, vector.isNull(row) ? Double.NaN : coder.ofText(vector.getString(row)));
      }
    }
  },
  /** A date or time as microseconds since 1970, BIGINT; the smallest is an infinite one. */
  MICROSECONDS {
    @Override
    void code(DuckDBReadableVector vector, CellCoder coder, CodedCells cells) {
      for (int row = cells.from(); row < cells.to(); row++) {
        cells.set(row, ofTime(vector, row, coder, MICROS_A_SECOND));
      }
    }
  },
  /** The same as nanoseconds, which would be rounded as microseconds. */
  NANOSECONDS {
    @Override
    void code(DuckDBReadableVector vector, CellCoder coder, CodedCells cells) {
      for (int row = cells.from(); row < cells.to(); row++) {
        cells.set(row, ofTime(vector, row, coder, NANOS_A_SECOND));
      }
    }
  },
  /** Whether there is a value, BOOLEAN: it can't be read in the coding. */
  PRESENCE {
    @Override
    void code(DuckDBReadableVector vector, CellCoder coder, CodedCells cells) {
      for (int row = cells.from(); row < cells.to(); row++) {
        cells.set(row, vector.getBoolean(row) ? CellCoder.UNREADABLE : Double.NaN);
      }
    }
  };

  private static final long MICROS_A_SECOND = 1_000_000;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private static double ofTime(
      DuckDBReadableVector vector, int row, CellCoder coder, long unitsASecond) {
    if (vector.isNull(row)) {
      return Double.NaN;
    }
    long units = vector.getLong(row);
    return coder.ofSeconds(
        units == Long.MIN_VALUE ? TimeText.NONE : Math.floorDiv(units, unitsASecond));
  }

  /** The form for cells of a type of DuckDB in a coding. */
  static DuckDbCells of(String type, CellCoding coding, Precision precision) {
    ColumnInfo.Kind kind = kind(type);
    if (kind == ColumnInfo.Kind.OTHER) {
      return PRESENCE;
    }
    if (kind == ColumnInfo.Kind.TEXT || coding == CellCoding.TEXT) {
      return TEXT;
    }
    return switch (coding) {
      case NUMBER, OPTIONAL_NUMBER ->
          kind == ColumnInfo.Kind.NUMERIC ? number(type, precision) : PRESENCE;
      case TRUTH -> {
        if (kind == ColumnInfo.Kind.BOOLEAN) {
          yield FLOAT;
        }
        yield kind == ColumnInfo.Kind.NUMERIC ? number(type, precision) : PRESENCE;
      }
      case DAY, SECOND -> time(type);
      case TEXT -> TEXT;
    };
  }

  /** A DOUBLE beyond float32 would fail as FLOAT, and nobody would know where. */
  private static DuckDbCells number(String type, Precision precision) {
    return precision == Precision.FLOAT64 || type.equals("DOUBLE") ? DOUBLE : FLOAT;
  }

  private static DuckDbCells time(String type) {
    if (type.equals("TIMESTAMP_NS")) {
      return NANOSECONDS;
    }
    return type.equals("DATE") || type.startsWith("TIMESTAMP") ? MICROSECONDS : PRESENCE;
  }

  /** What a type of DuckDB holds. */
  static ColumnInfo.Kind kind(String type) {
    String name = type.toUpperCase(Locale.ROOT);
    if (name.endsWith("]") || name.contains("STRUCT") || name.contains("MAP")) {
      return ColumnInfo.Kind.OTHER;
    }
    if (name.startsWith("DECIMAL") || name.endsWith("INT") || name.endsWith("INTEGER")) {
      return ColumnInfo.Kind.NUMERIC;
    }
    if (name.startsWith("TIME") || name.equals("DATE")) {
      return ColumnInfo.Kind.TEMPORAL;
    }
    return switch (name) {
      case "FLOAT", "DOUBLE" -> ColumnInfo.Kind.NUMERIC;
      case "BOOLEAN" -> ColumnInfo.Kind.BOOLEAN;
      case "VARCHAR" -> ColumnInfo.Kind.TEXT;
      default -> name.startsWith("ENUM") ? ColumnInfo.Kind.TEXT : ColumnInfo.Kind.OTHER;
    };
  }

  /** What a SELECT asks for. */
  String expression(String column) {
    String name = DuckDb.identifier(column);
    return switch (this) {
      case FLOAT -> "CAST(" + name + " AS FLOAT)";
      case DOUBLE -> "CAST(" + name + " AS DOUBLE)";
      case TEXT -> "CAST(" + name + " AS VARCHAR)";
      case MICROSECONDS -> since1970("epoch_us", name);
      case NANOSECONDS -> since1970("epoch_ns", name);
      case PRESENCE -> name + " IS NOT NULL";
    };
  }

  /** An infinite time has no such number. */
  private static String since1970(String function, String name) {
    return "CASE WHEN %1$s IS NOT NULL THEN coalesce(%2$s(%1$s), (-9223372036854775807 - 1)) END"
        .formatted(name, function);
  }

  /**
   * Codes the cells of a chunk column by column, since a vector is in one piece.
   *
   * @param forms of the chunk's first columns
   */
  static void code(
      DuckDBDataChunkReader chunk, DuckDbCells[] forms, CellCoder[] coders, CodedCells cells) {
    for (int i = 0; i < forms.length; i++) {
      cells.column(i);
      forms[i].code(chunk.vector(i), coders[i], cells);
    }
  }

  /** Codes the cells of a vector of this form. */
  abstract void code(DuckDBReadableVector vector, CellCoder coder, CodedCells cells);
}
