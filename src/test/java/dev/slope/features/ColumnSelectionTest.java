package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.data.ColumnInfo;
import dev.slope.data.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnSelectionTest {
  private static final List<ColumnInfo> COLUMNS =
      List.of(
          new ColumnInfo("id", ColumnInfo.Kind.TEXT),
          new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
          new ColumnInfo("w", ColumnInfo.Kind.NUMERIC),
          new ColumnInfo("y", ColumnInfo.Kind.NUMERIC),
          new ColumnInfo("o", ColumnInfo.Kind.NUMERIC));

  @Test
  void columnsWithAnotherUseAreNoFeatures() {
    ColumnSelection selection =
        select("\"weight_column\": \"w\", \"offset_column\": \"o\", \"ignore\": \"id\",");

    assertThat(selection.features()).containsOnlyKeys("x");
    assertThat(selection.all()).containsExactly("x", "y", "w", "o");
  }

  @Test
  void refusesColumnsThatAreNotThere() {
    assertProblem(
        "\"weight_column\": \"ww\",",
        "rows.csv has no column 'ww', which /weight_column names; did you mean 'w'?");
    assertProblem(
        "\"offset_column\": \"exposure\",",
        "rows.csv has no column 'exposure', which /offset_column names; its columns: [id, x, w, y,"
            + " o]");
    assertProblem(
        "\"ignore\": [\"idd\"],",
        "rows.csv has no column 'idd', which /ignore names; did you mean 'id'?");
  }

  @Test
  void refusesARunWithoutFeatures() {
    assertProblem(
        "\"ignore\": [\"id\", \"x\", \"w\", \"o\"],",
        "rows.csv has no column besides [y, id, x, w, o]; a model needs a feature");
  }

  private static ColumnSelection select(String keys) {
    return ColumnSelection.of(Runs.of("\"linear_regression\"", keys), "rows.csv", COLUMNS);
  }

  private static void assertProblem(String keys, String message) {
    assertThatThrownBy(() -> select(keys)).isInstanceOf(DataException.class).hasMessage(message);
  }
}
