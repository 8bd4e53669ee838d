package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.NoiseConfig;
import dev.slope.config.VariableConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SyntheticTableTest {
  private static final VariableConfig ZERO_TO_TEN = new VariableConfig.Range(0, 10, 1);

  @Test
  void countsTheEndOfARange() {
    FloatMatrix line = table("y = 2x + 1", Map.of("x", ZERO_TO_TEN), null, null, 0);
    assertThat(line.names()).containsExactly("x", "y");
    assertThat(line.rows()).isEqualTo(11);
    assertThat(Tables.values(line)).startsWith(0f, 1f, 1f, 3f, 2f, 5f).endsWith(10f, 21f);
    // 0.1 * 3 falls short of 0.3 in floating point, and is still its end.
    VariableConfig tenths = new VariableConfig.Range(0, 0.3, 0.1);
    assertThat(table("y = x", Map.of("x", tenths), null, null, 0).rows()).isEqualTo(4);
  }

  @Test
  void rangesFormAGridWithTheLastFastest() {
    Map<String, VariableConfig> variables = new LinkedHashMap<>();
    variables.put("a", new VariableConfig.Range(0, 1, 1));
    variables.put("b", new VariableConfig.Range(5, 7, 1));
    FloatMatrix grid = table("c = 10a + b", variables, null, null, 0);
    assertThat(Tables.values(grid))
        .containsExactly(0f, 5f, 5f, 0f, 6f, 6f, 0f, 7f, 7f, 1f, 5f, 15f, 1f, 6f, 16f, 1f, 7f, 17f);
  }

  @Test
  void theSameSeedGivesTheSameRows() {
    assertThat(Tables.values(drawn(3))).isEqualTo(Tables.values(drawn(3)));
    assertThat(Tables.values(drawn(3))).isNotEqualTo(Tables.values(drawn(4)));
  }

  private static FloatMatrix drawn(long seed) {
    Map<String, VariableConfig> variables = new LinkedHashMap<>();
    variables.put("u", new VariableConfig.Uniform(2, 3));
    variables.put("n", new VariableConfig.Normal(5, 0.5));
    return table("y = u + n", variables, new NoiseConfig.Normal(0.1), 2_000, seed);
  }

  @Test
  void drawsWithinBounds() {
    List<Float> values =
        Tables.values(
            table(
                "y = 0u",
                Map.of("u", new VariableConfig.Uniform(2, 3)),
                new NoiseConfig.Uniform(0.25),
                2_000,
                1));
    for (int i = 0; i < values.size(); i += 2) {
      assertThat(values.get(i)).isBetween(2f, 3f);
      assertThat(values.get(i + 1)).isBetween(-0.25f, 0.25f);
    }
  }

  @Test
  void namesTheRowWithoutAValue() {
    Map<String, VariableConfig> variables = Map.of("x", new VariableConfig.Range(1, -1 + 4, 1));
    assertThatThrownBy(() -> table("y = log(2 - x)", variables, null, null, 0))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "equation 'y = log(2 - x)', row 2, column 'y' must be a finite number of float32 (at"
                + " most 3.4e38), but was -Infinity (x = 2.0)");
  }

  @Test
  void rejectsWhatDoesNotDetermineTheRows() {
    VariableConfig drawn = new VariableConfig.Normal(0, 1);
    assertThatThrownBy(() -> table("y = x", Map.of("x", drawn), null, null, 0))
        .hasMessage("equation 'y = x': 'rows' must be given where no variable is a range");
    assertThatThrownBy(() -> table("y = x", Map.of("x", ZERO_TO_TEN), null, 5, 0))
        .hasMessage(
            "equation 'y = x': 'rows' must be absent where a variable is a range: ranges give 11"
                + " rows");
    VariableConfig backwards = new VariableConfig.Range(1, 0, 1);
    assertThatThrownBy(() -> table("y = x", Map.of("x", backwards), null, null, 0))
        .hasMessage(
            "equation 'y = x': 'to' of variable 'x' must be at least its 'from' 1.0, but was 0.0");
  }

  @Test
  void namesThePlaceInTheEquation() {
    assertThatThrownBy(() -> table("y = 2z", Map.of("x", ZERO_TO_TEN), null, null, 0))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "equation 'y = 2z': 'z' at character 6 is not a variable; the variables are [x]; did"
                + " you mean 'x'?");
  }

  private static FloatMatrix table(
      String equation,
      Map<String, VariableConfig> variables,
      @Nullable NoiseConfig noise,
      @Nullable Integer rows,
      long seed) {
    return SyntheticTable.of(
        new DataSourceConfig.Synthetic(equation, variables, noise, rows),
        seed,
        BlockStore.inMemory());
  }
}
