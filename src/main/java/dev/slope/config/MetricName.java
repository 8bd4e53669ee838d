package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
  R2,
  /** Mean unit deviance of the Poisson distribution. */
  @JsonProperty("mean_poisson_deviance")
  MEAN_POISSON_DEVIANCE,
  /** Mean unit deviance of the gamma distribution. */
  @JsonProperty("mean_gamma_deviance")
  MEAN_GAMMA_DEVIANCE,
  /** Mean unit deviance of the Tweedie distribution of the model's power. */
  @JsonProperty("mean_tweedie_deviance")
  MEAN_TWEEDIE_DEVIANCE,
  /** Mean pinball loss of the model's quantile. */
  @JsonProperty("pinball")
  PINBALL,
  /** Part of the rows whose class is predicted. */
  @JsonProperty("accuracy")
  ACCURACY,
  /** Mean of the classes' recalls. */
  @JsonProperty("balanced_accuracy")
  BALANCED_ACCURACY,
  /** Of the rows predicted to be of a class, how many are. */
  @JsonProperty("precision")
  PRECISION,
  /** Of the rows of a class, how many are predicted to be. */
  @JsonProperty("recall")
  RECALL,
  /** Harmonic mean of precision and recall. */
  @JsonProperty("f1")
  F1,
  /** Mean of minus the logarithm of the probability of a row's class. */
  @JsonProperty("log_loss")
  LOG_LOSS,
  /** Area under the ROC curve. */
  @JsonProperty("auc")
  AUC,
  /** Mean squared error of the probabilities. */
  @JsonProperty("brier")
  BRIER;

  private static final Set<MetricName> REGRESSION = EnumSet.of(LOSS, MSE, RMSE, MAE, R2);
  private static final Set<MetricName> MARGIN =
      EnumSet.of(LOSS, ACCURACY, BALANCED_ACCURACY, PRECISION, RECALL, F1, AUC);

  /** The names as configs spell them. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(MetricName::key).toList();
  }

  /**
   * The metrics of a model.
   *
   * @param modelType a {@code type} of {@link ModelConfig}
   */
  public static Set<MetricName> of(String modelType) {
    return switch (modelType) {
      case "linear_regression", "huber_regression", "absolute_regression" -> REGRESSION;
      case "poisson_regression" -> with(REGRESSION, MEAN_POISSON_DEVIANCE);
      case "gamma_regression" -> with(REGRESSION, MEAN_GAMMA_DEVIANCE);
      case "tweedie_regression" -> with(REGRESSION, MEAN_TWEEDIE_DEVIANCE);
      case "quantile_regression" -> with(REGRESSION, PINBALL);
      case "logistic_regression", "softmax_regression" -> with(MARGIN, LOG_LOSS, BRIER);
      case "linear_svm" -> MARGIN;
      default -> throw new AssertionError("no metrics of " + modelType);
    };
  }

  /**
   * The metric that tells which of two models of a type is better: what the type minimises, without
   * its penalty, and of margins the accuracy.
   */
  static MetricName ofComparison(String modelType) {
    return switch (modelType) {
      case "linear_regression" -> MSE;
      case "huber_regression", "absolute_regression" -> MAE;
      case "poisson_regression" -> MEAN_POISSON_DEVIANCE;
      case "gamma_regression" -> MEAN_GAMMA_DEVIANCE;
      case "tweedie_regression" -> MEAN_TWEEDIE_DEVIANCE;
      case "quantile_regression" -> PINBALL;
      case "logistic_regression", "softmax_regression" -> LOG_LOSS;
      case "linear_svm" -> ACCURACY;
      default -> throw new AssertionError("no metric to compare models of " + modelType);
    };
  }

  /** Whether more of it is better. */
  public boolean growsWithQuality() {
    return switch (this) {
      case R2, ACCURACY, BALANCED_ACCURACY, PRECISION, RECALL, F1, AUC -> true;
      case LOSS,
          MSE,
          RMSE,
          MAE,
          MEAN_POISSON_DEVIANCE,
          MEAN_GAMMA_DEVIANCE,
          MEAN_TWEEDIE_DEVIANCE,
          PINBALL,
          LOG_LOSS,
          BRIER ->
          false;
    };
  }

  private static Set<MetricName> with(Set<MetricName> metrics, MetricName... more) {
    Set<MetricName> all = EnumSet.copyOf(metrics);
    all.addAll(List.of(more));
    return all;
  }

  /** The name as configs spell it. */
  public String key() {
    return ConfigNames.value(this);
  }
}
