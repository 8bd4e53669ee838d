package dev.slope.data;

import dev.slope.config.Suggestions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds columns by their names, with one message for those that don't exist. */
public final class Columns {
  /** A message lists no more than so many columns. */
  private static final int MOST_SHOWN = 30;

  private Columns() {}

  /**
   * Passes where a source has every column.
   *
   * @param source how messages call it
   * @param known its columns
   * @param wanted of it
   * @param why who needs them, to follow "which"
   * @throws DataException naming the first that is missing, and the one that may be meant
   */
  public static void require(
      String source, Collection<String> known, Collection<String> wanted, String why) {
    Set<String> names = new HashSet<>(known);
    for (String column : wanted) {
      if (!names.contains(column)) {
        throw unknown(source, known, column, ", which " + why);
      }
    }
  }

  private static DataException unknown(
      String source, Collection<String> known, String wanted, String why) {
    return new DataException(
        "%s has no column '%s'%s; %s"
            .formatted(
                source,
                wanted,
                why,
                Suggestions.nearest(wanted, known)
                    .map("did you mean '%s'?"::formatted)
                    .orElseGet(() -> "its columns: " + shown(known))));
  }

  private static String shown(Collection<String> names) {
    String first = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ", "[", "]"));
    return names.size() <= MOST_SHOWN
        ? first
        : first + " and %d more".formatted(names.size() - MOST_SHOWN);
  }

  /**
   * The places of some columns.
   *
   * @param source how messages call the source
   * @throws DataException where one doesn't exist
   */
  static int[] indices(String source, List<ColumnInfo> columns, List<String> wanted) {
    List<String> names = names(columns);
    int[] indices = wanted.stream().mapToInt(names::indexOf).toArray();
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0) {
        throw unknown(source, names, wanted.get(i), "");
      }
    }
    return indices;
  }

  static List<String> names(List<ColumnInfo> columns) {
    return columns.stream().map(ColumnInfo::name).toList();
  }

  /**
   * Checks the names that a source gives its columns.
   *
   * @param place where they stand: {@code data.csv, line 1}
   * @throws DataException where one is blank or occurs twice
   */
  static void checkNames(String place, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isBlank()) {
        throw new DataException("%s: column %d must have a name".formatted(place, i + 1));
      }
      if (!seen.add(names.get(i))) {
        throw new DataException(
            "%s: column names must be unique, but '%s' occurs more than once"
                .formatted(place, names.get(i)));
      }
    }
  }

  /**
   * Checks that a column can be read in a coding, as far as its kind tells: a cell of text is named
   * by the reader, with its row.
   *
   * @param source how messages call the source
   */
  static void requireCodable(String source, ColumnInfo column, CellCoding coding) {
    if (!canHold(column.kind(), coding)) {
      throw new DataException(
          "%s must be %s, but column '%s' holds %s"
              .formatted(source, wanted(coding), column.name(), held(column.kind())));
    }
  }

  private static boolean canHold(ColumnInfo.Kind kind, CellCoding coding) {
    return switch (coding) {
      case NUMBER, OPTIONAL_NUMBER ->
          kind == ColumnInfo.Kind.NUMERIC || kind == ColumnInfo.Kind.TEXT;
      case TEXT -> kind != ColumnInfo.Kind.OTHER;
      case TRUTH -> kind != ColumnInfo.Kind.TEMPORAL && kind != ColumnInfo.Kind.OTHER;
      case DAY, SECOND -> kind == ColumnInfo.Kind.TEMPORAL || kind == ColumnInfo.Kind.TEXT;
    };
  }

  private static String wanted(CellCoding coding) {
    return switch (coding) {
      case NUMBER, OPTIONAL_NUMBER -> "a number";
      case TEXT -> "a text";
      case TRUTH -> "true or false";
      case DAY, SECOND -> "a date or time";
    };
  }

  private static String held(ColumnInfo.Kind kind) {
    return switch (kind) {
      case NUMERIC -> "numbers";
      case TEXT -> "texts";
      case BOOLEAN -> "true/false";
      case TEMPORAL -> "dates or times";
      case OTHER -> "lists, structures or binary data";
    };
  }
}
