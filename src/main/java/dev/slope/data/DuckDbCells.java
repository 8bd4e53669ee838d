package dev.slope.data;

import java.util.Locale;
import org.duckdb.DuckDBReadableVector;

/** In which form DuckDB hands over the cells of a column, and how they are read from it. */
enum DuckDbCells {
  /** A number as FLOAT. */
  FLOAT {
    @Override
    float coded(DuckDBReadableVector vector, int row, CellCoder coder) {
      return coder.ofNumber(vector.getFloat(row, Float.NaN));
    }
  },
  /** A number as DOUBLE. */
  DOUBLE {
    @Override
    float coded(DuckDBReadableVector vector, int row, CellCoder coder) {
      return coder.ofNumber(vector.getDouble(row, Double.NaN));
    }
  },
  /** Any value as VARCHAR. */
  TEXT {
    @Override
    float coded(DuckDBReadableVector vector, int row, CellCoder coder) {
      return vector.isNull(row) ? Float.NaN : coder.ofText(vector.getString(row));
    }
  },
  /** A date or time as microseconds since 1970, BIGINT; the smallest is an infinite one. */
  MICROSECONDS {
    @Override
    float coded(DuckDBReadableVector vector, int row, CellCoder coder) {
      if (vector.isNull(row)) {
        return Float.NaN;
      }
      long micros = vector.getLong(row);
      return coder.ofSeconds(
          micros == Long.MIN_VALUE ? TimeText.NONE : Math.floorDiv(micros, MICROS_A_SECOND));
    }
  },
  /** Whether there is a value, BOOLEAN: it can't be read in the coding. */
  PRESENCE {
    @Override
    float coded(DuckDBReadableVector vector, int row, CellCoder coder) {
      return vector.getBoolean(row) ? CellCoder.UNREADABLE : Float.NaN;
    }
  };

  private static final long MICROS_A_SECOND = 1_000_000;

  /** The form for cells of a type of DuckDB in a coding. */
  static DuckDbCells of(String type, CellCoding coding) {
    ColumnInfo.Kind kind = kind(type);
    if (kind == ColumnInfo.Kind.OTHER) {
      return PRESENCE;
    }
    if (kind == ColumnInfo.Kind.TEXT || coding == CellCoding.TEXT) {
      return TEXT;
    }
    return switch (coding) {
      case NUMBER, OPTIONAL_NUMBER -> kind == ColumnInfo.Kind.NUMERIC ? number(type) : PRESENCE;
      case TRUTH -> {
        if (kind == ColumnInfo.Kind.BOOLEAN) {
          yield FLOAT;
        }
        yield kind == ColumnInfo.Kind.NUMERIC ? number(type) : PRESENCE;
      }
      case DAY, SECOND ->
          type.equals("DATE") || type.startsWith("TIMESTAMP") ? MICROSECONDS : PRESENCE;
      case TEXT -> TEXT;
    };
  }

  /** A DOUBLE beyond float32 would fail as FLOAT, and nobody would know where. */
  private static DuckDbCells number(String type) {
    return type.equals("DOUBLE") ? DOUBLE : FLOAT;
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
      case DOUBLE -> name;
      case TEXT -> "CAST(" + name + " AS VARCHAR)";
      // Nanoseconds would be rounded to the nearest microsecond.
      case MICROSECONDS ->
          "CASE WHEN %1$s IS NOT NULL THEN coalesce(epoch_us(date_trunc('second', %1$s)), %2$s) END"
              .formatted(name, "(-9223372036854775807 - 1)");
      case PRESENCE -> name + " IS NOT NULL";
    };
  }

  /** A cell of a vector of this form. */
  abstract float coded(DuckDBReadableVector vector, int row, CellCoder coder);
}
