package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Positive;

/** How the parameters follow the gradient. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(
    @JsonSubTypes.Type(value = OptimizerConfig.GradientDescent.class, name = "gradient_descent"))
@Planned({"momentum", "adagrad", "adam", "rmsprop", "ftrl", "lbfgs", "newton"})
public sealed interface OptimizerConfig {

  /**
   * {@code parameter -= learning_rate * gradient}.
   *
   * @param learningRate the factor of the gradient, the same in every epoch
   */
  @Planned("schedule")
  record GradientDescent(
      @Positive
          @PlannedText({"auto", "line_search"})
          @JsonPropertyDescription("The factor of the gradient in every step.")
          double learningRate)
      implements OptimizerConfig {
    public GradientDescent {
      Constraints.check(GradientDescent.class, learningRate);
    }
  }
}
