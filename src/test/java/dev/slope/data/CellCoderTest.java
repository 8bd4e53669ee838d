package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellCoderTest {
  private static final float UNREADABLE = Float.POSITIVE_INFINITY;

  private static CellCoder coder(
      CellCoding coding, ColumnInfo.Kind kind, @Nullable Dictionary dictionary) {
    return new CellCoder(new CodedColumn("c", coding), kind, Precision.FLOAT32, dictionary);
  }

  private static float coded(CellCoding coding, String text) {
    return (float) coder(coding, ColumnInfo.Kind.TEXT, null).ofText(text);
  }

  @Test
  void numbers() {
    assertThat(coded(CellCoding.NUMBER, "-2.5e-3")).isEqualTo(-0.0025f);
    assertThat(coded(CellCoding.OPTIONAL_NUMBER, "")).isNaN();
    assertThat(coded(CellCoding.OPTIONAL_NUMBER, "NaN")).isNaN();
    assertThat(coded(CellCoding.OPTIONAL_NUMBER, "-inf")).isEqualTo(UNREADABLE);
    assertThat(coded(CellCoding.OPTIONAL_NUMBER, "1e39")).isEqualTo(UNREADABLE);
    assertThat(coded(CellCoding.OPTIONAL_NUMBER, "seven")).isEqualTo(UNREADABLE);
    CellCoder number = coder(CellCoding.NUMBER, ColumnInfo.Kind.NUMERIC, null);
    assertThat(number.isProblem(Float.NaN)).isTrue();
    assertThat(number.ofNumber(1e39)).isEqualTo(UNREADABLE);
    CellCoder optional = coder(CellCoding.OPTIONAL_NUMBER, ColumnInfo.Kind.NUMERIC, null);
    assertThat(optional.isProblem(Float.NaN)).isFalse();
    assertThat(optional.isProblem(optional.ofNumber(Double.NEGATIVE_INFINITY))).isTrue();
  }

  @Test
  void truth() {
    for (String text : new String[] {"true", "TRUE", "t", "Yes", "1", "1.0", " 1e0 "}) {
      assertThat(coded(CellCoding.TRUTH, text)).as(text).isEqualTo(1);
    }
    for (String text : new String[] {"false", "F", "no", "0", "-0.0"}) {
      assertThat(coded(CellCoding.TRUTH, text)).as(text).isEqualTo(0);
    }
    for (String text : new String[] {"2", "ja", "truee", "inf", "-1"}) {
      assertThat(coded(CellCoding.TRUTH, text)).as(text).isEqualTo(UNREADABLE);
    }
    assertThat(coded(CellCoding.TRUTH, "")).isNaN();
    assertThat(coder(CellCoding.TRUTH, ColumnInfo.Kind.NUMERIC, null).ofNumber(0.5))
        .isEqualTo(UNREADABLE);
  }

  @Test
  void daysAndSecondsOfBothSidesOf1970() {
    assertThat(coded(CellCoding.DAY, "1970-01-02T00:00:07")).isEqualTo(1);
    assertThat(coded(CellCoding.SECOND, "1970-01-02T00:00:07")).isEqualTo(7);
    // One second before 1970 is the last of day -1, not the second -1 of day 0.
    assertThat(coded(CellCoding.DAY, "1969-12-31T23:59:59")).isEqualTo(-1);
    assertThat(coded(CellCoding.SECOND, "1969-12-31T23:59:59")).isEqualTo(86_399);
    // 01:00 in a zone two hours before UTC is 23:00 of the day before.
    assertThat(coded(CellCoding.DAY, "1970-01-01 01:00+02")).isEqualTo(-1);
    assertThat(coded(CellCoding.SECOND, "1970-01-01 01:00+02")).isEqualTo(82_800);
    assertThat(coded(CellCoding.DAY, "01.02.1970")).isEqualTo(UNREADABLE);
    assertThat(coded(CellCoding.SECOND, "")).isNaN();
  }

  @Test
  void textsAreNumberedInTheOrderTheyTurnUp() {
    Dictionary dictionary = new Dictionary();
    CellCoder coder = coder(CellCoding.TEXT, ColumnInfo.Kind.TEXT, dictionary);
    assertThat(coder.ofText("b")).isEqualTo(0);
    assertThat(coder.ofText("007")).isEqualTo(1);
    assertThat(coder.ofText("7")).isEqualTo(2);
    assertThat(coder.ofText("b ")).isEqualTo(3);
    assertThat(coder.ofText("b")).isEqualTo(0);
    assertThat(coder.ofText("")).isNaN();
    assertThat(coder.isProblem(Float.NaN)).isFalse();
    assertThat(dictionary.texts()).containsExactly("b", "007", "7", "b ");
  }

  @Test
  void numbersThatNameCategoriesHaveOneTextEach() {
    Dictionary dictionary = new Dictionary();
    CellCoder coder = coder(CellCoding.TEXT, ColumnInfo.Kind.NUMERIC, dictionary);
    for (String seven : new String[] {"7", "7.0", "007", "+7", "7e0", " 7", "70e-1"}) {
      assertThat(coder.ofText(seven)).as(seven).isEqualTo(0);
    }
    for (String text :
        new String[] {".50", "12345678901234567890", "-0.0", "1e3", "abc", "1e300", "16777217"}) {
      coder.ofText(text);
    }
    assertThat(coder.ofText("NaN")).isNaN();
    assertThat(Objects.requireNonNull(dictionary).texts())
        .containsExactly(
            "7", "0.5", "12345678901234567890", "0", "1000", "abc", "1E+300", "16777217");
  }
}
