package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class ConfigValuesTest {
  @Test
  void namesEveryValueAndHasOneFormOfANumber() {
    assertThat(
            ConfigValues.of(
                """
                {"label": ["y"], "report": {"plots": true}, "data": {},
                 "features": {"a/b": {"type": "numeric"}},
                 "training": {"epochs": 100, "rate": 1.50e-2, "zero": 0.0}}
                """))
        .containsExactly(
            entry("/features/a~1b/type", "numeric"),
            entry("/label/0", "y"),
            entry("/report/plots", "true"),
            entry("/training/epochs", "100"),
            entry("/training/rate", "0.015"),
            entry("/training/zero", "0"));
  }
}
