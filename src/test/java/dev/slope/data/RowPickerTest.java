package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowPickerTest {
  /** Blocks smaller and larger than what an entry of the table stands for, and an empty one. */
  private static final int[] BLOCK_ROWS = {3, 1024, 1, 0, 2500, 5, 700};

  /** Of each row {@code row} and {@code row + 0.5}. */
  private static FloatMatrix matrix(Precision precision) {
    List<FloatBlock> blocks = new ArrayList<>();
    int row = 0;
    for (int rows : BLOCK_ROWS) {
      FloatBlock block = new FloatBlock(precision, rows, 2);
      for (int i = 0; i < rows; i++, row++) {
        block.set(i, 0, row);
        block.set(i, 1, row + 0.5);
      }
      blocks.add(block);
    }
    return new FloatMatrix(List.of("a", "b"), blocks);
  }

  /** Every row once, neighbours far apart: 1,000 and the 4,233 rows have no common divisor. */
  @Test
  void copiesRowsInAnyOrder() {
    for (Precision precision : Precision.values()) {
      FloatMatrix matrix = matrix(precision);
      int count = (int) matrix.rows();
      long[] rows = new long[count + 1];
      for (int i = 0; i < count; i++) {
        rows[i] = i * 1000L % count;
      }
      ByteBuffer to =
          ByteBuffer.allocateDirect((count + 1) * 2 * precision.bytes())
              .order(ByteOrder.nativeOrder());

      new RowPicker(matrix).copy(rows, count, to);

      for (int i = 0; i < count; i++) {
        int at = 2 * i * precision.bytes();
        assertThat(value(precision, to, at)).isEqualTo((double) rows[i]);
        assertThat(value(precision, to, at + precision.bytes())).isEqualTo((double) rows[i] + 0.5);
      }
      assertThat(value(precision, to, 2 * count * precision.bytes())).isZero();
    }
  }

  private static double value(Precision precision, ByteBuffer buffer, int at) {
    return precision == Precision.FLOAT32 ? buffer.getFloat(at) : buffer.getDouble(at);
  }
}
