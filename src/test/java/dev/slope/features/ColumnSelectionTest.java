package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DatetimePart;
import dev.slope.config.FeatureConfig;
import dev.slope.config.Scaling;
import dev.slope.config.UnknownLevel;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.ColumnInfo;
import dev.slope.data.DataException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which columns a run reads, and as what. */
class ColumnSelectionTest {
  private static final FeatureConfig NUMBER = FeatureConfig.Numeric.of(Scaling.STANDARD);
  private static final FeatureConfig CATEGORY =
      new FeatureConfig.Categorical(null, 1000, 1, UnknownLevel.OWN_BUCKET);
  private static final List<ColumnInfo> COLUMNS =
      List.of(
          new ColumnInfo("id", ColumnInfo.Kind.TEXT),
          new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
          new ColumnInfo("w", ColumnInfo.Kind.NUMERIC),
          new ColumnInfo("y", ColumnInfo.Kind.NUMERIC),
          new ColumnInfo("o", ColumnInfo.Kind.NUMERIC));
  private static final List<ColumnInfo> KINDS =
      List.of(
          new ColumnInfo("n", ColumnInfo.Kind.NUMERIC),
          new ColumnInfo("t", ColumnInfo.Kind.TEXT),
          new ColumnInfo("b", ColumnInfo.Kind.BOOLEAN),
          new ColumnInfo("d", ColumnInfo.Kind.TEMPORAL),
          new ColumnInfo("y", ColumnInfo.Kind.NUMERIC));

  @Test
  void columnsWithAnotherUseAreNoFeatures() {
    ColumnSelection selection =
        select("\"weight_column\": \"w\", \"offset_column\": \"o\", \"ignore\": \"id\",");

    assertThat(selection.features()).containsOnlyKeys("x");
    assertThat(selection.codedColumns())
        .containsExactly(
            new CodedColumn("x", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("y", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("w", CellCoding.NUMBER),
            new CodedColumn("o", CellCoding.NUMBER));
  }

  @Test
  void theKindOfAColumnSaysWhatItIs() {
    ColumnSelection selection = select("", KINDS);

    assertThat(selection.features())
        .containsExactly(
            Map.entry("n", NUMBER),
            Map.entry("t", CATEGORY),
            Map.entry("b", new FeatureConfig.Truth()),
            Map.entry(
                "d",
                new FeatureConfig.Datetime(
                    List.of(
                        DatetimePart.YEAR,
                        DatetimePart.MONTH,
                        DatetimePart.DAY_OF_WEEK,
                        DatetimePart.HOUR))));
    assertThat(selection.inferred()).containsExactly("n", "t", "b", "d");
    // The truth as a category, too, for missing cells make it one.
    assertThat(selection.codedColumns())
        .containsExactly(
            new CodedColumn("n", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("t", CellCoding.TEXT),
            new CodedColumn("b", CellCoding.TRUTH),
            new CodedColumn("b", CellCoding.TEXT),
            new CodedColumn("d", CellCoding.DAY),
            new CodedColumn("d", CellCoding.SECOND),
            new CodedColumn("y", CellCoding.OPTIONAL_NUMBER));
    assertThat(selection.rawColumn("t")).isEqualTo(new RawColumn("t", RawColumn.Type.STRING));
    assertThat(selection.rawColumn("d")).isEqualTo(new RawColumn("d", RawColumn.Type.TIME));
  }

  @Test
  void theRestIsWhatTheStarSays() {
    ColumnSelection all =
        select("\"features\": {\"n\": \"numeric\", \"*\": \"categorical\"},", KINDS);
    assertThat(all.features()).containsEntry("t", CATEGORY).containsEntry("d", CATEGORY);
    assertThat(all.inferred()).isEmpty();

    ColumnSelection some =
        select("\"features\": {\"n\": \"categorical\", \"*\": \"auto\"},", KINDS);
    assertThat(some.features()).containsEntry("n", CATEGORY).containsEntry("t", CATEGORY);
    assertThat(some.inferred()).containsExactly("t", "b", "d");
    assertThat(some.rawColumn("n")).isEqualTo(new RawColumn("n", RawColumn.Type.INTEGER));
    assertThat(some.integers()).containsExactly("n");
    assertThat(all.integers()).isEmpty();

    assertThat(select("\"features\": {\"n\": \"numeric\"},", KINDS).features())
        .containsOnlyKeys("n");
  }

  @Test
  void aColumnThatTheStarDoesNotFitIsNamed() {
    assertProblem(
        "\"features\": {\"*\": \"numeric\"},",
        KINDS,
        "rows.csv: column 't' must hold numbers to be 'numeric', but holds text; name it under"
            + " /features with another type, or leave it out with /ignore");
    assertProblem(
        "\"features\": {\"d\": \"numeric\"},",
        KINDS,
        "rows.csv: column 'd' must hold numbers to be 'numeric', but holds dates or times; make it"
            + " 'auto', or leave it out");
    assertProblem(
        "\"features\": {\"n\": \"datetime\"},",
        KINDS,
        "rows.csv: column 'n' must hold dates or times to be 'datetime', but holds numbers; make it"
            + " 'auto', or leave it out");
    assertProblem(
        "\"features\": {\"b\": \"text\"},",
        KINDS,
        "rows.csv: column 'b' must hold text to be 'text', but holds true and false; make it"
            + " 'auto', or leave it out");
  }

  @Test
  void listsAreNoFeatures() {
    assertProblem(
        "",
        List.of(
            new ColumnInfo("l", ColumnInfo.Kind.OTHER),
            new ColumnInfo("y", ColumnInfo.Kind.NUMERIC)),
        "rows.csv: column 'l' holds lists, structures or binary values and can't be a feature;"
            + " leave it out with /ignore");
  }

  /** Numbers may be 0 and 1. */
  @Test
  void aNumberMayBeATruthWhereTheConfigSaysSo() {
    assertThat(select("\"features\": {\"n\": \"boolean\"},", KINDS).codedColumns())
        .contains(new CodedColumn("n", CellCoding.TRUTH));
    assertProblem(
        "\"features\": {\"t\": \"categorical\", \"*\": \"boolean\"},",
        KINDS,
        "rows.csv: column 'n' must hold true and false to be 'boolean', but holds numbers; name it"
            + " under /features with another type, or leave it out with /ignore");
  }

  /** Text may be numbers with one typing error: the reader names its row. */
  @Test
  void whatTextIsReadAsSaysTheConfig() {
    ColumnSelection selection =
        select("\"features\": {\"t\": {\"type\": \"numeric\", \"missing\": \"error\"}},", KINDS);

    assertThat(selection.codedColumns())
        .containsExactly(
            new CodedColumn("t", CellCoding.NUMBER),
            new CodedColumn("y", CellCoding.OPTIONAL_NUMBER));
  }

  @Test
  void aCrossReadsItsColumns() {
    String cross = "\"c\": {\"type\": \"crossed\", \"columns\": %s, \"buckets\": 8}";
    ColumnSelection selection =
        select(
            ("\"ignore\": \"t\", \"features\": {"
                    + cross
                    + ", \"n\": {\"type\": \"numeric\", \"quantiles\": 4}},")
                .formatted("[\"n\", \"t\", \"b\"]"),
            KINDS);

    assertThat(selection.features()).containsOnlyKeys("c", "n");
    assertThat(selection.codedColumns())
        .containsExactly(
            new CodedColumn("n", CellCoding.OPTIONAL_NUMBER),
            new CodedColumn("t", CellCoding.TEXT),
            new CodedColumn("b", CellCoding.TRUTH),
            new CodedColumn("y", CellCoding.OPTIONAL_NUMBER));
    assertProblem(
        "\"features\": {" + cross.formatted("[\"n\", \"t\"]") + "},",
        KINDS,
        "rows.csv: column 'n', which /features/c crosses, is a number; under /features give it"
            + " 'boundaries' or 'quantiles', or name it 'categorical' or 'hashed'");
    assertProblem(
        "\"features\": {" + cross.formatted("[\"d\", \"t\"]") + "},",
        KINDS,
        "rows.csv: column 'd', which /features/c crosses, must hold categories, but holds dates or"
            + " times");
    assertProblem(
        "\"features\": {" + cross.replace("\"c\"", "\"b\"").formatted("[\"t\", \"n\"]") + "},",
        KINDS,
        "/features/b is a cross and must not have the name of a column of rows.csv; rename it");
    assertProblem(
        "\"features\": {" + cross.formatted("[\"t\", \"bb\"]") + "},",
        KINDS,
        "rows.csv has no column 'bb', which /features/c/columns names; did you mean 'b'?");
  }

  /** Only a lone star is special. */
  @Test
  void namesMayHaveSigns() {
    ColumnSelection selection =
        select(
            "\"features\": {\"a*\": \"auto\", \"t#day\": \"numeric\"},",
            List.of(
                new ColumnInfo("a*", ColumnInfo.Kind.TEMPORAL),
                new ColumnInfo("t#day", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("b", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("y", ColumnInfo.Kind.NUMERIC)));

    assertThat(selection.features()).containsOnlyKeys("a*", "t#day");
    assertThat(selection.codedColumns())
        .contains(new CodedColumn("a*", CellCoding.DAY))
        .contains(new CodedColumn("t#day", CellCoding.OPTIONAL_NUMBER));
  }

  @Test
  void classesMayBeTexts() {
    List<ColumnInfo> columns =
        List.of(
            new ColumnInfo("x", ColumnInfo.Kind.NUMERIC),
            new ColumnInfo("y", ColumnInfo.Kind.TEXT));
    assertThat(
            ColumnSelection.of(Runs.of("\"logistic_regression\"", ""), "rows.csv", columns)
                .labelColumns())
        .containsExactly(new CodedColumn("y", CellCoding.TEXT));
    assertThat(
            ColumnSelection.of(Runs.of("\"logistic_regression\"", ""), "rows.csv", COLUMNS)
                .labelColumns())
        .containsExactly(new CodedColumn("y", CellCoding.OPTIONAL_NUMBER));
    assertThat(select("", columns).labelColumns())
        .containsExactly(new CodedColumn("y", CellCoding.OPTIONAL_NUMBER));
  }

  @Test
  void refusesColumnsThatAreNotThere() {
    assertProblem(
        "\"weight_column\": \"ww\",",
        "rows.csv has no column 'ww', which /weight_column names; did you mean 'w'?");
    assertProblem(
        "\"offset_column\": \"exposure\",",
        "rows.csv has no column 'exposure', which /offset_column names; its columns: [id, x, w, y,"
            + " o]");
    assertProblem(
        "\"ignore\": [\"idd\"],",
        "rows.csv has no column 'idd', which /ignore names; did you mean 'id'?");
  }

  @Test
  void refusesARunWithoutFeatures() {
    assertProblem(
        "\"ignore\": [\"id\", \"x\", \"w\", \"o\"],",
        "rows.csv has no column besides [y, id, x, w, o]; a model needs a feature");
  }

  private static ColumnSelection select(String keys) {
    return select(keys, COLUMNS);
  }

  private static ColumnSelection select(String keys, List<ColumnInfo> columns) {
    return ColumnSelection.of(Runs.of("\"linear_regression\"", keys), "rows.csv", columns);
  }

  private static void assertProblem(String keys, String message) {
    assertProblem(keys, COLUMNS, message);
  }

  private static void assertProblem(String keys, List<ColumnInfo> columns, String message) {
    assertThatThrownBy(() -> select(keys, columns))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
