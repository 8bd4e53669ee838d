package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelDomainTest {
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final ModelConfig POISSON =
      new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), ZEROS);
  private static final ModelConfig GAMMA =
      new ModelConfig.GammaRegression(true, 0, 0, Map.of(), ZEROS);
  private static final ModelConfig TWEEDIE =
      new ModelConfig.TweedieRegression(1.5, true, 0, 0, Map.of(), ZEROS);

  @Test
  void whatALossIsMadeForPasses() {
    assertThatCode(() -> LabelDomain.check(POISSON, labels(0, 3, 0.5f))).doesNotThrowAnyException();
    assertThatCode(() -> LabelDomain.check(TWEEDIE, labels(0, 3))).doesNotThrowAnyException();
    assertThatCode(() -> LabelDomain.check(GAMMA, labels(1e-30f, 3))).doesNotThrowAnyException();
    assertThatCode(() -> LabelDomain.check(new ModelConfig.LinearRegression(ZEROS), labels(-1, 0)))
        .doesNotThrowAnyException();
  }

  // The third row of the second block of two: row 5 counted from 1.
  @Test
  void aNegativeLabelIsNamedByItsRow() {
    FloatMatrix labels =
        new FloatMatrix(
            List.of("claims"), List.of(FloatBlock.of(1, 1, 2), FloatBlock.of(1, 3, 4, -2)));

    assertThatThrownBy(() -> LabelDomain.check(POISSON, labels))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "row 5, label 'claims' must be >= 0 for poisson_regression, but was -2.0; correct or"
                + " leave out such rows, or take linear_regression, which allows any number");
    assertThatThrownBy(() -> LabelDomain.check(TWEEDIE, labels(1, -0.5f)))
        .hasMessageStartingWith(
            "row 2, label 'claims' must be >= 0 for tweedie_regression, but was -0.5; ");
    assertThatThrownBy(() -> LabelDomain.check(GAMMA, labels(-1)))
        .hasMessageStartingWith(
            "row 1, label 'claims' must be > 0 for gamma_regression, but was -1.0; ")
        .hasMessageEndingWith("linear_regression, which allows any number");
  }

  @Test
  void gammaRefusesZeroAndSaysWhatAllowsIt() {
    assertThatThrownBy(() -> LabelDomain.check(GAMMA, labels(1, 0)))
        .hasMessage(
            "row 2, label 'claims' must be > 0 for gamma_regression, but was 0.0; correct or leave"
                + " out such rows, or take tweedie_regression, which allows 0");
  }

  @Test
  void zerosAloneHaveNoLogarithm() {
    assertThatThrownBy(() -> LabelDomain.check(POISSON, labels(0, 0, 0)))
        .hasMessage(
            "label 'claims' must be above 0 in some row for poisson_regression, but is 0 in all 3;"
                + " the logarithm of a mean of 0 is minus infinity");
  }

  @Test
  void aBlockCountsTheRowsBeforeIt() {
    assertThat(LabelDomain.check(POISSON, "claims", FloatBlock.of(1, 0, 0), 7)).isFalse();
    assertThat(LabelDomain.check(POISSON, "claims", FloatBlock.of(1, 0, 1), 7)).isTrue();
    assertThatThrownBy(() -> LabelDomain.check(POISSON, "claims", FloatBlock.of(1, 0, -1), 7))
        .hasMessageStartingWith("row 9, ");
  }

  private static FloatMatrix labels(float... values) {
    return new FloatMatrix(List.of("claims"), List.of(FloatBlock.of(1, values)));
  }
}
