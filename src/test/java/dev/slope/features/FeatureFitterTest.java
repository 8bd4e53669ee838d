package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.DatetimePart;
import dev.slope.config.FeatureConfig;
import dev.slope.config.MissingConfig;
import dev.slope.config.Scaling;
import dev.slope.config.UnknownLevel;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureFitterTest {
  private static FittedFeature.Numeric fitOne(Scaling scaling, float... values) {
    FloatMatrix raw = new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, values)));
    return (FittedFeature.Numeric)
        FeatureFitter.fit(Map.of("x", FeatureConfig.Numeric.of(scaling)), raw).features().get(0);
  }

  private static FittedFeature.Numeric affine(
      String name, Scaling scaling, float mean, float offset, float divisor) {
    return new FittedFeature.Numeric(
        name, scaling, mean, false, LOW, HIGH, List.of(new FittedFeature.Affine(offset, divisor)));
  }

  // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 32 / 8, population standard deviation 2.
  @Test
  void standardIsMeanAndPopulationDeviation() {
    assertThat(fitOne(Scaling.STANDARD, 2, 4, 4, 4, 5, 5, 7, 9))
        .isEqualTo(affine("x", Scaling.STANDARD, 5, 5, 2));
  }

  @Test
  void minMaxIsLeastAndSpread() {
    assertThat(fitOne(Scaling.MIN_MAX, 3, -1, 7)).isEqualTo(affine("x", Scaling.MIN_MAX, 3, -1, 8));
  }

  @Test
  void noneChangesNothing() {
    assertThat(fitOne(Scaling.NONE, 3, -1, 7)).isEqualTo(affine("x", Scaling.NONE, 3, 0, 1));
  }

  // 1e6 + {0, 1, 2}: a mean of squares minus a square of the mean has no digit of 2/3 left in
  // float32.
  @Test
  void aSmallSpreadFarFromZeroIsNotCancelled() {
    assertThat(fitOne(Scaling.STANDARD, 1_000_000, 1_000_001, 1_000_002).divisor())
        .isCloseTo((float) Math.sqrt(2 / 3.0), within(1e-6));
  }

  @Test
  void aConstantColumnIsDividedByOneAndNamed() {
    FloatMatrix raw =
        new FloatMatrix(
            List.of("a", "b"), List.of(FloatBlock.of(2, 1, 4, 2, 4), FloatBlock.of(2, 3, 4)));
    Map<String, FeatureConfig> byColumn = new LinkedHashMap<>();
    byColumn.put("a", FeatureConfig.Numeric.of(Scaling.STANDARD));
    byColumn.put("b", FeatureConfig.Numeric.of(Scaling.STANDARD));

    assertThat(FeatureFitter.fit(byColumn, raw).features().get(1))
        .isEqualTo(affine("b", Scaling.STANDARD, 4, 4, 1));
    assertThat(FeatureFitter.constantColumns(raw)).containsExactly("b");
  }

  @Test
  void aSpreadBeyondFloat32IsAnError() {
    assertThatThrownBy(() -> fitOne(Scaling.MIN_MAX, -3e38f, 3e38f))
        .isInstanceOf(DataException.class)
        .hasMessage("column 'x' must span at most 3.4028235E38, but runs from -3.0E38 to 3.0E38");
  }

  private static FittedFeature fit(FeatureConfig feature, CodedRowsSample rows) {
    return FeatureFitter.fit(Map.of("x", feature), rows.rows()).features().get(0);
  }

  private static FeatureConfig.Numeric numeric(Scaling scaling, MissingConfig missing) {
    return new FeatureConfig.Numeric(scaling, missing, false, null, 1, null, null);
  }

  private static final float NONE = Float.NaN;
  private static final float LOW = Float.NEGATIVE_INFINITY;
  private static final float HIGH = Float.POSITIVE_INFINITY;

  // Of 1, 3 the mean is 2; of 1, 2, 3, 2 the squares sum to 2, over 4 rows.
  @Test
  void theMeanStandsForAMissingNumberAndCountsInTheDeviation() {
    assertThat(
            fit(
                numeric(Scaling.STANDARD, new MissingConfig.Mean()),
                new CodedRowsSample().number("x", 1, NONE, 3, NONE)))
        .isEqualTo(
            new FittedFeature.Numeric(
                "x",
                Scaling.STANDARD,
                2,
                false,
                LOW,
                HIGH,
                List.of(new FittedFeature.Affine(2, (float) Math.sqrt(0.5)))));
  }

  // Sorted 1, 2, 4, 100: the median is 3; with it the numbers run from 1 to 100.
  @Test
  void theMedianOfAnEvenNumberIsHalfway() {
    assertThat(
            fit(
                numeric(Scaling.MIN_MAX, new MissingConfig.Median()),
                new CodedRowsSample().number("x", 100, 1, NONE, 4, 2)))
        .isEqualTo(
            new FittedFeature.Numeric(
                "x",
                Scaling.MIN_MAX,
                3,
                false,
                LOW,
                HIGH,
                List.of(new FittedFeature.Affine(1, 99))));
  }

  @Test
  void aConstantCountsInTheRange() {
    assertThat(
            fit(
                numeric(Scaling.MIN_MAX, new MissingConfig.Constant(-5)),
                new CodedRowsSample().number("x", 1, NONE, 3)))
        .isEqualTo(
            new FittedFeature.Numeric(
                "x",
                Scaling.MIN_MAX,
                -5,
                false,
                LOW,
                HIGH,
                List.of(new FittedFeature.Affine(-5, 8))));
  }

  // Clipped: 2, 4, 6, 8; mean 5, squares 20 / 4. Their squares 4, 16, 36, 64: mean 30, squares
  // 676 + 196 + 36 + 1156 = 2064, over 4 is 516.
  @Test
  void statisticsAreOfClippedNumbersAndOfEachPower() {
    assertThat(
            fit(
                new FeatureConfig.Numeric(
                    Scaling.STANDARD,
                    new MissingConfig.Drop(),
                    true,
                    List.of(2.0, 8.0),
                    2,
                    null,
                    null),
                new CodedRowsSample().number("x", -9, 4, 6, 11)))
        .isEqualTo(
            new FittedFeature.Numeric(
                "x",
                Scaling.STANDARD,
                NONE,
                false,
                2,
                8,
                List.of(
                    new FittedFeature.Affine(5, (float) Math.sqrt(5)),
                    new FittedFeature.Affine(30, (float) Math.sqrt(516)))));
  }

  // log(1 + 0) = 0 and log(1 + (e^2 - 1)) = 2: mean 1, deviation 1.
  @Test
  void log1pIsStandardised() {
    FittedFeature.Numeric fitted =
        (FittedFeature.Numeric)
            fit(
                FeatureConfig.Numeric.of(Scaling.LOG1P),
                new CodedRowsSample().number("x", 0, (float) Math.expm1(2)));

    assertThat(fitted.offset()).isCloseTo(1, within(1e-6));
    assertThat(fitted.divisor()).isCloseTo(1, within(1e-6));
  }

  @Test
  void log1pNamesTheRowOfANumberThatHasNone() {
    assertThatThrownBy(
            () ->
                fit(
                    FeatureConfig.Numeric.of(Scaling.LOG1P),
                    new CodedRowsSample().number("x", 0, 5, -1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "training row 3: column 'x' must be above -1 for the scaling log1p, but was -1.0; use"
                + " another scaling, or set 'clip'");
  }

  @Test
  void aPowerBeyondFloat32IsAnError() {
    assertThatThrownBy(
            () ->
                fit(
                    new FeatureConfig.Numeric(
                        Scaling.NONE, new MissingConfig.Mean(), false, null, 3, null, null),
                    new CodedRowsSample().number("x", 0, 0x1p50f)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "column 'x' to the power of 3 must be at most 3.4028235E38 in size, but runs from 0.0");
  }

  /** So many rows that the columns are shared out to the cores, which come to them in any order. */
  @Test
  void theFirstColumnThatFailsIsNamedAndItsFirstRow() {
    int rows = 200_000;
    FloatBlock block = new FloatBlock(rows, 3);
    block.set(150_000, 1, Float.NaN);
    block.set(160_000, 1, Float.NaN);
    block.set(7, 2, Float.NaN);
    Map<String, FeatureConfig> refusing = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c")) {
      refusing.put(name, numeric(Scaling.STANDARD, new MissingConfig.Refuse()));
    }

    assertThatThrownBy(
            () ->
                FeatureFitter.fit(
                    refusing, new FloatMatrix(List.of("a", "b", "c"), List.of(block))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("training row 150001: column 'b' must have a number");
  }

  @Test
  void aMissingNumberCanBeRefused() {
    assertThatThrownBy(
            () ->
                fit(
                    numeric(Scaling.NONE, new MissingConfig.Refuse()),
                    new CodedRowsSample().number("x", 0, NONE)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("training row 2: column 'x' must have a number, but has none");
  }

  @Test
  void nothingStandsForAColumnWithoutNumbers() {
    assertThatThrownBy(
            () ->
                fit(
                    numeric(Scaling.STANDARD, new MissingConfig.Median()),
                    new CodedRowsSample().number("x", NONE, NONE)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column 'x' must have a number in a training row, but has none in all 2; leave it out"
                + " with /ignore, or set the feature's 'missing' to a number");
  }

  @Test
  void aNumberMayStandForAColumnWithoutNumbers() {
    assertThat(
            fit(
                numeric(Scaling.STANDARD, new MissingConfig.Constant(7)),
                new CodedRowsSample().number("x", NONE, NONE)))
        .isEqualTo(
            new FittedFeature.Numeric(
                "x",
                Scaling.STANDARD,
                7,
                false,
                LOW,
                HIGH,
                List.of(new FittedFeature.Affine(7, 1))));
  }

  // numpy.quantile([1, 2, 3, 4], [0.25, 0.5, 0.75]) is 1.75, 2.5, 3.25.
  @Test
  void quantilesAreNumpys() {
    assertThat(
            fit(
                new FeatureConfig.Numeric(
                    Scaling.NONE, new MissingConfig.Drop(), false, null, 1, null, 4),
                new CodedRowsSample().number("x", 4, 1, 3, 2)))
        .isEqualTo(new FittedFeature.Bucketized("x", List.of(1.75f, 2.5f, 3.25f), NONE, false));
  }

  // Eighths of 0, 0, 0, 0, 3 are 0 but for the last, halfway from 0 to 3: 4 * 7 / 8 = 3.5.
  @Test
  void equalQuantilesAreOneBoundaryAndTheLeastNumberIsNone() {
    FeatureConfig.Numeric quarters =
        new FeatureConfig.Numeric(Scaling.NONE, new MissingConfig.Drop(), false, null, 1, null, 8);

    assertThat(fit(quarters, new CodedRowsSample().number("x", 0, 0, 0, 0, 3)))
        .isEqualTo(new FittedFeature.Bucketized("x", List.of(1.5f), NONE, false));
    assertThat(fit(quarters, new CodedRowsSample().number("x", 2, 2, 2)))
        .isEqualTo(new FittedFeature.Bucketized("x", List.of(2f), NONE, false));
  }

  @Test
  void boundariesOutsideTheClippedRangePartNothing() {
    assertThat(
            fit(
                new FeatureConfig.Numeric(
                    Scaling.NONE,
                    new MissingConfig.Mean(),
                    true,
                    List.of(0.0, 10.0),
                    1,
                    List.of(0.0, 5.0, 10.0, 20.0),
                    null),
                new CodedRowsSample().number("x", -4, 2, 40)))
        .isEqualTo(new FittedFeature.Bucketized("x", List.of(5f, 10f), 4, true));
  }

  private static FeatureConfig.Categorical categorical(
      @Nullable List<String> vocabulary, int maxSize, int minCount, UnknownLevel oov) {
    return new FeatureConfig.Categorical(vocabulary, maxSize, minCount, oov);
  }

  private static final RawColumn X = new RawColumn("x", RawColumn.Type.STRING);

  @Test
  void aVocabularyIsByCountAndThenByText() {
    assertThat(
            fit(
                categorical(null, 3, 1, UnknownLevel.OWN_BUCKET),
                new CodedRowsSample().text("x", "d", "b", "c", "b", "a", null, "")))
        .isEqualTo(new FittedFeature.Categorical(X, List.of("b", "a", "c"), true, true, false));
  }

  @Test
  void rareTextsAreOutsideTheVocabulary() {
    assertThat(
            fit(
                categorical(null, 1000, 2, UnknownLevel.IGNORE),
                new CodedRowsSample().text("x", "b", "b", "a")))
        .isEqualTo(new FittedFeature.Categorical(X, List.of("b"), false, false, false));
  }

  @Test
  void aGivenVocabularyKeepsItsOrder() {
    assertThat(
            fit(
                categorical(List.of("z", "a", "never"), 1, 9, UnknownLevel.OWN_BUCKET),
                new CodedRowsSample().text("x", "a", "z", "a")))
        .isEqualTo(
            new FittedFeature.Categorical(X, List.of("z", "a", "never"), false, false, false));
  }

  @Test
  void aTextOutsideTheVocabularyCanBeRefused() {
    assertThatThrownBy(
            () ->
                fit(
                    categorical(List.of("a"), 1000, 1, UnknownLevel.ERROR),
                    new CodedRowsSample().text("x", "a", "a", "b", "c")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "training row 3: column 'x' must hold a value of its vocabulary of 1, but holds 'b'; add"
                + " it to 'vocabulary', or set the feature's 'oov' to own_bucket or ignore");
  }

  // 10 and 2 occur twice each: by size 2 is before 10, by text it would be after.
  @Test
  void integersAreTheirDigitsAndSortBySize() {
    FeatureConfig feature = categorical(null, 1000, 1, UnknownLevel.OWN_BUCKET);
    CodedRowsSample rows = new CodedRowsSample().text("x", "10", "2", "10", "2.0", "3");

    assertThat(FeatureFitter.fit(Map.of("x", feature), rows.rows(), Set.of("x")).features())
        .containsExactly(
            new FittedFeature.Categorical(
                new RawColumn("x", RawColumn.Type.INTEGER),
                List.of("2", "10", "3"),
                false,
                false,
                false));
  }

  @Test
  void aFractionIsNoInteger() {
    FeatureConfig feature = categorical(null, 1000, 1, UnknownLevel.OWN_BUCKET);
    CodedRowsSample rows = new CodedRowsSample().text("x", "10", "2.5");

    assertThatThrownBy(() -> FeatureFitter.fit(Map.of("x", feature), rows.rows(), Set.of("x")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "training row 2: column 'x' must hold integers, but holds '2.5'; correct it, or leave the"
                + " column out with /ignore");
  }

  // 1970-01-01 and 1972-02-29 (day 789): years 1971 +- 1, days 15 +- 14, elapsed 394.75 +- 394.75
  // with noon of the second day, 789.5.
  @Test
  void partsOfADateThatAreNumbersAreStandardised() {
    assertThat(
            fit(
                new FeatureConfig.Datetime(
                    List.of(
                        DatetimePart.YEAR,
                        DatetimePart.MONTH,
                        DatetimePart.DAY,
                        DatetimePart.ELAPSED_DAYS)),
                new CodedRowsSample()
                    .date("x", new float[] {0, NONE, 789}, new float[] {0, NONE, 43_200})))
        .isEqualTo(
            new FittedFeature.Datetime(
                "x",
                List.of(
                    new FittedFeature.Datetime.Part(
                        DatetimePart.YEAR, new FittedFeature.Affine(1971, 1)),
                    new FittedFeature.Datetime.Part(DatetimePart.MONTH, FittedFeature.Affine.NONE),
                    new FittedFeature.Datetime.Part(
                        DatetimePart.DAY, new FittedFeature.Affine(15, 14)),
                    new FittedFeature.Datetime.Part(
                        DatetimePart.ELAPSED_DAYS, new FittedFeature.Affine(394.75f, 394.75f)))));
  }

  @Test
  void constantColumnsAreThoseWithOneValueOrNone() {
    assertThat(
            FeatureFitter.constantColumns(
                new CodedRowsSample()
                    .number("none", NONE, NONE)
                    .number("some", 1, NONE)
                    .text("text", "a", "a")
                    .date("date", new float[] {1, 1}, new float[] {3, 4})
                    .rows(1)))
        .containsExactly("none", "text");
  }

  @Test
  void aCrossHasTheBucketsOfItsNumbers() {
    Map<String, FeatureConfig> features = new LinkedHashMap<>();
    features.put("cross", new FeatureConfig.Crossed(List.of("n", "t", "b"), 8));
    features.put(
        "n",
        new FeatureConfig.Numeric(
            Scaling.NONE, new MissingConfig.Mean(), false, null, 1, List.of(1.0), null));
    CodedRowsSample rows =
        new CodedRowsSample().number("n", 0, 2).text("t", "u", "v").truth("b", 0, 1);

    assertThat(FeatureFitter.fit(features, rows.rows()).features().get(0))
        .isEqualTo(
            new FittedFeature.Crossed(
                "cross",
                List.of(
                    new FittedFeature.Crossed.CrossedColumn(
                        new RawColumn("n", RawColumn.Type.NUMBER),
                        new FittedFeature.Bucketized("n", List.of(1f), 1, false)),
                    new FittedFeature.Crossed.CrossedColumn(
                        new RawColumn("t", RawColumn.Type.STRING), null),
                    new FittedFeature.Crossed.CrossedColumn(
                        new RawColumn("b", RawColumn.Type.TRUTH), null)),
                8));
  }
}
