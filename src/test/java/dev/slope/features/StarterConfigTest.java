package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.data.BlockStore;
import dev.slope.data.ColumnInfo;
import dev.slope.data.ColumnInfo.Kind;
import dev.slope.data.DataException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What a starter config makes of the columns of a file. */
class StarterConfigTest {
  private static final List<ColumnInfo> COLUMNS =
      List.of(
          new ColumnInfo("id", Kind.NUMERIC),
          new ColumnInfo("n", Kind.NUMERIC),
          new ColumnInfo("t", Kind.TEXT),
          new ColumnInfo("b", Kind.BOOLEAN),
          new ColumnInfo("m", Kind.BOOLEAN),
          new ColumnInfo("d", Kind.TEMPORAL),
          new ColumnInfo("e", Kind.TEMPORAL),
          new ColumnInfo("l", Kind.OTHER),
          new ColumnInfo("c", Kind.NUMERIC),
          new ColumnInfo("y", Kind.NUMERIC));

  @Test
  void everyColumnIsAFeatureOrIgnoredForAReason() {
    StarterConfig starter =
        StarterConfig.of(
            "rows.csv",
            COLUMNS,
            List.of("y"),
            BlockStore.inMemory(),
            columns ->
                TextCells.rows(
                    columns,
                    10,
                    (column, row) ->
                        switch (column) {
                          case "t" -> row % 2 == 0 ? "even" : "odd";
                          case "b" -> "" + row % 2;
                          case "m", "e" -> row == 3 ? "" : "" + row % 2;
                          case "c" -> "5";
                          default -> "" + row;
                        }));

    assertThat(starter.features())
        .containsExactly(
            Map.entry("n", "numeric"),
            Map.entry("t", "categorical"),
            Map.entry("b", "boolean"),
            Map.entry("m", "categorical"),
            Map.entry("d", "datetime"));
    assertThat(starter.ignored())
        .containsExactly(
            Map.entry("l", "holds lists, structures or binary values"),
            Map.entry("id", "looks like an identifier (a value of its own in nearly every row)"),
            Map.entry("c", "has the same value in every row"),
            Map.entry("e", "has missing dates, and a row without one would have no prediction"));
    assertThat(starter.model()).isEqualTo("linear_regression");
    assertThat(starter.description("rows.csv"))
        .startsWith("rows.csv: 10 rows, 5 features. Ignored: 'l' holds lists, ")
        .endsWith("; 'e' has missing dates, and a row without one would have no prediction");
  }

  @Test
  void theLabelSaysTheModel() {
    assertThat(model(Kind.NUMERIC, row -> "" + row % 3)).isEqualTo("linear_regression");
    assertThat(model(Kind.NUMERIC, row -> "" + row % 2)).isEqualTo("logistic_regression");
    assertThat(model(Kind.BOOLEAN, row -> row % 2 == 0 ? "true" : "false"))
        .isEqualTo("logistic_regression");
    assertThat(model(Kind.TEXT, row -> row % 2 == 0 ? "no" : "yes"))
        .isEqualTo("logistic_regression");
    assertThat(model(Kind.TEXT, row -> "abc".substring(row % 3, row % 3 + 1)))
        .isEqualTo("softmax_regression");
    // One that is missing is no third class.
    assertThat(model(Kind.TEXT, row -> row == 0 ? "" : row % 2 == 0 ? "no" : "yes"))
        .isEqualTo("logistic_regression");
  }

  @Test
  void aLabelMustBeOneThatCanBeLearnt() {
    assertThatThrownBy(() -> model(Kind.TEXT, row -> "name " + row))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "rows.csv: label 'y' must be numbers or classes, but has 20 different texts in 20 rows;"
                + " name another column");
    assertThatThrownBy(() -> model(Kind.TEXT, row -> "same"))
        .hasMessage(
            "rows.csv: label 'y' has the same value in all 20 rows, so there is nothing to learn");
    assertThatThrownBy(() -> model(Kind.NUMERIC, row -> ""))
        .hasMessage("rows.csv: label 'y' is missing in all 20 rows");
    assertThatThrownBy(
            () ->
                StarterConfig.of(
                    "rows.csv",
                    List.of(new ColumnInfo("price", Kind.NUMERIC)),
                    List.of("prize"),
                    BlockStore.inMemory(),
                    columns -> TextCells.rows(columns, 1, (column, row) -> "1")))
        .hasMessage("rows.csv has no column 'prize', which --label names; did you mean 'price'?");
    assertThatThrownBy(
            () ->
                StarterConfig.of(
                    "rows.csv",
                    List.of(
                        new ColumnInfo("x", Kind.NUMERIC),
                        new ColumnInfo("y", Kind.NUMERIC),
                        new ColumnInfo("z", Kind.TEXT)),
                    List.of("y", "z"),
                    BlockStore.inMemory(),
                    columns -> TextCells.rows(columns, 1, (column, row) -> "1")))
        .hasMessage(
            "rows.csv: label 'z' must hold numbers where there are several labels; train one model"
                + " for it");
  }

  /** Twenty rows of {@code x}, which counts, and the label {@code y}. */
  private static String model(Kind kind, IntFunction<String> labels) {
    return StarterConfig.of(
            "rows.csv",
            List.of(new ColumnInfo("x", Kind.NUMERIC), new ColumnInfo("y", kind)),
            List.of("y"),
            BlockStore.inMemory(),
            columns ->
                TextCells.rows(
                    columns,
                    20,
                    (column, row) -> column.equals("y") ? labels.apply(row) : "" + row))
        .model();
  }
}
