package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.ConfigException;
import dev.slope.config.InitializerConfig;
import dev.slope.config.Precision;
import dev.slope.features.LinearWeights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final List<String> INPUTS = List.of("area", "rooms");
  private static final List<String> OUTPUTS = List.of("price", "rent");

  @Test
  void valuesStandWhereTheirNamesSayAndTheRestIsZero() {
    LinearWeights weights = weights(Map.of("rooms", List.of(0.1, -2.0)), List.of(3.0, 4.0));

    assertThat(weights.weights()).containsExactly(0, 0, 0.1f, -2);
    assertThat(weights.intercepts()).containsExactly(3, 4);
    assertThat(weights(Map.of(), List.of()).intercepts()).containsExactly(0, 0);
  }

  @Test
  void valuesThatDoNotFitAreNamed() {
    assertThatThrownBy(() -> weights(Map.of("room", List.of(1.0, 2.0)), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "/model/initializer/weights/room must be named after a feature, but 'room' is none;"
                + " did you mean 'rooms'?");
    assertThatThrownBy(() -> weights(Map.of("area", List.of(1.0)), List.of()))
        .hasMessage(
            "/model/initializer/weights/area must have one number for each of the model's outputs,"
                + " 2, but has 1");
    assertThatThrownBy(() -> weights(Map.of(), List.of(1.0, 2.0, 3.0)))
        .hasMessage(
            "/model/initializer/intercepts must have one number for each of the model's outputs,"
                + " 2, but has 3");
  }

  private static LinearWeights weights(Map<String, List<Double>> weights, List<Double> intercepts) {
    return Initializer.weights(
        new InitializerConfig.Values(weights, intercepts), INPUTS, OUTPUTS, 0, Precision.FLOAT32);
  }
}
