package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.evaluation.Estimate;
import dev.slope.export.ModelManifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownCoefficientsTest {
  private static ModelManifest model(List<List<ModelManifest.Coefficient>> outputs) {
    return new ModelManifest(
        "m",
        "linear_regression",
        "identity",
        "mean squared error",
        null,
        null,
        null,
        null,
        IntStream.range(0, outputs.size())
            .mapToObj(
                i ->
                    new ModelManifest.Output(
                        "y" + i, null, "y" + i, 0, 0, outputs.get(i), null, null))
            .toList(),
        null,
        List.of(),
        null,
        null);
  }

  private static ModelManifest.Coefficient coefficient(
      String feature, double value, double standardized, double low, double high) {
    return new ModelManifest.Coefficient(
        feature, null, value, standardized, new Estimate(1, 1, 0.1, low, high, 1.0));
  }

  /**
   * An interval of the data's scale, 1 to 3 around 2, is one of 10 to 30 around 20 on that of
   * training; a negative factor turns it round.
   */
  @Test
  void intervalsAreOnTheScaleOfTraining() {
    ShownCoefficients shown =
        ShownCoefficients.of(
            model(List.of(List.of(coefficient("a", 2, 20, 1, 3), coefficient("b", 5, -50, 4, 7)))));

    assertThat(shown.names()).containsExactly("b", "a");
    assertThat(shown.outputs().get(0).values()).containsExactly(-50.0, 20.0);
    assertThat(shown.outputs().get(0).low()).containsExactly(-70.0, 10.0);
    assertThat(shown.outputs().get(0).high()).containsExactly(-40.0, 30.0);
    String svg = new String(Plots.coefficients(shown).get(1).bytes(), StandardCharsets.UTF_8);
    assertThat(svg)
        .contains(">coefficient on the scale of training, 95 % interval<", ">a<", ">b<", ">y0<");
  }

  /** An output's input without a weight has 0, as the hash of a value that no row had. */
  @Test
  void inputsOfAllOutputsAreSortedTogether() {
    ShownCoefficients shown =
        ShownCoefficients.of(
            model(
                List.of(
                    List.of(
                        new ModelManifest.Coefficient("a", null, 1, 1),
                        new ModelManifest.Coefficient("c", "x", 2, 2)),
                    List.of(
                        new ModelManifest.Coefficient("a", null, -3, -3),
                        new ModelManifest.Coefficient("b", null, 0.5, 0.5)))));

    assertThat(shown.names()).containsExactly("a", "c=x", "b");
    assertThat(shown.outputs().get(0).values()).containsExactly(1.0, 2.0, 0.0);
    assertThat(shown.outputs().get(1).values()).containsExactly(-3.0, 0.0, 0.5);
    assertThat(shown.outputs().get(0).low()).isNull();
  }

  @Test
  void ofManyInputsTheLargestAreShown() {
    List<ModelManifest.Coefficient> many =
        IntStream.range(0, 1_234)
            .mapToObj(i -> new ModelManifest.Coefficient("f" + i, null, i, i % 2 == 0 ? i : -i))
            .toList();
    ShownCoefficients shown = ShownCoefficients.of(model(List.of(many)));

    assertThat(shown.names()).hasSize(40).startsWith("f1233", "f1232").endsWith("f1194");
    assertThat(new String(Plots.coefficients(shown).get(1).bytes(), StandardCharsets.UTF_8))
        .contains(">coefficient on the scale of training, the 40 largest of 1,234<");
    assertThat(Plots.coefficients(ShownCoefficients.of(model(List.of(List.of()))))).isEmpty();
  }
}
