package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockWriterTest {
  private static final int ROWS = 9_000;

  @Test
  void placedRowsAreInTheBlocksThatTheyWouldBeInOneByOne() {
    List<FloatBlock> oneByOne = new ArrayList<>();
    BlockWriter first = new BlockWriter(2, BlockStore.inMemory(), oneByOne::add);
    for (int row = 0; row < ROWS; row++) {
      first.add(FloatArray.of(row, -row));
    }
    first.finish();

    List<FloatBlock> placed = new ArrayList<>();
    BlockWriter second = new BlockWriter(2, BlockStore.inMemory(), placed::add);
    second.addPlaced(1_024, rows -> write(rows, 0, 100, 924));
    second.add(FloatArray.of(1_024, -1_024));
    second.addPlaced(6_000, rows -> write(rows, 1_025, 3_000, 2_500, 500));
    second.addPlaced(1, rows -> write(rows, 7_025, 1));
    for (int row = 7_026; row < ROWS; row++) {
      second.add(FloatArray.of(row, -row));
    }
    second.finish();

    assertThat(placed.stream().map(FloatBlock::rows))
        .isEqualTo(oneByOne.stream().map(FloatBlock::rows).toList());
    assertThat(Tables.values(new FloatMatrix(List.of("a", "b"), placed)))
        .isEqualTo(Tables.values(new FloatMatrix(List.of("a", "b"), oneByOne)));
  }

  /** Writes pieces of so many rows, the last first. */
  private static void write(PlacedRows rows, int firstValue, int... pieces) {
    int place = (int) rows.rows();
    for (int i = pieces.length - 1; i >= 0; i--) {
      place -= pieces[i];
      FloatArray piece = new FloatArray(Precision.FLOAT32, 2 * pieces[i]);
      for (int row = 0; row < pieces[i]; row++) {
        piece.set(2 * row, firstValue + place + row);
        piece.set(2 * row + 1, -(firstValue + place + row));
      }
      rows.write(place, piece, pieces[i]);
    }
  }
}
