package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of feature means, and the rules that join its keys. */
class FeatureRulesTest {
  private static final MissingConfig MEAN = new MissingConfig.Mean();

  @TempDir private Path folder;

  @Test
  void bindsEveryKeyOfEveryKind() throws IOException {
    assertThat(
            feature(
                """
                {"type": "numeric", "scaling": "log1p", "missing": "median",
                 "missing_indicator": true, "clip": [-0.5, 10], "degree": 3}\
                """))
        .isEqualTo(
            new FeatureConfig.Numeric(
                Scaling.LOG1P,
                new MissingConfig.Median(),
                true,
                List.of(-0.5, 10.0),
                3,
                null,
                null));
    assertThat(
            feature(
                """
                {"type": "numeric", "missing": 2, "missing_indicator": false,
                 "boundaries": [1, 2.5, 1e3]}\
                """))
        .isEqualTo(
            new FeatureConfig.Numeric(
                Scaling.STANDARD,
                new MissingConfig.Constant(2),
                false,
                null,
                1,
                List.of(1.0, 2.5, 1000.0),
                null));
    assertThat(feature("{\"type\": \"numeric\", \"quantiles\": 4, \"missing\": \"error\"}"))
        .isEqualTo(
            new FeatureConfig.Numeric(
                Scaling.STANDARD, new MissingConfig.Refuse(), false, null, 1, null, 4));
    assertThat(
            feature(
                "{\"type\": \"categorical\", \"max_size\": 5, \"min_count\": 2, \"oov\":"
                    + " \"error\"}"))
        .isEqualTo(new FeatureConfig.Categorical(null, 5, 2, UnknownLevel.ERROR));
    assertThat(feature("{\"type\": \"hashed\", \"buckets\": 64}"))
        .isEqualTo(new FeatureConfig.Hashed(64));
    assertThat(feature("{\"type\": \"crossed\", \"columns\": [\"a\", \"b\"], \"buckets\": 64}"))
        .isEqualTo(new FeatureConfig.Crossed(List.of("a", "b"), 64));
    assertThat(feature("{\"type\": \"datetime\", \"parts\": [\"hour\", \"elapsed_days\"]}"))
        .isEqualTo(
            new FeatureConfig.Datetime(List.of(DatetimePart.HOUR, DatetimePart.ELAPSED_DAYS)));
    assertThat(feature("{\"type\": \"text\", \"buckets\": 16, \"ngrams\": 2}"))
        .isEqualTo(new FeatureConfig.Text(16, 2));
  }

  @Test
  void aBareNameIsAFeatureWithItsDefaults() throws IOException {
    assertThat(feature("\"numeric\""))
        .isEqualTo(new FeatureConfig.Numeric(Scaling.STANDARD, MEAN, false, null, 1, null, null));
    assertThat(feature("\"categorical\""))
        .isEqualTo(new FeatureConfig.Categorical(null, 1000, 1, UnknownLevel.OWN_BUCKET));
    assertThat(feature("\"boolean\"")).isEqualTo(new FeatureConfig.Truth());
    assertThat(feature("\"datetime\""))
        .isEqualTo(
            new FeatureConfig.Datetime(
                List.of(
                    DatetimePart.YEAR,
                    DatetimePart.MONTH,
                    DatetimePart.DAY_OF_WEEK,
                    DatetimePart.HOUR)));
    assertThat(feature("\"text\"")).isEqualTo(new FeatureConfig.Text(1024, 1));
    assertThat(feature("\"auto\"")).isEqualTo(new FeatureConfig.Auto());
    assertThat(problem("{\"a\": \"hashed\"}"))
        .isEqualTo(
            "line 1: /features/a/buckets is required and must be an integer from -2147483648 to"
                + " 2147483647");
  }

  @Test
  void aMissingNumberHasShorthands() throws IOException {
    assertThat(missing("\"drop\"")).isEqualTo(new MissingConfig.Drop());
    assertThat(missing("0")).isEqualTo(new MissingConfig.Constant(0));
    assertThat(missing("-1.5")).isEqualTo(new MissingConfig.Constant(-1.5));
    assertThat(missing("{\"type\": \"constant\", \"value\": 3}"))
        .isEqualTo(new MissingConfig.Constant(3));
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"missing\": \"maen\"}}"))
        .isEqualTo(
            "line 1: /features/a/missing must be a number or one of [mean, median, drop, error],"
                + " but was 'maen'; did you mean 'mean'?");
  }

  /** Literals mean their texts, as they are written: 1.50 is the text of four characters. */
  @Test
  void aVocabularyIsOfTexts() throws IOException {
    assertThat(vocabulary("[\"red\", 3, 1.50, true]")).containsExactly("red", "3", "1.50", "true");
    assertThat(vocabulary("7")).containsExactly("7");
    assertThat(
            load("{\"a\": {\"type\": \"categorical\", \"vocabulary\": [3, true]}}").effectiveJson())
        .contains("\"vocabulary\" : [ 3, true ]");
    assertThat(problem("{\"a\": {\"type\": \"categorical\", \"vocabulary\": [[1]]}}"))
        .isEqualTo(
            "line 1: /features/a/vocabulary/0 must be a string, a number, true or false, but was a"
                + " list");
  }

  /** The defaults of keys that would do nothing are written there, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"numeric\"",
        "{\"type\": \"numeric\", \"boundaries\": [1], \"missing_indicator\": true}",
        "{\"type\": \"numeric\", \"missing\": \"drop\"}",
        "{\"type\": \"categorical\", \"vocabulary\": [\"u\", 1]}",
        "\"datetime\""
      })
  void theEffectiveConfigReadsBackToItself(String feature) throws IOException {
    LoadedConfig first = load("{\"a\": " + feature + "}");
    Path again = Files.writeString(folder.resolve("again.json"), first.effectiveJson());

    assertThat(ConfigLoader.load(again, List.of()).run()).isEqualTo(first.run());
  }

  @Test
  void aClipIsTwoAscendingNumbers() throws IOException {
    for (String clip : List.of("[5, 1]", "[1, 1]", "[1]", "[1, 2, 3]", "[]")) {
      assertThat(problem("{\"a\": {\"type\": \"numeric\", \"clip\": " + clip + "}}"))
          .isEqualTo(
              "line 1: /features/a/clip must be two ascending numbers [low, high], but was "
                  + clip);
    }
  }

  @Test
  void boundariesAscend() throws IOException {
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"boundaries\": [1, 3, 2]}}"))
        .isEqualTo(
            "line 1: /features/a/boundaries/2 must be more than the boundary before it, in float32,"
                + " but 2 follows 3");
    // 2^24 and 2^24 + 1 are one float32.
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"boundaries\": [16777216, 16777217]}}"))
        .endsWith("in float32, but 16777217 follows 16777216");
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"boundaries\": []}}"))
        .isEqualTo("line 1: /features/a/boundaries must be not empty, but was empty");
  }

  @Test
  void numbersAreOfFloat32() throws IOException {
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"boundaries\": [0, 1e39]}}"))
        .isEqualTo(
            "line 1: /features/a/boundaries/1 must be a number of at most 3.4e38 in magnitude, but"
                + " was 1e39");
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"clip\": [-1e39, 0]}}"))
        .startsWith("line 1: /features/a/clip/0 must be a number of at most 3.4e38 in magnitude, ");
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"missing\": 1e39}}"))
        .startsWith(
            "line 1: /features/a/missing must be a number of at most 3.4e38 in magnitude, ");
  }

  @Test
  void whatBucketsDoNotNeedIsRefused() throws IOException {
    assertThat(
            problems(
                """
                {"a": {"type": "numeric",
                 "boundaries": [1, 2],
                 "quantiles": 4,
                 "scaling": "min_max",
                 "degree": 2,
                 "clip": [0, 9],
                 "missing_indicator": true,
                 "missing": 1}}\
                """))
        .containsExactly(
            "line 3: /features/a/quantiles can't stand beside 'boundaries'; leave one of the two"
                + " out",
            "line 4: /features/a/scaling does nothing beside 'boundaries', where each bucket has a"
                + " weight of its own; leave it out",
            "line 5: /features/a/degree does nothing beside 'boundaries', where each bucket has a"
                + " weight of its own; leave it out",
            "line 6: /features/a/clip does nothing beside 'boundaries', where each bucket has a"
                + " weight of its own; leave it out",
            "line 8: /features/a/missing does nothing beside 'missing_indicator' and 'boundaries',"
                + " where missing numbers have a bucket of their own; leave it out");
    assertThat(problem("{\"a\": {\"type\": \"numeric\", \"quantiles\": 3, \"degree\": 2}}"))
        .contains("does nothing beside 'quantiles'");
  }

  @Test
  void aLogarithmIsOfNumbersAboveMinusOne() throws IOException {
    assertThat(
            problem("{\"a\": {\"type\": \"numeric\", \"scaling\": \"log1p\", \"clip\": [-1, 5]}}"))
        .isEqualTo(
            "line 1: /features/a/clip/0 must be > -1 for scaling 'log1p', the logarithm of 1 + x,"
                + " but was -1");
    assertThat(
            problem("{\"a\": {\"type\": \"numeric\", \"scaling\": \"log1p\", \"missing\": -99}}"))
        .isEqualTo(
            "line 1: /features/a/missing must be > -1 for scaling 'log1p', the logarithm of 1 + x,"
                + " but was -99");
    // What stands for a missing number is clipped as well.
    assertAccepted(
        "{\"a\": {\"type\": \"numeric\", \"scaling\": \"log1p\", \"missing\": -99, \"clip\":"
            + " [-0.5, 5]}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "error"})
  void anIndicatorNeedsRowsToIndicate(String missing) throws IOException {
    assertThat(
            problem(
                "{\"a\": {\"type\": \"numeric\", \"missing\": \"%s\", \"missing_indicator\": true}}"
                    .formatted(missing)))
        .isEqualTo(
            "line 1: /features/a/missing_indicator does nothing where missing is '%s', as no such row"
                    .formatted(missing)
                + " trains or has a prediction; leave it out, or let 'missing' be mean, median or"
                + " a number");
  }

  @Test
  void aVocabularyHasEachValueOnce() throws IOException {
    assertThat(problem("{\"a\": {\"type\": \"categorical\", \"vocabulary\": [\"3\", \"b\", 3]}}"))
        .isEqualTo("line 1: /features/a/vocabulary/2 names '3' a second time");
    assertThat(problem("{\"a\": {\"type\": \"categorical\", \"vocabulary\": [\"\", \"b\"]}}"))
        .isEqualTo(
            "line 1: /features/a/vocabulary/0 must not be empty: that is a missing value, which is"
                + " a level of its own; leave it out");
  }

  @Test
  void aGivenVocabularyIsNotLearnt() throws IOException {
    assertThat(
            problems(
                """
                {"a": {"type": "categorical", "vocabulary": ["u"],
                 "max_size": 5,
                 "min_count": 2}}\
                """))
        .containsExactly(
            "line 2: /features/a/max_size is for a vocabulary that is learnt and does nothing"
                + " beside 'vocabulary'; leave one of the two out",
            "line 3: /features/a/min_count is for a vocabulary that is learnt and does nothing"
                + " beside 'vocabulary'; leave one of the two out");
  }

  @Test
  void partsOfADateDiffer() throws IOException {
    assertThat(problem("{\"a\": {\"type\": \"datetime\", \"parts\": [\"day\", \"day\"]}}"))
        .isEqualTo("line 1: /features/a/parts/1 names 'day' a second time");
    assertThat(problem("{\"a\": {\"type\": \"datetime\", \"parts\": []}}"))
        .isEqualTo("line 1: /features/a/parts must be not empty, but was empty");
  }

  @Test
  void aCrossIsOfTwoColumns() throws IOException {
    assertThat(problem("{\"c\": {\"type\": \"crossed\", \"columns\": \"a\", \"buckets\": 9}}"))
        .isEqualTo(
            "line 1: /features/c/columns must be two columns or more, but was 'a' alone; for one"
                + " column take 'hashed'");
    assertThat(
            problem(
                "{\"c\": {\"type\": \"crossed\", \"columns\": [\"a\", \"b\", \"a\"], \"buckets\":"
                    + " 9}}"))
        .isEqualTo("line 1: /features/c/columns/2 names 'a' a second time");
  }

  @Test
  void aCrossHasANameOfItsOwn() throws IOException {
    assertThat(
            problem(
                "{\"*\": {\"type\": \"crossed\", \"columns\": [\"a\", \"b\"], \"buckets\": 9}}"))
        .startsWith("line 1: /features/* can't be crossed: a cross has a name of its own, as ");
    assertThat(
            problem(
                "{\"a\": {\"type\": \"crossed\", \"columns\": [\"a\", \"b\"], \"buckets\": 9}}"))
        .isEqualTo(
            "line 1: /features/a must not have the name of a column that is crossed, by"
                + " /features/a/columns/0; rename it");
    assertThat(
            problem(
                "{\"y\": {\"type\": \"crossed\", \"columns\": [\"a\", \"b\"], \"buckets\": 9}}"))
        .isEqualTo(
            "line 1: /features/y is a label and can't be a feature; take it out of one of the two");
  }

  @Test
  void whatIsCrossedIsACategory() throws IOException {
    String cross = ", \"c\": {\"type\": \"crossed\", \"columns\": [\"a\", \"b\"], \"buckets\": 9}}";
    assertThat(problem("{\"a\": \"numeric\"" + cross))
        .isEqualTo(
            "line 1: /features/c/columns/0 must be a category or have buckets, but 'a' is a number;"
                + " give /features/a 'boundaries' or 'quantiles'");
    assertThat(problem("{\"a\": \"datetime\"" + cross))
        .isEqualTo(
            "line 1: /features/c/columns/0 must be a category or have buckets, but 'a' is a"
                + " datetime; cross a column of categories");
    assertAccepted("{\"a\": {\"type\": \"numeric\", \"quantiles\": 5}" + cross);
    assertAccepted("{\"a\": \"boolean\", \"b\": {\"type\": \"hashed\", \"buckets\": 5}" + cross);
  }

  @Test
  void aLabelIsNotCrossed() throws IOException {
    assertThat(
            problem(
                "{\"c\": {\"type\": \"crossed\", \"columns\": [\"a\", \"y\"], \"buckets\": 9}}"))
        .isEqualTo(
            "line 1: /features/c/columns/1 must be a column with no other use, but 'y' is a label;"
                + " take it out of one of the two");
  }

  /** A source that says its columns, one of which is ignored and crossed all the same. */
  @Test
  void columnsOfACrossMustBeThere() throws IOException {
    String source =
        "/data/train={\"type\": \"inline\", \"columns\": {\"a\": [1], \"b\": [1], \"y\": [1]}}";
    String cross =
        "{\"%s\": {\"type\": \"crossed\", \"columns\": [\"a\", \"%s\"], \"buckets\": 9}}";

    assertThatCode(() -> load(cross.formatted("c", "b"), source, "/ignore=[\"a\"]"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> load(cross.formatted("c", "bb"), source))
        .hasMessageEndingWith(
            "line 1: /features/c/columns/1 must be a column of the data, but was 'bb'; did you mean"
                + " 'b'?");
    assertThatThrownBy(
            () ->
                load(
                    "{\"b\": {\"type\": \"crossed\", \"columns\": [\"a\", \"y\"], \"buckets\": 9}}",
                    source,
                    "/label=[\"b\"]"))
        .hasMessageContaining(
            "line 1: /features/b is a cross and must not have the name of a column of the data;"
                + " rename it");
  }

  private FeatureConfig feature(String json) throws IOException {
    return Objects.requireNonNull(load("{\"f\": " + json + "}").run().features().get("f"));
  }

  private MissingConfig missing(String json) throws IOException {
    return ((FeatureConfig.Numeric) feature("{\"type\": \"numeric\", \"missing\": " + json + "}"))
        .missing();
  }

  private List<String> vocabulary(String json) throws IOException {
    return Objects.requireNonNull(
        ((FeatureConfig.Categorical)
                feature("{\"type\": \"categorical\", \"vocabulary\": " + json + "}"))
            .vocabulary());
  }

  private void assertAccepted(String features) {
    assertThatCode(() -> load(features)).doesNotThrowAnyException();
  }

  /** The only problem. */
  private String problem(String features) throws IOException {
    List<String> problems = problems(features);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private List<String> problems(String features) throws IOException {
    try {
      load(features);
      throw new AssertionError("no problem found");
    } catch (ConfigException e) {
      return e.problems().stream().map(ConfigProblem::toString).toList();
    }
  }

  private LoadedConfig load(String features, String... overrides) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.json"),
            """
            {"features": %s,
             "data": {"train": "rows.csv"}, "label": "y", "model": "linear_regression",
             "training": {}}
            """
                .formatted(features));
    return ConfigLoader.load(file, List.of(overrides));
  }
}
