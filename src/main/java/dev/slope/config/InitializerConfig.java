package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The parameters' values before the first epoch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InitializerConfig.Zeros.class, name = "zeros"),
  @JsonSubTypes.Type(value = InitializerConfig.Uniform.class, name = "uniform")
})
@Planned({"values", "model"})
public sealed interface InitializerConfig {

  /** Every weight and intercept is 0. */
  record Zeros() implements InitializerConfig {}

  /**
   * Every weight and intercept is drawn from {@code [-1/sqrt(inputs), 1/sqrt(inputs))} with the
   * run's seed.
   */
  record Uniform() implements InitializerConfig {}
}
