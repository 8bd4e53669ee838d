package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;

/** The metrics a run reports, by scikit-learn's short names. */
public enum MetricName {
  /** The objective that is minimised. */
  @JsonProperty("loss")
  LOSS,
  /** Mean squared error. */
  @JsonProperty("mse")
  MSE,
  /** Root of the mean squared error. */
  @JsonProperty("rmse")
  RMSE,
  /** Mean absolute error. */
  @JsonProperty("mae")
  MAE,
  /** Coefficient of determination. */
  @JsonProperty("r2")
  R2;

  /** The names as configs spell them. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(MetricName::key).toList();
  }

  /** The name as configs spell it. */
  public String key() {
    return ConfigNames.value(this);
  }
}
