package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.ModelConfig;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowWeightsTest {
  private static final FittedLabels LABELS = new FittedLabels.Binary("y", "0", "1", 0.5);

  /** Five rows, 4 of class 0 and 1 of class 1. */
  private static final FloatMatrix ENCODED = column("y", 0, 0, 1, 0, 0);

  private static final FloatMatrix WEIGHTS = column("w", 1, 2, 3, 0, 0.5f);

  @Test
  void withoutWeightsEveryRowCountsTheSame() {
    assertThat(of("none", null)).isNull();
    assertThat(of("none", WEIGHTS)).isSameAs(WEIGHTS);
    assertThat(
            RowWeights.fit(
                    Runs.of("\"linear_regression\"", "").model(),
                    new FittedLabels.Regression(List.of("y")),
                    () -> ENCODED,
                    WEIGHTS,
                    "rows.csv")
                .of(ENCODED, WEIGHTS))
        .isSameAs(WEIGHTS);
  }

  /** n / (k count): 5 / (2 * 4) = 0.625 and 5 / (2 * 1) = 2.5, as scikit-learn's balanced. */
  @Test
  void balancedClassesCountTheSameInSum() {
    assertThat(values(of("balanced", null))).containsExactly(0.625f, 0.625f, 2.5f, 0.625f, 0.625f);
  }

  @Test
  void theWeightOfAClassMultipliesThatOfARow() {
    assertThat(values(of("balanced", WEIGHTS))).containsExactly(0.625f, 1.25f, 7.5f, 0f, 0.3125f);
    // Class 0 is left out and counts 1; 1.0 is the number that the class 1 is named by.
    assertThat(values(of("{\"1.0\": 4}", WEIGHTS))).containsExactly(1f, 2f, 12f, 0f, 0.5f);
  }

  @Test
  void refusesAClassThatIsNone() {
    assertThatThrownBy(() -> of("{\"2\": 4}", null))
        .isInstanceOf(DataException.class)
        .hasMessage("/model/class_weight names '2', but the classes of 'y' in rows.csv are [0, 1]");
  }

  @Test
  void refusesAClassWithoutWeight() {
    FloatMatrix onlyZeros = column("w", 1, 1, 0, 1, 1);
    assertThatThrownBy(() -> of("none", onlyZeros))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "rows.csv: weight 'w' must be > 0 in a row of each class, but is 0 in all rows of class"
                + " '1'");
  }

  @Test
  void refusesWeightsThatWeighNothing() {
    assertThatThrownBy(() -> RowWeights.check(column("w", 1, -0.5f), "rows.csv"))
        .isInstanceOf(DataException.class)
        .hasMessage("rows.csv, row 2: weight 'w' must be >= 0, but was -0.5");
    assertThatThrownBy(() -> RowWeights.check(column("w", 1, Float.NaN), "rows.csv"))
        .hasMessage("rows.csv, row 2: weight 'w' must be >= 0, but was NaN");
    assertThatThrownBy(() -> RowWeights.check(column("w", 0, 0), "rows.csv"))
        .isInstanceOf(DataException.class)
        .hasMessage("rows.csv: weight 'w' must be > 0 in a row, but is 0 in all 2 rows");
  }

  private static @Nullable FloatMatrix of(String classWeight, @Nullable FloatMatrix weights) {
    String json = classWeight.startsWith("{") ? classWeight : '"' + classWeight + '"';
    ModelConfig model =
        Runs.of("{\"type\": \"logistic_regression\", \"class_weight\": " + json + "}", "").model();
    return RowWeights.fit(model, LABELS, () -> ENCODED, weights, "rows.csv").of(ENCODED, weights);
  }

  private static float[] values(@Nullable FloatMatrix matrix) {
    FloatBlock block = Objects.requireNonNull(matrix).blocks().get(0);
    float[] values = new float[block.rows()];
    block.values().get(values);
    return values;
  }

  private static FloatMatrix column(String name, float... values) {
    return new FloatMatrix(List.of(name), List.of(FloatBlock.of(1, values)));
  }
}
