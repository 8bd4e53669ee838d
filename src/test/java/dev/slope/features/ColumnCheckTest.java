package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.FeatureConfig;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.ColumnInfo;
import dev.slope.data.DataException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns are left out once their values are known. */
class ColumnCheckTest {
  private static final String USE =
      " and is ignored; to use it all the same, write \"c\": \"auto\" under /features, and \"*\":"
          + " \"auto\" for the other columns";

  @Test
  void ofUsefulColumnsNothingIsSaid() {
    ColumnSelection.Checked checked = check(ColumnInfo.Kind.NUMERIC, 3, row -> "" + row);

    assertThat(checked.warnings()).isEmpty();
    assertThat(checked.ignored()).isEmpty();
    assertThat(checked.selection().features()).containsOnlyKeys("c", "x");
  }

  @Test
  void aConstantColumnIsIgnored() {
    for (ColumnInfo.Kind kind :
        List.of(
            ColumnInfo.Kind.NUMERIC,
            ColumnInfo.Kind.TEXT,
            ColumnInfo.Kind.BOOLEAN,
            ColumnInfo.Kind.TEMPORAL)) {
      ColumnSelection.Checked checked = check(kind, 3, row -> "1");

      assertThat(checked.selection().features()).containsOnlyKeys("x");
      assertThat(checked.warnings())
          .containsExactly("column 'c' has the same value in every row" + USE);
      assertThat(checked.ignored())
          .containsExactly(Map.entry("c", "has the same value in every row"));
    }
  }

  /** A missing category is a level of its own; a missing number is the mean, the only value. */
  @Test
  void aMissingCategoryIsAValue() {
    IntFunction<String> values = row -> row == 1 ? "" : "1";

    assertThat(check(ColumnInfo.Kind.TEXT, 3, values).selection().features())
        .containsOnlyKeys("c", "x");
    assertThat(check(ColumnInfo.Kind.BOOLEAN, 3, values).selection().features())
        .containsEntry("c", FeatureConfig.Categorical.byDefault());
    assertThat(check(ColumnInfo.Kind.NUMERIC, 3, values).selection().features())
        .containsOnlyKeys("x");
  }

  @Test
  void aColumnWithoutValuesIsIgnored() {
    assertThat(check(ColumnInfo.Kind.TEXT, 3, row -> "").warnings())
        .containsExactly("column 'c' has no value in any row" + USE);
  }

  @Test
  void aTruthWithMissingCellsIsACategory() {
    IntFunction<String> values = row -> row == 2 ? "" : "" + row % 2;

    assertThat(check(ColumnInfo.Kind.BOOLEAN, 4, values).selection().features())
        .containsEntry("c", FeatureConfig.Categorical.byDefault());
    assertThat(check(ColumnInfo.Kind.BOOLEAN, 4, row -> "" + row % 2).selection().features())
        .containsEntry("c", new FeatureConfig.Truth());
  }

  /** 95 of 100 texts are told apart, or 94. */
  @Test
  void textsThatDifferInNearlyEveryRowAreIdentifiers() {
    String reason = "looks like an identifier (a value of its own in nearly every row)";

    assertThat(check(ColumnInfo.Kind.TEXT, 100, row -> "t" + Math.min(row, 94)).warnings())
        .containsExactly("column 'c' " + reason + USE);
    assertThat(check(ColumnInfo.Kind.TEXT, 100, row -> "t" + Math.min(row, 93)).warnings())
        .isEmpty();
    assertThat(check(ColumnInfo.Kind.TEXT, 99, row -> "t" + row).warnings()).isEmpty();
  }

  @Test
  void numbersOfAColumnNamedLikeAnIdentifierAreOne() {
    for (String name : List.of("id", "user_id", "PassengerId", "Unnamed: 0", "row number")) {
      assertThat(check(name, ColumnInfo.Kind.NUMERIC, 10, row -> "" + (row + 1)).ignored())
          .containsOnlyKeys(name);
    }
    // Integers that float32 no longer tells from their neighbours, 64 apart there.
    assertThat(check("id", ColumnInfo.Kind.NUMERIC, 10, row -> "" + (9e8 + 32 * row)).ignored())
        .containsOnlyKeys("id");
    // A measurement, a value that comes back, and a name that only ends alike.
    assertThat(check("id", ColumnInfo.Kind.NUMERIC, 10, row -> row + ".5").ignored()).isEmpty();
    assertThat(check("id", ColumnInfo.Kind.NUMERIC, 10, row -> "" + row % 5).ignored()).isEmpty();
    assertThat(check("humid", ColumnInfo.Kind.NUMERIC, 10, row -> "" + row).ignored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"c\": \"auto\", \"*\": \"auto\"}", "{\"*\": \"categorical\"}"})
  void whatTheConfigNamesStays(String features) {
    ColumnSelection.Checked checked =
        check("\"features\": " + features + ",", "c", ColumnInfo.Kind.TEXT, 200, row -> "t" + row);

    assertThat(checked.warnings()).isEmpty();
    assertThat(checked.selection().features()).containsOnlyKeys("c", "x");
  }

  @Test
  void somethingMustBeLeft() {
    CodedRows rows =
        TextCells.rows(List.of(new CodedColumn("c", CellCoding.TEXT)), 3, (column, row) -> "same");
    ColumnSelection selection =
        ColumnSelection.of(
            Runs.of("\"linear_regression\"", ""),
            "rows.csv",
            List.of(
                new ColumnInfo("c", ColumnInfo.Kind.TEXT),
                new ColumnInfo("y", ColumnInfo.Kind.NUMERIC)));

    assertThatThrownBy(() -> selection.afterReading(rows))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no feature is left: column 'c' has the same value in every row; list columns under"
                + " /features to use them all the same");
  }

  @Test
  void columnsOfOneReasonAreNamedTogether() {
    List<CodedColumn> columns =
        List.of(
            new CodedColumn("a", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("b", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("x", CellCoding.OPTIONAL_NUMBER));
    ColumnSelection selection =
        ColumnSelection.of(
            Runs.of("\"linear_regression\"", ""),
            "rows.csv",
            List.of(
                new ColumnInfo("a", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("b", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("y", ColumnInfo.Kind.NUMERIC)));

    assertThat(
            selection
                .afterReading(
                    TextCells.rows(
                        columns, 3, (column, row) -> column.equals("x") ? "" + row : "7"))
                .warnings())
        .containsExactly(
            "each of the columns 'a', 'b' has the same value in every row and is ignored; to use"
                + " one all the same, write \"a\": \"auto\" under /features, and \"*\": \"auto\""
                + " for the other columns");
  }

  private static ColumnSelection.Checked check(
      ColumnInfo.Kind kind, int rows, IntFunction<String> values) {
    return check("c", kind, rows, values);
  }

  private static ColumnSelection.Checked check(
      String name, ColumnInfo.Kind kind, int rows, IntFunction<String> values) {
    return check("", name, kind, rows, values);
  }

  /** A column of some values beside {@code x}, which has 0, 1, 2, ... */
  private static ColumnSelection.Checked check(
      String keys, String name, ColumnInfo.Kind kind, int count, IntFunction<String> values) {
    ColumnSelection selection =
        ColumnSelection.of(
            Runs.of("\"linear_regression\"", keys),
            "rows.csv",
            List.of(
                new ColumnInfo(name, kind),
                new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("y", ColumnInfo.Kind.NUMERIC)));
    return selection.afterReading(
        TextCells.rows(
            selection.codedColumns(),
            count,
            (column, row) -> column.equals(name) ? values.apply(row) : Integer.toString(row)));
  }
}
