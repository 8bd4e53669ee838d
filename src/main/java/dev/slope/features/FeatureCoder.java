package dev.slope.features;

import com.google.common.collect.Lists;
import dev.slope.config.Precision;
import dev.slope.data.BlockStore;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedRows;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatArray;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Codes rows of any part or source by what was learnt from the training rows. NaN where a row has
 * no prediction, or where a missing number is yet to be filled in. For one thread.
 *
 * <p>Each different text is looked up or hashed once, not once a row.
 */
public final class FeatureCoder {
  /** Fewer texts are looked up sooner than they are shared out. */
  private static final int SHARED_TEXTS = 1 << 12;

  private final FittedFeatures features;
  // By the feature itself: its hash would be that of all its levels.
  private final IdentityHashMap<FittedFeature, CodeTable> tables = new IdentityHashMap<>();

  /** Of a model. */
  public FeatureCoder(FittedFeatures features) {
    this.features = features;
    for (FittedFeature feature : features.features()) {
      if (feature instanceof FittedFeature.Categorical categorical) {
        tables.put(feature, new CodeTable(() -> places(categorical)));
      } else if (feature instanceof FittedFeature.Hashed hashed) {
        tables.put(feature, new CodeTable(() -> buckets(hashed)));
      }
    }
  }

  /** Looks up the texts of all columns, on all cores where they are many. */
  private void lookUpTexts(CodedRows rows) {
    Set<Map.Entry<FittedFeature, CodeTable>> all = tables.entrySet();
    long texts = all.stream().mapToLong(table -> texts(rows, table.getKey()).size()).sum();
    (texts < SHARED_TEXTS ? all.stream() : all.parallelStream())
        .forEach(table -> table.getValue().of(texts(rows, table.getKey())));
  }

  private static Dictionary texts(CodedRows rows, FittedFeature feature) {
    return rows.dictionary(feature.name());
  }

  /**
   * Codes rows.
   *
   * @param rows with the columns that the model needs, in any order, and any others
   * @param store keeps the result
   * @return the model's {@linkplain FittedFeatures#columns() columns}, in blocks of the same rows
   *     but where more columns make a block too large; the rows' own blocks where they are just
   *     that already
   */
  public FloatMatrix code(CodedRows rows, BlockStore store) {
    return code(rows, block -> blank(block, store));
  }

  /**
   * Codes rows into their own memory, where a coded row isn't longer: the rows are gone then.
   *
   * @param rows with the columns that the model needs, in any order, and any others
   * @param store keeps the result where the rows' memory can't
   * @return as {@link #code}
   */
  public FloatMatrix codeInPlace(CodedRows rows, BlockStore store) {
    int width = features.columns().size();
    return width > rows.values().columns()
        ? code(rows, store)
        : code(rows, block -> List.of(block.narrowed(width)));
  }

  /** Blocks of zeros for the codes of a block. */
  private List<FloatBlock> blank(FloatBlock block, BlockStore store) {
    int width = features.columns().size();
    int most = FloatBlock.MAX_VALUES / width;
    List<FloatBlock> blank = new ArrayList<>();
    for (int done = 0; done < block.rows(); done += most) {
      blank.add(store.allocate(block.precision(), Math.min(most, block.rows() - done), width));
    }
    return blank;
  }

  /**
   * Codes rows, on all cores where they are in memory.
   *
   * @param targets what the codes of a block go into
   */
  private FloatMatrix code(CodedRows rows, Function<FloatBlock, List<FloatBlock>> targets) {
    FloatMatrix values = rows.values();
    lookUpTexts(rows);
    if (isIdentity(coders(rows), values.columns())) {
      return new FloatMatrix(features.columns(), values.blocks());
    }
    List<Share> shares = new ArrayList<>();
    int count = values.isInFile() ? 1 : Runtime.getRuntime().availableProcessors();
    for (List<FloatBlock> blocks : shared(values.blocks(), count)) {
      Chunks chunks =
          new Chunks(coders(rows), values.columns(), features.columns().size(), values.precision());
      shares.add(new Share(blocks, chunks));
    }
    return new FloatMatrix(
        features.columns(),
        shares.parallelStream().flatMap(share -> share.code(targets).stream()).toList());
  }

  /** Neighbouring blocks together, in shares of about as many. */
  private static List<List<FloatBlock>> shared(List<FloatBlock> blocks, int count) {
    return blocks.isEmpty()
        ? List.of()
        : Lists.partition(blocks, (blocks.size() + count - 1) / count);
  }

  /**
   * What one thread codes.
   *
   * @param chunks its own
   */
  private record Share(List<FloatBlock> blocks, Chunks chunks) {
    List<FloatBlock> code(Function<FloatBlock, List<FloatBlock>> targets) {
      List<FloatBlock> coded = new ArrayList<>();
      for (FloatBlock block : blocks) {
        int done = 0;
        for (FloatBlock target : targets.apply(block)) {
          chunks.code(block, done, target);
          done += target.rows();
          coded.add(target);
        }
      }
      return coded;
    }
  }

  private static boolean isIdentity(List<ColumnCoder> coders, int columns) {
    if (coders.size() != columns) {
      return false;
    }
    for (int column = 0; column < columns; column++) {
      if (!coders.get(column).equals(new ColumnCoder.Copy(column, column))) {
        return false;
      }
    }
    return true;
  }

  /** Codes rows a few at a time, in buffers that stay in the core's cache. */
  private static final class Chunks {
    private final List<ColumnCoder> coders;
    private final int width;
    private final int codedWidth;
    private final int most;
    private final FloatArray cells;
    private final FloatArray coded;

    Chunks(List<ColumnCoder> coders, int width, int codedWidth, Precision precision) {
      this.coders = coders;
      this.width = width;
      this.codedWidth = codedWidth;
      this.most = Math.max(1, ColumnLearner.CHUNK_VALUES / Math.max(width, codedWidth));
      this.cells = new FloatArray(precision, most * width);
      this.coded = new FloatArray(precision, most * codedWidth);
    }

    /** Codes as many rows as {@code to} has, from the given one on; may be the same memory. */
    void code(FloatBlock from, int first, FloatBlock to) {
      for (int done = 0; done < to.rows(); done += most) {
        int rows = Math.min(most, to.rows() - done);
        from.read((first + done) * width, cells, rows * width);
        for (ColumnCoder coder : coders) {
          coder.code(cells, width, rows, coded, codedWidth);
        }
        to.write(done * codedWidth, coded, 0, rows * codedWidth);
      }
    }
  }

  private List<ColumnCoder> coders(CodedRows rows) {
    List<ColumnCoder> coders = new ArrayList<>();
    int to = 0;
    for (FittedFeature feature : features.features()) {
      addCoders(feature, rows, to, coders);
      to += feature.codedColumns().size();
    }
    return coders;
  }

  private void addCoders(FittedFeature feature, CodedRows rows, int to, List<ColumnCoder> coders) {
    String name = feature.name();
    if (feature instanceof FittedFeature.Numeric || feature instanceof FittedFeature.Bucketized) {
      coders.add(new ColumnCoder.Copy(CodedIndex.ofNumber(rows, name), to));
    } else if (feature instanceof FittedFeature.Categorical categorical) {
      coders.add(lookup(feature, rows, to, categorical.missingCode()));
    } else if (feature instanceof FittedFeature.Hashed hashed) {
      coders.add(lookup(feature, rows, to, HashBuckets.of("", hashed.buckets())));
    } else if (feature instanceof FittedFeature.Crossed crossed) {
      coders.add(new CrossCoder(crossed, rows, to));
    } else if (feature instanceof FittedFeature.Truth) {
      coders.add(new ColumnCoder.Copy(CodedIndex.of(rows, name, CellCoding.TRUTH), to));
    } else if (feature instanceof FittedFeature.Datetime) {
      coders.add(new ColumnCoder.Copy(CodedIndex.of(rows, name, CellCoding.DAY), to));
      coders.add(new ColumnCoder.Copy(CodedIndex.of(rows, name, CellCoding.SECOND), to + 1));
    } else if (feature instanceof FittedFeature.Text text) {
      coders.add(words(text, rows, to));
    } else {
      throw new AssertionError("no coding for " + feature.getClass().getSimpleName());
    }
  }

  private ColumnCoder lookup(FittedFeature feature, CodedRows rows, int to, float missing) {
    CodeTable table = tables.get(feature);
    if (table == null) {
      throw new AssertionError("no table for " + feature.name());
    }
    return new ColumnCoder.Lookup(
        CodedIndex.of(rows, feature.name(), CellCoding.TEXT),
        to,
        table.of(texts(rows, feature)),
        missing);
  }

  private static ColumnCoder words(FittedFeature.Text feature, CodedRows rows, int to) {
    int from = CodedIndex.of(rows, feature.name(), CellCoding.TEXT);
    Dictionary dictionary = rows.dictionary(feature.name());
    Words words = new Words(feature);
    return (cells, width, count, coded, codedWidth) -> {
      for (int row = 0; row < count; row++) {
        int first = row * codedWidth + to;
        coded.fill(first, first + feature.buckets(), 0);
        double text = cells.get(row * width + from);
        if (!Double.isNaN(text)) {
          words.count(dictionary.text((int) text), coded, first);
        }
      }
    };
  }

  private static CodeTable.Coding places(FittedFeature.Categorical feature) {
    Dictionary places = new Dictionary();
    for (String level : feature.vocabulary()) {
      places.add(feature.name(), level);
    }
    boolean integers = feature.column().type() == RawColumn.Type.INTEGER;
    return text -> {
      if (text.isEmpty()) {
        return feature.missingCode();
      }
      if (integers) {
        return IntegerText.of(text).map(digits -> place(places, digits, feature)).orElse(Float.NaN);
      }
      return place(places, text, feature);
    };
  }

  private static float place(Dictionary places, String text, FittedFeature.Categorical feature) {
    int place = places.find(text);
    return place == Dictionary.NONE ? feature.otherCode() : place;
  }

  private static CodeTable.Coding buckets(FittedFeature.Hashed feature) {
    if (feature.column().type() != RawColumn.Type.INTEGER) {
      return text -> HashBuckets.of(text, feature.buckets());
    }
    return text ->
        text.isEmpty()
            ? HashBuckets.of("", feature.buckets())
            : IntegerText.of(text)
                .map(digits -> (float) HashBuckets.of(digits, feature.buckets()))
                .orElse(Float.NaN);
  }
}
