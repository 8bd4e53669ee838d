package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.DataConfig;
import dev.slope.config.DataSourceConfig;
import dev.slope.config.SplitConfig;
import dev.slope.config.SplitMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which row goes where, by every method. */
class RowSplitTest {
  @TempDir Path folder;

  @Test
  void randomDrawsExactlyTheFractionsWithTheSeed() {
    DataConfig config = config(SplitMethod.RANDOM, 0.25, 0.1, null);
    FloatMatrix rows = numbers(1000);

    RowParts parts = RowSplit.of(config, source(rows), 1000, null, 7);

    assertThat(counts(parts)).containsExactly(650L, 250L, 100L);
    List<Float> validation = values(parts.select(rows, RowPart.VALIDATION, BlockStore.inMemory()));
    assertThat(
            values(split(config, rows, 7).select(rows, RowPart.VALIDATION, BlockStore.inMemory())))
        .isEqualTo(validation);
    assertThat(
            values(split(config, rows, 8).select(rows, RowPart.VALIDATION, BlockStore.inMemory())))
        .isNotEqualTo(validation);
    // 250 of 0..999 without replacement have a mean of 499.5 with a standard deviation of
    // sqrt(1000^2 / 12 / 250 * 0.75) = 15.8; four of them.
    assertThat(validation.stream().mapToDouble(Float::doubleValue).average().orElseThrow())
        .isCloseTo(499.5, within(64.0));
  }

  /** Each of 2 rows out of 3 validates equally often: 1/3 of 3,000 seeds, 4 sigma are 103. */
  @Test
  void everyRowIsAsLikelyAsAnyOther() {
    DataConfig config = config(SplitMethod.RANDOM, 1 / 3.0, 0.0, null);
    int[] drawn = new int[3];
    for (int seed = 0; seed < 3000; seed++) {
      RowParts parts = split(config, numbers(3), seed);
      for (int row = 0; row < 3; row++) {
        drawn[row] += parts.of(row) == RowPart.VALIDATION ? 1 : 0;
      }
    }
    for (int count : drawn) {
      assertThat(count).isCloseTo(1000, within(104));
    }
  }

  @Test
  void sequentialTakesTheLastRows() {
    FloatMatrix rows = numbers(10);
    RowParts parts = split(config(SplitMethod.SEQUENTIAL, 0.2, 0.1, null), rows, 0);

    assertThat(values(parts.select(rows, RowPart.TRAIN, BlockStore.inMemory())))
        .containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f);
    assertThat(values(parts.select(rows, RowPart.VALIDATION, BlockStore.inMemory())))
        .containsExactly(7f, 8f);
    assertThat(values(parts.select(rows, RowPart.TEST, BlockStore.inMemory()))).containsExactly(9f);
  }

  @Test
  void autoGoesByTheNumberOfRows() {
    DataConfig auto = config(SplitMethod.AUTO, null, null, null);

    assertThat(counts(split(auto, numbers(499), 0))).containsExactly(499L, 0L, 0L);
    assertThat(counts(split(auto, numbers(500), 0))).containsExactly(400L, 100L, 0L);
    assertThat(counts(split(auto, numbers(50_000), 0))).containsExactly(40_000L, 10_000L, 0L);
    assertThat(counts(split(auto, numbers(120_000), 0))).containsExactly(110_000L, 10_000L, 0L);
  }

  @Test
  void autoLeavesTheRowsAloneWhereValidationHasASource() {
    DataSourceConfig own = DataSourceConfig.File.of("validation.csv");
    DataConfig config =
        new DataConfig(own, own, null, new SplitConfig(SplitMethod.AUTO, null, null, null, null));

    assertThat(counts(split(config, numbers(1000), 0))).containsExactly(1000L, 0L, 0L);
  }

  /** 90 of one class and 10 of the other: 18 and 2 validate; a class of one row trains. */
  @Test
  void stratifiedTakesTheSameShareOfEachClass() {
    FloatBlock block = new FloatBlock(101, 1);
    for (int row = 0; row < 100; row += 10) {
      block.set(row, 0, 1);
    }
    block.set(100, 0, 2);
    FloatMatrix classes = new FloatMatrix(List.of("y"), List.of(block));
    DataConfig config = config(SplitMethod.RANDOM, 0.2, 0.0, null);

    RowParts parts = RowSplit.of(config, source(classes), 101, classes, 3);

    List<Float> validation =
        values(parts.select(classes, RowPart.VALIDATION, BlockStore.inMemory()));
    assertThat(validation).hasSize(20).filteredOn(value -> value == 1).hasSize(2);
    assertThat(values(parts.select(classes, RowPart.TRAIN, BlockStore.inMemory()))).contains(2f);
  }

  /** Twice as many rows, and others in front: the value alone decides where a row is. */
  @Test
  void hashKeepsARowInItsPartWhenDataGrow() throws IOException {
    StringBuilder grown = new StringBuilder("id,x\n");
    for (int row = 0; row < 4000; row++) {
      grown.append("customer ").append(7919 * row % 4000).append(",0\n");
    }
    String few = "id,x\ncustomer 5,0\ncustomer 1,0\ncustomer 5,0\ncustomer 3999,0\n";
    DataConfig config = config(SplitMethod.HASH, 0.3, 0.3, "id");
    List<RowPart> now = parts(config, few);
    List<RowPart> later = parts(config, grown.toString());

    assertThat(now.get(0)).isEqualTo(now.get(2));
    List<Integer> ids = List.of(5, 1, 5, 3999);
    for (int i = 0; i < 4; i++) {
      int place = 0;
      while (7919 * place % 4000 != ids.get(i)) {
        place++;
      }
      assertThat(later.get(place)).isEqualTo(now.get(i));
    }
    // 0.3 of 4,000 is 1,200; four times the square root of 4,000 * 0.3 * 0.7 is 116.
    assertThat(later).filteredOn(RowPart.VALIDATION::equals).hasSizeBetween(1084, 1316);
    assertThat(later).filteredOn(RowPart.TEST::equals).hasSizeBetween(1084, 1316);
  }

  @Test
  void aColumnSaysWhereARowGoes() throws IOException {
    DataConfig config = config(SplitMethod.COLUMN, null, null, "part");

    assertThat(parts(config, "x,part\n1,test\n2,train\n3,validation\n4,train\n"))
        .containsExactly(RowPart.TEST, RowPart.TRAIN, RowPart.VALIDATION, RowPart.TRAIN);
    assertThatThrownBy(() -> parts(config, "x,part\n1,train\n2,Train\n"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("rows.csv")
                + ", row 2, column 'part' must be train, validation or test, but was 'Train'");
    assertThatThrownBy(() -> parts(config, "x,part\n1,test\n2,test\n"))
        .hasMessageEndingWith(
            ": the split by 'part' must leave rows to train on, but leaves none of 2");
  }

  @Test
  void hashNeedsAValueInEveryRow() {
    assertThatThrownBy(() -> parts(config(SplitMethod.HASH, 0.5, 0.0, "id"), "x,id\n1,a\n2,\n"))
        .hasMessageEndingWith(", row 2, column 'id' is missing a value, and the split goes by it");
  }

  @Test
  void aPartThatWouldBeEmptyIsRefused() {
    assertThatThrownBy(() -> split(config(SplitMethod.RANDOM, 0.1, 0.0, null), numbers(4), 0))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "/data/split/validation must be enough for one row, but 0.1 of the 4 rows of numbers is"
                + " none; use a larger part or the method 'none'");
  }

  @Test
  void everySourceDrawsItsOwnRows() {
    assertThat(RowPart.TRAIN.sourceSeed(5)).isEqualTo(5);
    assertThat(RowPart.VALIDATION.sourceSeed(5))
        .isNotEqualTo(5)
        .isNotEqualTo(RowPart.TEST.sourceSeed(5));
  }

  private List<RowPart> parts(DataConfig config, String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), csv);
    try (DataSource source = DataSources.openFile(file)) {
      long rows = source.readNumbers(List.of("x")).rows();
      RowParts parts = RowSplit.of(config, source, rows, null, 0);
      List<RowPart> each = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        each.add(parts.of(row));
      }
      return each;
    }
  }

  private static RowParts split(DataConfig config, FloatMatrix rows, long seed) {
    return RowSplit.of(config, source(rows), rows.rows(), null, seed);
  }

  static DataConfig config(
      SplitMethod method,
      @Nullable Double validation,
      @Nullable Double test,
      @Nullable String column) {
    return new DataConfig(
        DataSourceConfig.File.of("rows.csv"),
        null,
        null,
        new SplitConfig(method, validation, test, column, null));
  }

  static DataSource source(FloatMatrix rows) {
    return new TableSource("numbers", rows);
  }

  /** 0, 1, 2, ... in several blocks. */
  static FloatMatrix numbers(int rows) {
    MatrixWriter writer = new MatrixWriter(List.of("x"), BlockStore.inMemory());
    for (int row = 0; row < rows; row++) {
      writer.add(FloatArray.of(row));
    }
    return writer.finish();
  }

  private static List<Long> counts(RowParts parts) {
    return List.of(
        parts.rows(RowPart.TRAIN), parts.rows(RowPart.VALIDATION), parts.rows(RowPart.TEST));
  }

  static List<Float> values(FloatMatrix matrix) {
    List<Float> values = new ArrayList<>();
    for (FloatBlock block : matrix.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        values.add((float) block.get(row, 0));
      }
    }
    return values;
  }
}
