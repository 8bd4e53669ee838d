package dev.slope.export;

import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.features.IntegerText;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The cells of some rows as tensors of any type: a missing number is NaN and a missing string the
 * empty one, but there is no missing integer or truth.
 */
final class SignatureCells {
  private final CodedRows rows;
  private final FloatBlock block;
  private final BitSet refused = new BitSet();

  SignatureCells(CodedRows rows, FloatBlock block) {
    this.rows = rows;
    this.block = block;
  }

  /** Whether a row has a cell that is none of its column. */
  boolean isRefused(int row) {
    return refused.get(row);
  }

  /** The column of an input; the caller closes it. */
  TType tensor(SignatureInput input) {
    int place = rows.index(input.coding());
    Shape shape = input.shape(block.rows());
    return switch (input.dtype()) {
      case DT_FLOAT -> TFloat32.tensorOf(shape, DataBuffers.of(numbers(place), true, false));
      case DT_DOUBLE ->
          TFloat64.tensorOf(shape, DataBuffers.of(doubles(input, place), true, false));
      case DT_INT32 -> TInt32.tensorOf(shape, DataBuffers.of(integers(input, place), true, false));
      case DT_INT64 -> TInt64.tensorOf(shape, DataBuffers.of(longs(input, place), true, false));
      case DT_BOOL -> TBool.tensorOf(shape, DataBuffers.of(truths(place), true, false));
      case DT_STRING ->
          TString.tensorOfBytes(
              NdArrays.wrap(shape, DataBuffers.of(strings(input, place), true, false)));
      default -> throw new AssertionError("no tensor of " + input.dtype());
    };
  }

  private float[] numbers(int place) {
    float[] numbers = new float[block.rows()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = (float) block.get(row, place);
      if (numbers[row] == Float.POSITIVE_INFINITY) {
        refused.set(row);
      }
    }
    return numbers;
  }

  private boolean[] truths(int place) {
    boolean[] truths = new boolean[block.rows()];
    for (int row = 0; row < truths.length; row++) {
      double cell = block.get(row, place);
      truths[row] = cell == 1;
      if (cell != 0 && cell != 1) {
        refused.set(row);
      }
    }
    return truths;
  }

  private double[] doubles(SignatureInput input, int place) {
    double[] numbers = new double[block.rows()];
    for (int row = 0; row < numbers.length; row++) {
      String text = text(input, place, row);
      numbers[row] = Double.NaN;
      if (text != null && !text.isEmpty()) {
        try {
          numbers[row] = Double.parseDouble(text);
        } catch (NumberFormatException e) {
          refused.set(row);
        }
      }
    }
    return numbers;
  }

  private long[] longs(SignatureInput input, int place) {
    long[] integers = new long[block.rows()];
    for (int row = 0; row < integers.length; row++) {
      String text = text(input, place, row);
      String digits = text == null ? null : IntegerText.of(text).orElse(null);
      if (digits == null) {
        refused.set(row);
      } else {
        integers[row] = Long.parseLong(digits);
      }
    }
    return integers;
  }

  private int[] integers(SignatureInput input, int place) {
    long[] wide = longs(input, place);
    int[] integers = new int[wide.length];
    for (int row = 0; row < wide.length; row++) {
      integers[row] = (int) wide[row];
      if (integers[row] != wide[row]) {
        refused.set(row);
      }
    }
    return integers;
  }

  private byte[][] strings(SignatureInput input, int place) {
    byte[][] strings = new byte[block.rows()][];
    for (int row = 0; row < strings.length; row++) {
      String text = text(input, place, row);
      strings[row] = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    }
    return strings;
  }

  /** The text of a cell; null where it is missing. */
  private @Nullable String text(SignatureInput input, int place, int row) {
    double code = block.get(row, place);
    if (code == Double.POSITIVE_INFINITY) {
      refused.set(row);
      return null;
    }
    List<String> texts = rows.dictionary(input.coding().name()).texts();
    return Double.isNaN(code) ? null : texts.get((int) code);
  }
}
