package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelInputTest {
  @Test
  void anInputIsCalledAsInAnEquation() {
    assertThat(new ModelInput("carat", null).name()).isEqualTo("carat");
    assertThat(ModelInput.ofPower("carat", 2).name()).isEqualTo("carat^2");
    assertThat(new ModelInput("cut", "Ideal").name()).isEqualTo("cut=Ideal");
    assertThat(new ModelInput("sign", "^").name()).isEqualTo("sign=^");
    assertThat(new ModelInput("sign", "^2x").name()).isEqualTo("sign=^2x");
  }
}
