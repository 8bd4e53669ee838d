package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.data.BlockStore;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows without a label are found and left out. */
class LabelledRowsTest {
  private static final float NONE = Float.NaN;

  /** Rows 1 and 4 lack y, row 3 lacks z; blocks of two, one of which goes whole. */
  @Test
  void rowsWithoutALabelAreLeftOut() {
    CodedRows rows =
        rows(
            FloatBlock.of(3, 10, 1, 2, 11, NONE, 3),
            FloatBlock.of(3, 12, 4, 5, NONE, 6, NONE),
            FloatBlock.of(3, 14, NONE, 7));

    LabelledRows labelled = LabelledRows.of(rows, List.of("y", "z"), "rows.csv");

    assertThat(labelled.missing()).isEqualTo(3);
    assertThat(labelled.warning()).isEqualTo("3 of 5 rows have no label and are left out");
    assertThat(labelled.has(0)).isTrue();
    assertThat(labelled.has(3)).isFalse();
    CodedRows selected = labelled.select(rows, BlockStore.inMemory());
    assertThat(selected.rows()).isEqualTo(2);
    assertThat(selected.values().blocks()).hasSize(2);
    assertThat(selected.values().blocks().get(1).get(0, 0)).isEqualTo(12);
    assertThat(selected.values().blocks().get(1).get(0, 2)).isEqualTo(5);
    assertThat(selected.columns()).isEqualTo(rows.columns());
  }

  @Test
  void whereAllHaveLabelsNothingIsCopied() {
    CodedRows rows = rows(FloatBlock.of(3, NONE, 1, 2));

    assertThat(
            LabelledRows.of(rows, List.of("y", "z"), "rows.csv")
                .select(rows, BlockStore.inMemory()))
        .isSameAs(rows);
  }

  @Test
  void someRowMustHaveALabel() {
    CodedRows rows = rows(FloatBlock.of(3, 1, NONE, 2));

    assertThatThrownBy(() -> LabelledRows.of(rows, List.of("y"), "rows.csv"))
        .isInstanceOf(DataException.class)
        .hasMessage("rows.csv: label 'y' is missing in all 1 rows");
  }

  private static CodedRows rows(FloatBlock... blocks) {
    List<CodedColumn> columns =
        List.of(
            new CodedColumn("x", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("y", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("z", CellCoding.OPTIONAL_NUMBER));
    return new CodedRows(
        columns, new FloatMatrix(List.of("x", "y", "z"), List.of(blocks)), Map.of());
  }
}
