package dev.slope.export;

import dev.slope.config.Precision;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatBlock;
import dev.slope.features.RawColumn;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** Coded rows as the tensors that a signature takes. */
final class RawTensors {
  private static final int SECONDS_OF_DAY = 86_400;

  private final List<RawColumn> columns;
  private final CodedRows rows;
  private final Map<String, TextBytes> strings = new HashMap<>();
  private final Map<String, TextIntegers> integers = new HashMap<>();
  private final int[] places;

  /**
   * Of some rows.
   *
   * @param columns of the model
   * @param rows with the codings of those columns
   * @throws IllegalArgumentException where they lack one
   */
  RawTensors(List<RawColumn> columns, CodedRows rows) {
    this.columns = columns;
    this.rows = rows;
    this.places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      RawColumn column = columns.get(i);
      places[i] = place(column);
      if (column.type() == RawColumn.Type.STRING) {
        strings.put(column.name(), new TextBytes(rows.dictionary(column.name())));
      } else if (column.type() == RawColumn.Type.INTEGER) {
        integers.put(column.name(), new TextIntegers(rows.dictionary(column.name())));
      }
    }
  }

  private int place(RawColumn column) {
    for (CodedColumn coding : column.codings()) {
      if (place(coding) < 0) {
        throw new IllegalArgumentException(
            "rows must have %s, but have %s".formatted(coding, rows.columns()));
      }
    }
    return place(column.codings().get(0));
  }

  /** A number that must be there will do for one that may be missing. */
  private int place(CodedColumn coding) {
    int place = rows.index(coding);
    return place < 0 && coding.coding() == CellCoding.OPTIONAL_NUMBER
        ? rows.index(new CodedColumn(coding.name(), CellCoding.NUMBER))
        : place;
  }

  /**
   * Some rows' columns as one matrix; of numbers alone.
   *
   * @param refused takes the rows that have a cell which is no number
   */
  TFloat32 matrix(FloatBlock block, int from, int count, BitSet refused) {
    int width = columns.size();
    FloatBlock gathered = inOrder(block) ? block : gathered(block, from, count);
    int first = inOrder(block) ? from : 0;
    // By way of an array: a tensor takes those of a buffer one by one.
    float[] values = new float[count * width];
    gathered.values().get(first * width, values);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == Float.POSITIVE_INFINITY) {
        refused.set(from + i / width);
      }
    }
    return TFloat32.tensorOf(Shape.of(count, width), DataBuffers.of(values, true, false));
  }

  private boolean inOrder(FloatBlock block) {
    if (block.columns() != places.length || block.precision() != Precision.FLOAT32) {
      return false;
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] != i) {
        return false;
      }
    }
    return true;
  }

  private FloatBlock gathered(FloatBlock block, int from, int count) {
    FloatBlock gathered = new FloatBlock(count, places.length);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < places.length; column++) {
        gathered.set(row, column, block.get(from + row, places[column]));
      }
    }
    return gathered;
  }

  /**
   * Some rows' columns, each a tensor, by the columns' names; the caller closes them.
   *
   * @param refused takes the rows that have no prediction for what a cell is
   */
  Map<String, TType> tensors(FloatBlock block, int from, int count, BitSet refused) {
    Map<String, TType> tensors = new LinkedHashMap<>();
    for (int i = 0; i < places.length; i++) {
      RawColumn column = columns.get(i);
      Cells cells = new Cells(block, places[i], from, count, refused);
      tensors.put(
          column.name(),
          switch (column.type()) {
            case NUMBER -> TFloat32.vectorOf(cells.numbers());
            case STRING ->
                StringVectors.of(cells.strings(Objects.requireNonNull(strings.get(column.name()))));
            case INTEGER ->
                TInt64.vectorOf(
                    cells.integers(Objects.requireNonNull(integers.get(column.name()))));
            case TRUTH -> TBool.vectorOf(cells.truths());
            case TIME -> TInt64.vectorOf(times(cells, column));
          });
    }
    return tensors;
  }

  private long[] times(Cells days, RawColumn column) {
    int seconds = rows.index(new CodedColumn(column.name(), CellCoding.SECOND));
    long[] times = new long[days.count()];
    for (int row = 0; row < times.length; row++) {
      double day = days.get(row);
      double second = days.block().get(days.from() + row, seconds);
      if (Double.isNaN(day) || Double.isNaN(second)) {
        times[row] = Vocabularies.MISSING_INTEGER;
      } else if (day == Double.POSITIVE_INFINITY || second == Double.POSITIVE_INFINITY) {
        days.refuse(row);
      } else {
        times[row] = ((long) day) * SECONDS_OF_DAY + (long) second;
      }
    }
    return times;
  }

  /**
   * A column of some rows.
   *
   * @param refused takes rows of the block
   */
  private record Cells(FloatBlock block, int column, int from, int count, BitSet refused) {
    double get(int row) {
      return block.get(from + row, column);
    }

    void refuse(int row) {
      refused.set(from + row);
    }

    float[] numbers() {
      float[] numbers = new float[count];
      for (int row = 0; row < count; row++) {
        numbers[row] = (float) get(row);
        if (numbers[row] == Float.POSITIVE_INFINITY) {
          refuse(row);
        }
      }
      return numbers;
    }

    boolean[] truths() {
      boolean[] truths = new boolean[count];
      for (int row = 0; row < count; row++) {
        double cell = get(row);
        truths[row] = cell == 1;
        if (cell != 0 && cell != 1) {
          refuse(row);
        }
      }
      return truths;
    }

    byte[][] strings(TextBytes texts) {
      byte[][] strings = new byte[count][];
      for (int row = 0; row < count; row++) {
        strings[row] = texts.of(code(row));
      }
      return strings;
    }

    long[] integers(TextIntegers texts) {
      long[] integers = new long[count];
      for (int row = 0; row < count; row++) {
        int code = code(row);
        if (texts.isInteger(code)) {
          integers[row] = texts.of(code);
        } else {
          refuse(row);
        }
      }
      return integers;
    }

    /** Of the text; -1 where it is missing. */
    private int code(int row) {
      double code = get(row);
      if (code == Double.POSITIVE_INFINITY) {
        refuse(row);
      }
      return code >= 0 && code <= Dictionary.MAX_SIZE ? (int) code : -1;
    }
  }
}
