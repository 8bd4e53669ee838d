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
  /** Median of the absolute errors. */
  @JsonProperty("median_absolute_error")
  MEDIAN_ABSOLUTE_ERROR,
  /** Mean of the absolute errors, each divided by its label. */
  @JsonProperty("mape")
  MAPE,
  /** Coefficient of determination. */
  @JsonProperty("r2")
  R2,
  /** Coefficient of determination less what parameters explain by chance. */
  @JsonProperty("adjusted_r2")
  ADJUSTED_R2,
  /** Part of the labels' variance that the errors don't have. */
  @JsonProperty("explained_variance")
  EXPLAINED_VARIANCE,
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
  /** Mean precision at the rows of a class, most probable first: the area under that curve. */
  @JsonProperty("average_precision")
  AVERAGE_PRECISION,
  /** Mean squared error of the probabilities. */
  @JsonProperty("brier")
  BRIER;

  private static final Set<MetricName> REGRESSION =
      EnumSet.of(
          LOSS, MSE, RMSE, MAE, MEDIAN_ABSOLUTE_ERROR, MAPE, R2, ADJUSTED_R2, EXPLAINED_VARIANCE);
  private static final Set<MetricName> MARGIN =
      EnumSet.of(LOSS, ACCURACY, BALANCED_ACCURACY, PRECISION, RECALL, F1, AUC, AVERAGE_PRECISION);

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
      case R2,
          ADJUSTED_R2,
          EXPLAINED_VARIANCE,
          ACCURACY,
          BALANCED_ACCURACY,
          PRECISION,
          RECALL,
          F1,
          AUC,
          AVERAGE_PRECISION ->
          true;
      case LOSS,
          MSE,
          RMSE,
          MAE,
          MEDIAN_ABSOLUTE_ERROR,
          MAPE,
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
