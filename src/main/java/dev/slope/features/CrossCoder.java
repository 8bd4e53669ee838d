package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedRows;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatArray;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Codes a cross. It remembers the buckets of combinations that it has met, in a table of fixed size
 * in which a newer one takes an older one's place.
 */
final class CrossCoder implements ColumnCoder {
  private static final int REMEMBERED = 1 << 16;
  private static final int MISSING = -1;
  private static final int NO_PREDICTION = -2;

  private final int to;
  private final int buckets;
  private final List<Part> parts;
  private final int[] codes;

  /** The different codes of each part, the missing one included; null where a long has too few. */
  private final long @Nullable [] radices;

  private final long[] combinations = new long[REMEMBERED];
  private final float[] remembered = new float[REMEMBERED];

  /**
   * A coder.
   *
   * @param to its column of the coded rows
   */
  CrossCoder(FittedFeature.Crossed cross, CodedRows rows, int to) {
    this.to = to;
    this.buckets = cross.buckets();
    this.parts = cross.parts().stream().map(part -> part(part, rows)).toList();
    this.codes = new int[parts.size()];
    this.radices = radices();
    Arrays.fill(combinations, -1);
  }

  private long @Nullable [] radices() {
    long[] sizes = parts.stream().mapToLong(part -> part.size() + 1L).toArray();
    double all = Arrays.stream(sizes).asDoubleStream().reduce(1, (a, b) -> a * b);
    return all < Long.MAX_VALUE ? sizes : null;
  }

  @Override
  public void code(FloatArray cells, int width, int rows, FloatArray coded, int codedWidth) {
    for (int row = 0; row < rows; row++) {
      coded.set(row * codedWidth + to, code(cells, row * width));
    }
  }

  private float code(FloatArray cells, int row) {
    for (int i = 0; i < codes.length; i++) {
      codes[i] = parts.get(i).code(cells.get(row + parts.get(i).from()));
      if (codes[i] == NO_PREDICTION) {
        return Float.NaN;
      }
    }
    if (radices == null) {
      return bucket();
    }
    long combination = 0;
    for (int i = 0; i < codes.length; i++) {
      combination = combination * radices[i] + codes[i] + 1;
    }
    // Fibonacci hashing: neighbouring combinations are far apart.
    int place = (int) ((combination * 0x9E3779B97F4A7C15L) >>> 48);
    if (combinations[place] != combination) {
      remembered[place] = bucket();
      combinations[place] = combination;
    }
    return remembered[place];
  }

  private float bucket() {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < codes.length; i++) {
      if (i > 0) {
        joined.append(FittedFeature.Crossed.SEPARATOR);
      }
      if (codes[i] != MISSING) {
        String text = parts.get(i).text(codes[i]);
        if (text == null) {
          return Float.NaN;
        }
        joined.append(text);
      }
    }
    return HashBuckets.of(joined.toString(), buckets);
  }

  /** A column of a cross. */
  private interface Part {
    /** Its place in the rows. */
    int from();

    /** How many codes it has. */
    int size();

    /** The code of a cell. */
    int code(double cell);

    /** The text of a code; null where the row has no prediction. */
    @Nullable String text(int code);
  }

  private static Part part(FittedFeature.Crossed.CrossedColumn part, CodedRows rows) {
    String name = part.column().name();
    FittedFeature.Bucketized bucketized = part.bucketized();
    if (bucketized != null) {
      return new Buckets(
          CodedIndex.ofNumber(rows, name),
          bucketized,
          bucketized.boundaries().stream().mapToDouble(Float::doubleValue).toArray());
    }
    return switch (part.column().type()) {
      case STRING, INTEGER -> {
        Dictionary dictionary = rows.dictionary(name);
        yield new Texts(
            CodedIndex.of(rows, name, CellCoding.TEXT),
            dictionary,
            new CategoryTexts(part.column(), dictionary));
      }
      case TRUTH -> new Truths(CodedIndex.of(rows, name, CellCoding.TRUTH));
      case NUMBER, TIME -> throw new AssertionError("no part of a cross: " + part.column().type());
    };
  }

  private record Texts(int from, Dictionary dictionary, CategoryTexts texts) implements Part {
    @Override
    public int size() {
      return dictionary.size();
    }

    @Override
    public int code(double cell) {
      return Double.isNaN(cell) ? MISSING : (int) cell;
    }

    @Override
    public @Nullable String text(int code) {
      return texts.isWrong(code) ? null : texts.text(code);
    }
  }

  private record Truths(int from) implements Part {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public int code(double cell) {
      return Double.isNaN(cell) ? MISSING : (int) cell;
    }

    @Override
    public String text(int code) {
      return code == 1 ? "true" : "false";
    }
  }

  /** The buckets of a number, of which a missing one has the one that its feature says. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Buckets(int from, FittedFeature.Bucketized feature, double[] boundaries)
      implements Part {
    @Override
    public int size() {
      return boundaries.length + 2;
    }

    @Override
    public int code(double cell) {
      if (!Double.isNaN(cell)) {
        return bucket((float) cell);
      }
      if (feature.indicator()) {
        return boundaries.length + 1;
      }
      return Float.isNaN(feature.fill()) ? NO_PREDICTION : bucket(feature.fill());
    }

    /** How many boundaries are at most the number. */
    private int bucket(float value) {
      int low = 0;
      int high = boundaries.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (boundaries[middle] <= value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    @Override
    public String text(int code) {
      return Integer.toString(code);
    }
  }
}
