package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The model: a linear function of the features, and the loss that fits it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(
    @JsonSubTypes.Type(value = ModelConfig.LinearRegression.class, name = "linear_regression"))
@Planned({
  "logistic_regression",
  "softmax_regression",
  "poisson_regression",
  "gamma_regression",
  "tweedie_regression",
  "huber_regression",
  "quantile_regression",
  "absolute_regression",
  "linear_svm"
})
public sealed interface ModelConfig {

  /** The parameters' values before the first epoch. */
  InitializerConfig initializer();

  /** From the score to the mean of the label: its name in statistics. */
  default String linkName() {
    if (this instanceof LinearRegression) {
      return "identity";
    }
    throw new AssertionError("no link of " + getClass().getSimpleName());
  }

  /** What training minimises, as a formula. */
  default String objective() {
    if (this instanceof LinearRegression) {
      return "mean over rows and labels of (prediction - label)^2";
    }
    throw new AssertionError("no objective of " + getClass().getSimpleName());
  }

  /** Its {@code type} in a config. */
  default String typeName() {
    return ConfigNames.typeName(ModelConfig.class, getClass());
  }

  /**
   * Least squares: the mean over rows and labels of the squared error.
   *
   * @param initializer the parameters' values before the first epoch
   */
  @Planned({"link", "fit_intercept", "l1", "l2", "class_weight", "bounds"})
  record LinearRegression(
      @Default("\"zeros\"")
          @JsonPropertyDescription("The parameters' values before the first epoch.")
          InitializerConfig initializer)
      implements ModelConfig {
    public LinearRegression {
      Constraints.check(LinearRegression.class, initializer);
    }
  }
}
