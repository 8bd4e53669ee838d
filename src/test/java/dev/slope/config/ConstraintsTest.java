package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record that exists is valid, whoever made it. */
class ConstraintsTest {
  @Test
  void recordsCheckThemselves() {
    assertThatThrownBy(() -> new OptimizerConfig.GradientDescent(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value must be a finite number, but was NaN");
    assertThatThrownBy(() -> new OptimizerConfig.GradientDescent(0))
        .hasMessage("value must be > 0, but was 0.0");
    assertThatThrownBy(() -> new ScheduleConfig.Cosine(1, 1.5, 0))
        .hasMessage("alpha must be <= 1, but was 1.5");
    assertThatThrownBy(() -> new ScheduleConfig.ReduceOnPlateau(1, 10, 0, 0, 0))
        .hasMessage("factor must be < 1, but was 1.0");
    assertThatThrownBy(() -> new VariableConfig.Normal(0, -1))
        .hasMessage("standard_deviation must be >= 0, but was -1.0");
    assertThatThrownBy(() -> new ExportConfig(" ", null, 0))
        .hasMessage("directory must be more than blanks, but was  ");
    assertThatThrownBy(() -> new DataSourceConfig.Inline(Map.of()))
        .hasMessage("columns must be not empty, but was {}");
    assertThatThrownBy(
            () ->
                new TrainingConfig(
                    new OptimizerConfig.GradientDescent(1),
                    1,
                    new BatchSizeConfig.Full(),
                    true,
                    new StopConfig(null, null, null, null),
                    null,
                    PlanName.AUTO,
                    "gpu:",
                    Precision.FLOAT32,
                    false,
                    0.5,
                    new CheckpointConfig(null, 60, 2, null)))
        .hasMessage("device must be of the form auto|cpu|gpu|gpu:[0-9]+, but was gpu:");
    assertThatThrownBy(
            () ->
                new DataSourceConfig.Synthetic(
                    "y = x", Map.of("x", new VariableConfig.Range(0, 1, 1)), null, 0))
        .hasMessage("rows must be >= 1, but was 0");
    assertThatThrownBy(() -> List.of(new MetricBounds(Double.POSITIVE_INFINITY, null)))
        .hasMessage("min must be a finite number, but was Infinity");
  }
}
