package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.DatetimePart;
import dev.slope.config.Scaling;
import dev.slope.data.BlockStore;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureCoderTest {
  private static final float NONE = Float.NaN;
  private static final RawColumn TEXT = new RawColumn("t", RawColumn.Type.STRING);
  private static final RawColumn INTEGER = new RawColumn("t", RawColumn.Type.INTEGER);
  private static final RawColumn TRUTH = new RawColumn("b", RawColumn.Type.TRUTH);
  private static final RawColumn NUMBER = new RawColumn("n", RawColumn.Type.NUMBER);

  private static String code(CodedRowsSample rows, FittedFeature... features) {
    FeatureCoder coder = new FeatureCoder(new FittedFeatures(List.of(features)));
    String coded = shown(coder.code(rows.rows(2), BlockStore.inMemory()));
    assertThat(shown(coder.codeInPlace(rows.rows(2), BlockStore.inMemory()))).isEqualTo(coded);
    return coded;
  }

  private static String shown(FloatMatrix matrix) {
    return Arrays.deepToString(CodedRowsSample.values(matrix));
  }

  @Test
  void rowsAreCodedIntoTheirOwnMemoryWhereTheyFit() {
    FittedFeature one = new FittedFeature.Categorical(TEXT, List.of("u"), true, true, false);
    FittedFeature three = new FittedFeature.Text("t", 3, 1);
    CodedRows rows = new CodedRowsSample().text("t", "u", "v").number("n", 5, 6).rows(2);
    CodedRows same = rows.with(rows.values().copy());

    // The place of u is 0, of any other text 2; nothing is written beyond the codes.
    FloatMatrix coded =
        new FeatureCoder(new FittedFeatures(List.of(one))).codeInPlace(rows, BlockStore.inMemory());
    assertThat(shown(coded)).isEqualTo(Arrays.deepToString(new float[][] {{0}, {2}}));
    assertThat(shown(rows.values())).isEqualTo(Arrays.deepToString(new float[][] {{0, 2}, {1, 6}}));

    new FeatureCoder(new FittedFeatures(List.of(three))).codeInPlace(same, BlockStore.inMemory());
    assertThat(shown(same.values())).isEqualTo(Arrays.deepToString(new float[][] {{0, 5}, {1, 6}}));
  }

  @Test
  void aCategoryIsItsPlace() {
    CodedRowsSample rows = new CodedRowsSample().text("t", "new", "v", null, "u", "");

    assertThat(
            code(rows, new FittedFeature.Categorical(TEXT, List.of("u", "v"), true, true, false)))
        .isEqualTo(Arrays.deepToString(new float[][] {{3}, {1}, {2}, {0}, {2}}));
    assertThat(
            code(rows, new FittedFeature.Categorical(TEXT, List.of("u", "v"), false, true, false)))
        .isEqualTo(Arrays.deepToString(new float[][] {{2}, {1}, {2}, {0}, {2}}));
    assertThat(
            code(rows, new FittedFeature.Categorical(TEXT, List.of("u", "v"), false, false, false)))
        .isEqualTo(Arrays.deepToString(new float[][] {{-1}, {1}, {-1}, {0}, {-1}}));
    assertThat(
            code(rows, new FittedFeature.Categorical(TEXT, List.of("u", "v"), true, false, true)))
        .isEqualTo(Arrays.deepToString(new float[][] {{NONE}, {1}, {2}, {0}, {2}}));
  }

  @Test
  void anIntegerIsTheSameHoweverItIsWrittenAndATextIsNone() {
    CodedRowsSample rows = new CodedRowsSample().text("t", "7", "7.0", "x", "8");

    assertThat(code(rows, new FittedFeature.Categorical(INTEGER, List.of("7"), false, true, false)))
        .isEqualTo(Arrays.deepToString(new float[][] {{0}, {0}, {NONE}, {1}}));
    float seven = HashBuckets.of("7", 1000);
    float eight = HashBuckets.of("8", 1000);
    assertThat(code(rows, new FittedFeature.Hashed(INTEGER, 1000)))
        .isEqualTo(Arrays.deepToString(new float[][] {{seven}, {seven}, {NONE}, {eight}}));
  }

  // The joined texts' hashes; their buckets are compared with TensorFlow's by HashBucketsTest.
  @Test
  void aCrossIsTheHashOfTheJoinedTexts() {
    CodedRowsSample rows =
        new CodedRowsSample()
            .text("t", "u", null, "v", "u")
            .truth("b", 1, 0, NONE, 1)
            .number("n", 0.5f, 3, NONE, 0.5f);
    FittedFeature.Crossed cross =
        new FittedFeature.Crossed(
            "c",
            List.of(
                new FittedFeature.Crossed.CrossedColumn(TEXT, null),
                new FittedFeature.Crossed.CrossedColumn(TRUTH, null),
                new FittedFeature.Crossed.CrossedColumn(
                    NUMBER, new FittedFeature.Bucketized("n", List.of(1f, 3f), 0, true))),
            1000);
    float[][] expected = new float[4][1];
    expected[0][0] = HashBuckets.of("u\u001ftrue\u001f0", 1000);
    expected[1][0] = HashBuckets.of("\u001ffalse\u001f2", 1000);
    expected[2][0] = HashBuckets.of("v\u001f\u001f3", 1000);
    expected[3][0] = expected[0][0];

    assertThat(code(rows, cross)).isEqualTo(Arrays.deepToString(expected));
  }

  @Test
  void aCrossOfANumberThatNothingStandsForHasNoPrediction() {
    FittedFeature.Crossed cross =
        new FittedFeature.Crossed(
            "c",
            List.of(
                new FittedFeature.Crossed.CrossedColumn(TEXT, null),
                new FittedFeature.Crossed.CrossedColumn(
                    NUMBER, new FittedFeature.Bucketized("n", List.of(1f), NONE, false))),
            10);

    assertThat(code(new CodedRowsSample().text("t", "u").number("n", NONE), cross))
        .isEqualTo(Arrays.deepToString(new float[][] {{NONE}}));
  }

  @Test
  void numbersTruthsAndDatesAreAsTheyAreInTheModelsOrder() {
    CodedRowsSample rows =
        new CodedRowsSample()
            .number("n", 1, NONE)
            .date("d", new float[] {2, NONE}, new float[] {3, NONE})
            .truth("b", 1, 0);
    FittedFeature.Datetime date =
        new FittedFeature.Datetime(
            "d",
            List.of(new FittedFeature.Datetime.Part(DatetimePart.HOUR, FittedFeature.Affine.NONE)));

    assertThat(
            code(
                rows,
                new FittedFeature.Truth("b"),
                date,
                new FittedFeature.Numeric("n", Scaling.STANDARD, 5, 2)))
        .isEqualTo(Arrays.deepToString(new float[][] {{1, 2, 3, 1}, {0, NONE, NONE, NONE}}));
  }

  @Test
  void numbersAloneAreTheSameMemory() {
    CodedRows rows = new CodedRowsSample().number("n", 1, 2).rows();
    FloatMatrix coded =
        new FeatureCoder(
                new FittedFeatures(List.of(new FittedFeature.Numeric("n", Scaling.STANDARD, 5, 2))))
            .code(rows, BlockStore.inMemory());

    assertThat(coded.blocks().get(0)).isSameAs(rows.values().blocks().get(0));
  }

  @Test
  void aTextIsItsWordsCounts() {
    FittedFeature.Text feature = new FittedFeature.Text("t", 8, 2);
    float[] expected = new float[8];
    for (String word : List.of("to", "be", "to", "to be", "be to")) {
      expected[HashBuckets.of(word, 8)]++;
    }

    assertThat(code(new CodedRowsSample().text("t", "To be -- TO!", null), feature))
        .isEqualTo(Arrays.deepToString(new float[][] {expected, new float[8]}));
  }

  // So many texts that each column's are looked up on a core of its own; levels the other way
  // round.
  @Test
  void manyTextsOfSeveralColumns() {
    int count = 5_000;
    String[] texts = new String[count];
    List<String> levels = new ArrayList<>();
    float[][] expected = new float[count][];
    for (int i = 0; i < count; i++) {
      texts[i] = "text " + i;
      levels.add("text " + (count - 1 - i));
      expected[i] = new float[] {count - 1 - i, HashBuckets.of(texts[i], 1000)};
    }
    RawColumn other = new RawColumn("o", RawColumn.Type.STRING);
    FittedFeature categorical = new FittedFeature.Categorical(TEXT, levels, false, false, false);
    FittedFeature hashed = new FittedFeature.Hashed(other, 1000);

    CodedRowsSample rows = new CodedRowsSample().text("t", texts).text("o", texts);
    assertThat(code(rows, categorical, hashed)).isEqualTo(Arrays.deepToString(expected));
    List<String> inputs = new FittedFeatures(List.of(hashed, categorical)).inputs();
    assertThat(inputs).hasSize(1000 + count);
    assertThat(inputs.subList(1000, 1002)).containsExactly("t=text 4999", "t=text 4998");
    assertThat(inputs.get(1000 + count - 1)).isEqualTo("t=text 0");
  }

  @Test
  void aDictionaryMayGrowBetweenBatches() {
    FeatureCoder coder =
        new FeatureCoder(
            new FittedFeatures(
                List.of(
                    new FittedFeature.Categorical(TEXT, List.of("u", "v"), false, false, false))));
    CodedRowsSample sample = new CodedRowsSample().text("t", "v");
    CodedRows first = sample.rows();
    assertThat(shown(coder.code(first, BlockStore.inMemory())))
        .isEqualTo(Arrays.deepToString(new float[][] {{1}}));
    int code = first.dictionary("t").add("t", "u");
    CodedRows second = first.with(new FloatMatrix(List.of("t"), List.of(FloatBlock.of(1, code))));

    assertThat(shown(coder.code(second, BlockStore.inMemory())))
        .isEqualTo(Arrays.deepToString(new float[][] {{0}}));
  }
}
