package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.DatetimePart;
import dev.slope.config.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OriginalScaleTest {
  private static final RawColumn TEXT = new RawColumn("t", RawColumn.Type.STRING);

  /** Each kind of feature, and whatever of each is scaled or not. */
  private static final FittedFeatures FEATURES =
      new FittedFeatures(
          List.of(
              new FittedFeature.Numeric(
                  "n",
                  Scaling.STANDARD,
                  0,
                  true,
                  0,
                  9,
                  List.of(
                      new FittedFeature.Affine(3, 2),
                      new FittedFeature.Affine(5, 4),
                      new FittedFeature.Affine(-7, 8))),
              new FittedFeature.Bucketized("b", List.of(1f), 0, true),
              new FittedFeature.Categorical(TEXT, List.of("u", "v"), true, true, false),
              new FittedFeature.Hashed(new RawColumn("h", RawColumn.Type.STRING), 3),
              new FittedFeature.Crossed("c", List.of(), 2),
              new FittedFeature.Truth("f"),
              new FittedFeature.Datetime(
                  "d",
                  List.of(
                      new FittedFeature.Datetime.Part(
                          DatetimePart.MONTH, FittedFeature.Affine.NONE),
                      new FittedFeature.Datetime.Part(
                          DatetimePart.YEAR, new FittedFeature.Affine(1999, 16)))),
              new FittedFeature.Text("w", 2, 1)));

  /** By the names of the inputs, and not by their places. */
  private static FittedFeature.Affine scaling(String input) {
    return switch (input) {
      case "n" -> new FittedFeature.Affine(3, 2);
      case "n^2" -> new FittedFeature.Affine(5, 4);
      case "n^3" -> new FittedFeature.Affine(-7, 8);
      case "d=year" -> new FittedFeature.Affine(1999, 16);
      default -> FittedFeature.Affine.NONE;
    };
  }

  private static double score(LinearWeights weights, int output, double[] inputs) {
    return weights.intercept(output)
        + IntStream.range(0, inputs.length)
            .mapToDouble(input -> inputs[input] * weights.weight(input, output))
            .sum();
  }

  private static LinearWeights randomWeights(Random random) {
    int inputs = FEATURES.inputs().size();
    return new LinearWeights(
        FEATURES.inputs(),
        List.of("y", "z"),
        random.doubles(2L * inputs, -1, 1).toArray(),
        random.doubles(2, -1, 1).toArray());
  }

  // 3 * (x - 5) / 2 + 1 = 1.5 x - 6.5
  @Test
  void aNumberByHand() {
    LinearWeights original =
        OriginalScale.of(
            new LinearWeights(List.of("x"), List.of("y"), new double[] {3}, new double[] {1}),
            new FittedFeatures(List.of(new FittedFeature.Numeric("x", Scaling.STANDARD, 5, 2))));

    assertThat(original.weight(0, 0)).isEqualTo(1.5);
    assertThat(original.intercept(0)).isEqualTo(-6.5);
  }

  @Test
  void theSameRowsScoreTheSameOnBothScales() {
    Random random = new Random(1);
    LinearWeights trained = randomWeights(random);
    LinearWeights original = OriginalScale.of(trained, FEATURES);
    for (int row = 0; row < 100; row++) {
      double[] unscaled = random.doubles(trained.inputs().size(), -5, 5).toArray();
      List<Double> scaled = new ArrayList<>();
      for (int input = 0; input < unscaled.length; input++) {
        FittedFeature.Affine affine = scaling(trained.inputs().get(input));
        scaled.add((unscaled[input] - affine.offset()) / affine.divisor());
      }
      double[] inputs = scaled.stream().mapToDouble(Double::doubleValue).toArray();
      for (int output = 0; output < 2; output++) {
        assertThat(score(original, output, unscaled))
            .isCloseTo(score(trained, output, inputs), within(1e-12));
      }
    }
  }

  @Test
  void toTrainedIsTheInverse() {
    LinearWeights trained = randomWeights(new Random(2));
    LinearWeights back = OriginalScale.toTrained(OriginalScale.of(trained, FEATURES), FEATURES);

    assertThat(back.weights()).containsExactly(trained.weights(), within(1e-15));
    assertThat(back.intercepts()).containsExactly(trained.intercepts(), within(1e-12));
  }
}
