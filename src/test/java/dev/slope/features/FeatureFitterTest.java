package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.FeatureConfig;
import dev.slope.config.Scaling;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureFitterTest {
  private static FittedFeature.Numeric fitOne(Scaling scaling, float... values) {
    FloatMatrix raw = new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, values)));
    return (FittedFeature.Numeric)
        FeatureFitter.fit(Map.of("x", FeatureConfig.Numeric.of(scaling)), raw).features().get(0);
  }

  // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 32 / 8, population standard deviation 2.
  @Test
  void standardIsMeanAndPopulationDeviation() {
    assertThat(fitOne(Scaling.STANDARD, 2, 4, 4, 4, 5, 5, 7, 9))
        .isEqualTo(new FittedFeature.Numeric("x", Scaling.STANDARD, 5, 2));
  }

  @Test
  void minMaxIsLeastAndSpread() {
    assertThat(fitOne(Scaling.MIN_MAX, 3, -1, 7))
        .isEqualTo(new FittedFeature.Numeric("x", Scaling.MIN_MAX, -1, 8));
  }

  @Test
  void noneChangesNothing() {
    assertThat(fitOne(Scaling.NONE, 3, -1, 7))
        .isEqualTo(new FittedFeature.Numeric("x", Scaling.NONE, 0, 1));
  }

  // 1e6 + {0, 1, 2}: a mean of squares minus a square of the mean has no digit of 2/3 left in
  // float32.
  @Test
  void aSmallSpreadFarFromZeroIsNotCancelled() {
    assertThat(fitOne(Scaling.STANDARD, 1_000_000, 1_000_001, 1_000_002).divisor())
        .isCloseTo((float) Math.sqrt(2 / 3.0), within(1e-6f));
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
        .isEqualTo(new FittedFeature.Numeric("b", Scaling.STANDARD, 4, 1));
    assertThat(FeatureFitter.constantColumns(raw)).containsExactly("b");
  }

  @Test
  void aSpreadBeyondFloat32IsAnError() {
    assertThatThrownBy(() -> fitOne(Scaling.MIN_MAX, -3e38f, 3e38f))
        .isInstanceOf(DataException.class)
        .hasMessage("column 'x' must span at most 3.4028235E38, but runs from -3.0E38 to 3.0E38");
  }

  // 3 * (x - 5) / 2 + 1 = 1.5 x - 6.5
  @Test
  void originalScaleIsTheSameFunction() {
    LinearWeights original =
        OriginalScale.of(
            new LinearWeights(List.of("x"), List.of("y"), new double[] {3}, new double[] {1}),
            new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.STANDARD, 5, 2))));

    assertThat(original.weight(0, 0)).isEqualTo(1.5);
    assertThat(original.intercept(0)).isEqualTo(-6.5);
  }
}
