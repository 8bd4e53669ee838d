package dev.slope.data;

import dev.slope.config.DataConfig;
import dev.slope.config.SplitConfig;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Splits the rows of a training source. The same data, config and seed give the same split. */
public final class RowSplit {
  /** Below so many rows the method auto splits none off. */
  static final long AUTO_FROM_ROWS = 500;

  /** Up to so many rows the method auto takes a fifth, above as many as a fifth of them. */
  static final long AUTO_FIFTH_UP_TO_ROWS = 50_000;

  private static final double AUTO_FRACTION = 0.2;
  private static final int STREAM = -2;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final DataConfig config;
  private final DataSource source;
  private final long rows;
  private final long seed;

  private RowSplit(DataConfig config, DataSource source, long rows, long seed) {
    this.config = config;
    this.source = source;
    this.rows = rows;
    this.seed = seed;
  }

  /**
   * Splits.
   *
   * @param config names method and sources
   * @param source of the training rows; one of its columns is read where the method needs it
   * @param rows how many it has
   * @param classes one column with a class for each row, to split each on its own; null where rows
   *     are split all together
   * @param seed of the run
   * @throws DataException where a part that was asked for has no row, or a row's part can't be told
   */
  public static RowParts of(
      DataConfig config, DataSource source, long rows, @Nullable FloatMatrix classes, long seed) {
    return new RowSplit(config, source, rows, seed).split(classes);
  }

  private RowParts split(@Nullable FloatMatrix classes) {
    SplitConfig split = config.split();
    double validation = config.validationFraction();
    double test = config.testFraction();
    return switch (split.method()) {
      case NONE -> RowParts.training(rows);
      case AUTO ->
          config.validation() != null || rows < AUTO_FROM_ROWS
              ? RowParts.training(rows)
              : drawn(
                  Math.min(AUTO_FRACTION, AUTO_FRACTION * AUTO_FIFTH_UP_TO_ROWS / rows),
                  0,
                  classes);
      case RANDOM -> filled(drawn(validation, test, classes));
      case SEQUENTIAL -> filled(sequential(validation, test));
      case HASH -> filled(byText((row, text) -> hashed(row, text, validation, test)));
      case COLUMN -> byText(this::named);
    };
  }

  private RowParts drawn(double validation, double test, @Nullable FloatMatrix classes) {
    RandomStream random = RandomStream.of(seed, STREAM);
    if (classes == null) {
      SelectionSampling sampling = new SelectionSampling(rows, validation, test);
      return RowParts.of(rows, row -> sampling.next(random));
    }
    Map<Double, Long> counts = new HashMap<>();
    for (FloatBlock block : classes.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        counts.merge(classOf(block, row), 1L, Long::sum);
      }
    }
    Map<Double, SelectionSampling> byClass = new HashMap<>();
    counts.forEach(
        (name, count) -> byClass.put(name, new SelectionSampling(count, validation, test)));
    Cursor cursor = new Cursor(classes.blocks());
    return RowParts.of(
        rows, row -> Objects.requireNonNull(byClass.get(cursor.next())).next(random));
  }

  /** Adding 0 makes one zero of the two. */
  private static double classOf(FloatBlock block, int row) {
    return block.get(row, 0) + 0.0;
  }

  /** Walks over one column. */
  private static final class Cursor {
    private final List<FloatBlock> blocks;
    private int block;
    private int row;

    Cursor(List<FloatBlock> blocks) {
      this.blocks = blocks;
    }

    double next() {
      while (row == blocks.get(block).rows()) {
        block++;
        row = 0;
      }
      return classOf(blocks.get(block), row++);
    }
  }

  private RowParts sequential(double validation, double test) {
    long testRows = Math.min(Math.round(test * rows), rows - 1);
    long validationRows = Math.min(Math.round(validation * rows), rows - 1 - testRows);
    long train = rows - validationRows - testRows;
    return RowParts.of(
        rows,
        row -> {
          if (row < train) {
            return RowPart.TRAIN;
          }
          return row < train + validationRows ? RowPart.VALIDATION : RowPart.TEST;
        });
  }

  /** The part of a row by the text of the column that decides. */
  @FunctionalInterface
  private interface TextAssignment {
    RowPart of(int row, String text);
  }

  private RowParts byText(TextAssignment assignment) {
    RowPart[] read = new RowPart[Math.toIntExact(rows)];
    int[] count = {0};
    source.scan(
        List.of(),
        List.of(column()),
        batch -> {
          for (String[] text : batch.text()) {
            if (count[0] < rows) {
              read[count[0]] = assignment.of(count[0], text[0]);
            }
            count[0]++;
          }
        });
    if (count[0] != rows) {
      throw new DataException(
          "%s must keep its rows while it is read, but had %d and then %d"
              .formatted(source.description(), rows, count[0]));
    }
    RowParts split = RowParts.of(rows, row -> read[row]);
    if (split.rows(RowPart.TRAIN) == 0) {
      throw new DataException(
          "%s: the split by '%s' must leave rows to train on, but leaves none of %d"
              .formatted(source.description(), column(), rows));
    }
    return split;
  }

  /** FNV-1a of the UTF-8 bytes, mixed by SplitMix64: the value alone decides, on any machine. */
  private RowPart hashed(int row, String text, double validation, double test) {
    if (text.isEmpty()) {
      throw new DataException(
          "%s, row %d, column '%s' is missing a value, and the split goes by it"
              .formatted(source.description(), row + 1, column()));
    }
    long hash = FNV_OFFSET;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    double place = new RandomStream(hash).nextUniform();
    if (place < validation) {
      return RowPart.VALIDATION;
    }
    return place < validation + test ? RowPart.TEST : RowPart.TRAIN;
  }

  private RowPart named(int row, String text) {
    return switch (text) {
      case "train" -> RowPart.TRAIN;
      case "validation" -> RowPart.VALIDATION;
      case "test" -> RowPart.TEST;
      default ->
          throw new DataException(
              "%s, row %d, column '%s' must be train, validation or test, but was '%s'"
                  .formatted(source.description(), row + 1, column(), text));
    };
  }

  private String column() {
    return Objects.requireNonNull(config.split().column(), "column");
  }

  /** A part that was asked for and has no row would go unnoticed. */
  private RowParts filled(RowParts parts) {
    requireRows(parts, RowPart.VALIDATION, "validation", config.validationFraction());
    requireRows(parts, RowPart.TEST, "test", config.testFraction());
    return parts;
  }

  private void requireRows(RowParts parts, RowPart part, String key, double fraction) {
    if (fraction > 0 && parts.rows(part) == 0) {
      throw new DataException(
          "/data/split/%s must be enough for one row, but %s of the %d rows of %s is none; use a larger part"
                  .formatted(key, fraction, rows, source.description())
              + " or the method 'none'");
    }
  }
}
