package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSourceTest {

  @Test
  void readsInlineColumnsInTheOrderAskedFor() {
    DataSource source = inline(List.of(1.0, 2.0), List.of(0.5, -3.0));
    assertThat(source.description()).isEqualTo("inline data");
    assertThat(source.columns())
        .containsExactly(
            new ColumnInfo("a", ColumnInfo.Kind.NUMERIC),
            new ColumnInfo("b", ColumnInfo.Kind.NUMERIC));
    assertThat(Tables.values(source.readNumbers(List.of("b", "a"))))
        .containsExactly(0.5f, 1f, -3f, 2f);
  }

  @Test
  void scansNumbersAndTexts() {
    List<String> texts = new ArrayList<>();
    inline(List.of(1.0, 2.0), List.of(0.1, -3.0))
        .scan(
            CodedColumn.numbers(List.of("a")),
            List.of("b"),
            batch -> {
              assertThat(batch.block().rows()).isEqualTo(2);
              assertThat(batch.block().get(1, 0)).isEqualTo(2);
              batch.text().forEach(row -> texts.add(row[0]));
            });
    assertThat(texts).containsExactly("0.1", "-3");
  }

  @Test
  void fingerprintIsOfTheLittleEndianFloats() {
    // printf '\x00\x00\x80\x3f' | sha256sum: the bytes of 1.0f.
    DataSource one =
        DataSources.open(new DataSourceConfig.Inline(Map.of("x", List.of(1.0))), Path.of("."), 0);
    assertThat(one.fingerprint())
        .isEqualTo(
            new Fingerprint("e00e5eb9444182f352323374ef4e08ebcb784725fdd4fd612d7730540b3e0c8c", 1));
  }

  @Test
  void rejectsUnequalLengthsMissingAndHugeValues() {
    assertThatThrownBy(() -> inline(List.of(1.0), List.of(1.0, 2.0)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "columns of inline data must have the same length, but 'a' has 1 values and 'b' has 2");
    List<Double> holed = new ArrayList<>(List.of(1.0));
    holed.add(null);
    assertThatThrownBy(() -> inline(holed, List.of(1.0, 2.0)))
        .hasMessage("inline data, row 2, column 'a' is missing a value");
    assertThatThrownBy(() -> inline(List.of(1.0), List.of(1e39)))
        .hasMessage(
            "inline data, row 1, column 'b' must be a finite number of float32 (at most 3.4e38),"
                + " but was 1.0E39");
    assertThatThrownBy(() -> inline(List.of(), List.of()))
        .hasMessage("inline data must have rows, but has none");
  }

  @Test
  void keepsEveryRowAcrossBlocks() {
    // 200,000 rows make blocks of 1,024, 2,048, ... 65,536 rows; their sum is n (n - 1) / 2.
    List<Double> counting = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      counting.add((double) i);
    }
    FloatMatrix matrix = inline(counting, counting).readNumbers(List.of("a"));
    assertThat(matrix.rows()).isEqualTo(200_000);
    List<Float> values = Tables.values(matrix);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i).intValue()).isEqualTo(i);
    }
  }

  private static DataSource inline(List<Double> a, List<Double> b) {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    columns.put("a", a);
    columns.put("b", b);
    return DataSources.open(new DataSourceConfig.Inline(columns), Path.of("."), 0);
  }
}
