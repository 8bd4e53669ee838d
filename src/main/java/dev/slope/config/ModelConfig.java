package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model: a linear function of the features, and the loss that fits it.
 *
 * <p>Training minimises {@code sum_i w_i loss_i / sum_i w_i + l1 * |weights|_1 + l2/2 *
 * |weights|_2^2}; intercepts are never penalised.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelConfig.LinearRegression.class, name = "linear_regression"),
  @JsonSubTypes.Type(value = ModelConfig.LogisticRegression.class, name = "logistic_regression"),
  @JsonSubTypes.Type(value = ModelConfig.SoftmaxRegression.class, name = "softmax_regression"),
  @JsonSubTypes.Type(value = ModelConfig.PoissonRegression.class, name = "poisson_regression"),
  @JsonSubTypes.Type(value = ModelConfig.GammaRegression.class, name = "gamma_regression"),
  @JsonSubTypes.Type(value = ModelConfig.TweedieRegression.class, name = "tweedie_regression"),
  @JsonSubTypes.Type(value = ModelConfig.HuberRegression.class, name = "huber_regression"),
  @JsonSubTypes.Type(value = ModelConfig.QuantileRegression.class, name = "quantile_regression"),
  @JsonSubTypes.Type(value = ModelConfig.AbsoluteRegression.class, name = "absolute_regression"),
  @JsonSubTypes.Type(value = ModelConfig.LinearSvm.class, name = "linear_svm")
})
public sealed interface ModelConfig {

  /** Whether the model has intercepts; without them every score of a row of zeros is 0. */
  boolean fitIntercept();

  /** The factor of the sum of the weights' magnitudes. */
  double l1();

  /** Twice the factor of the sum of the weights' squares. */
  double l2();

  /** Lowest and highest weight by feature; {@code *} stands for the features not named. */
  Map<String, List<Double>> bounds();

  /** The parameters' values before the first epoch. */
  InitializerConfig initializer();

  /** From the mean of the label to the score: its name in statistics. */
  String linkName();

  /** The loss of one row, as a formula. */
  String rowLoss();

  /** A model of classes, not of numbers. */
  sealed interface Classifier extends ModelConfig {

    /** How much the rows of each class count. */
    ClassWeightConfig classWeight();
  }

  /** Whether it predicts classes. */
  default boolean isClassifier() {
    return this instanceof Classifier;
  }

  /** Whether it has one output a label and may have several labels. */
  default boolean allowsSeveralLabels() {
    return this instanceof LinearRegression
        || this instanceof HuberRegression
        || this instanceof QuantileRegression
        || this instanceof AbsoluteRegression;
  }

  /** The bounds of a feature's weights, where it has some. */
  default Optional<WeightBounds> boundsOf(String feature) {
    List<Double> pair = bounds().getOrDefault(feature, bounds().get("*"));
    return Optional.ofNullable(pair).map(WeightBounds::of);
  }

  /** What training minimises, as a formula. */
  default String objective() {
    StringBuilder objective =
        new StringBuilder(
                allowsSeveralLabels() ? "mean over rows and labels of " : "mean over rows of ")
            .append(rowLoss());
    if (l1() > 0) {
      objective.append(" + ").append(l1()).append(" * sum of |weight|");
    }
    if (l2() > 0) {
      objective.append(" + ").append(l2()).append(" / 2 * sum of weight^2");
    }
    return objective.toString();
  }

  /** Its {@code type} in a config. */
  default String typeName() {
    return ConfigNames.typeName(ModelConfig.class, getClass());
  }

  /**
   * Least squares: the mean over rows and labels of the squared error, as the other frameworks'
   * mean squared error; there is no factor 1/2.
   *
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param initializer the parameters' values before the first epoch
   */
  record LinearRegression(
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements ModelConfig {
    public LinearRegression {
      Constraints.check(LinearRegression.class, fitIntercept, l1, l2, bounds, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    /** Without penalty or bounds. */
    public LinearRegression(InitializerConfig initializer) {
      this(true, 0, 0, Map.of(), initializer);
    }

    @Override
    public String linkName() {
      return "identity";
    }

    @Override
    public String rowLoss() {
      return "(prediction - label)^2";
    }
  }

  /**
   * Two classes: the log-loss of the probability that the inverse of the link makes of the score.
   *
   * @param link from the probability of the positive class to the score
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param classWeight how much the rows of each class count
   * @param initializer the parameters' values before the first epoch
   */
  record LogisticRegression(
      @Default("\"logit\"")
          @JsonPropertyDescription(
              "From the probability of the positive class to the score: logit, probit (the normal"
                  + " distribution's quantile) or cloglog (ln(-ln(1 - p))).")
          BinaryLink link,
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"none\"") @JsonPropertyDescription(ModelKeys.CLASS_WEIGHT)
          ClassWeightConfig classWeight,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements Classifier {
    public LogisticRegression {
      Constraints.check(
          LogisticRegression.class, link, fitIntercept, l1, l2, bounds, classWeight, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    /** With the logit, by which the regression is named. */
    public LogisticRegression(
        boolean fitIntercept,
        double l1,
        double l2,
        Map<String, List<Double>> bounds,
        ClassWeightConfig classWeight,
        InitializerConfig initializer) {
      this(BinaryLink.LOGIT, fitIntercept, l1, l2, bounds, classWeight, initializer);
    }

    @Override
    public String linkName() {
      return link.key();
    }

    @Override
    public String rowLoss() {
      return switch (link) {
        case LOGIT -> "ln(1 + exp(score)) - label * score";
        case PROBIT -> "-ln(Phi(score)) where the label is 1, else -ln(Phi(-score))";
        case CLOGLOG -> "-ln(1 - exp(-exp(score))) where the label is 1, else exp(score)";
      };
    }
  }

  /**
   * Two classes or more, a score each: the log-loss of the probabilities that softmax makes of
   * them.
   *
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param classWeight how much the rows of each class count
   * @param initializer the parameters' values before the first epoch
   */
  record SoftmaxRegression(
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"none\"") @JsonPropertyDescription(ModelKeys.CLASS_WEIGHT)
          ClassWeightConfig classWeight,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements Classifier {
    public SoftmaxRegression {
      Constraints.check(
          SoftmaxRegression.class, fitIntercept, l1, l2, bounds, classWeight, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "multinomial_logit";
    }

    @Override
    public String rowLoss() {
      return "ln(sum of exp(scores)) - score of the label";
    }
  }

  /**
   * Counts, whose mean is the exponential of the score: half the unit deviance of Poisson.
   *
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param initializer the parameters' values before the first epoch
   */
  record PoissonRegression(
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements ModelConfig {
    public PoissonRegression {
      Constraints.check(PoissonRegression.class, fitIntercept, l1, l2, bounds, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "log";
    }

    @Override
    public String rowLoss() {
      return "exp(score) - label * score + label * ln(label) - label";
    }
  }

  /**
   * Positive numbers, whose mean is the exponential of the score: half the unit deviance of the
   * gamma distribution.
   *
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param initializer the parameters' values before the first epoch
   */
  record GammaRegression(
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements ModelConfig {
    public GammaRegression {
      Constraints.check(GammaRegression.class, fitIntercept, l1, l2, bounds, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "log";
    }

    @Override
    public String rowLoss() {
      return "score - ln(label) + label * exp(-score) - 1";
    }
  }

  /**
   * Numbers that are zero or positive, such as yearly claims, whose mean is the exponential of the
   * score: half the unit deviance of the Tweedie distribution.
   *
   * @param power the variance grows with this power of the mean
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param initializer the parameters' values before the first epoch
   */
  record TweedieRegression(
      @Default("1.5")
          @DecimalMin(value = "1", inclusive = false)
          @DecimalMax(value = "2", inclusive = false)
          @JsonPropertyDescription(
              "The variance grows with this power of the mean: above 1, below 2.")
          double power,
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements ModelConfig {
    public TweedieRegression {
      Constraints.check(TweedieRegression.class, power, fitIntercept, l1, l2, bounds, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "log";
    }

    @Override
    public String rowLoss() {
      double left = 2 - power;
      double above = power - 1;
      return "exp(%s * score) / %s + label * exp(-%s * score) / %s - label^%s / %s"
          .formatted(left, left, above, above, left, above * left);
    }
  }

  /**
   * Robust regression: half the squared error, growing linearly beyond delta. As Keras's Huber;
   * scikit-learn's HuberRegressor estimates a scale besides.
   *
   * @param delta the error beyond which the loss grows linearly
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param initializer the parameters' values before the first epoch
   */
  record HuberRegression(
      @Default("1.35")
          @Positive
          @JsonPropertyDescription(
              "The error, in the label's unit, beyond which the loss grows linearly.")
          double delta,
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements ModelConfig {
    public HuberRegression {
      Constraints.check(HuberRegression.class, delta, fitIntercept, l1, l2, bounds, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "identity";
    }

    @Override
    public String rowLoss() {
      return "error^2 / 2 where |error| <= "
          + delta
          + ", else "
          + delta
          + " * (|error| - "
          + delta
          + " / 2)";
    }
  }

  /**
   * The conditional quantile of the label: the pinball loss.
   *
   * @param quantile the share of labels below the prediction
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param initializer the parameters' values before the first epoch
   */
  record QuantileRegression(
      @Default("0.5")
          @DecimalMin(value = "0", inclusive = false)
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription("The share of labels below the prediction: above 0, below 1.")
          double quantile,
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements ModelConfig {
    public QuantileRegression {
      Constraints.check(
          QuantileRegression.class, quantile, fitIntercept, l1, l2, bounds, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "identity";
    }

    @Override
    public String rowLoss() {
      return "max("
          + quantile
          + " * (label - prediction), "
          + (1 - quantile)
          + " * (prediction - label))";
    }
  }

  /**
   * Least absolute deviations: the conditional median of the label.
   *
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param initializer the parameters' values before the first epoch
   */
  record AbsoluteRegression(
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements ModelConfig {
    public AbsoluteRegression {
      Constraints.check(AbsoluteRegression.class, fitIntercept, l1, l2, bounds, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "identity";
    }

    @Override
    public String rowLoss() {
      return "|prediction - label|";
    }
  }

  /**
   * Two classes told apart by the widest margin; as scikit-learn's LinearSVC, with the mean over
   * rows in place of its sum.
   *
   * @param loss of a row whose margin is less than 1
   * @param fitIntercept whether the model has intercepts
   * @param l1 the factor of the sum of the weights' magnitudes
   * @param l2 twice the factor of the sum of the weights' squares
   * @param bounds lowest and highest weight by feature
   * @param classWeight how much the rows of each class count
   * @param initializer the parameters' values before the first epoch
   */
  record LinearSvm(
      @Default("\"squared_hinge\"")
          @JsonPropertyDescription("Of a row whose margin is less than 1.")
          SvmLoss loss,
      @Default("true") @JsonPropertyDescription(ModelKeys.FIT_INTERCEPT) boolean fitIntercept,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L1) double l1,
      @Default("0") @PositiveOrZero @JsonPropertyDescription(ModelKeys.L2) double l2,
      @Default("{}") @JsonPropertyDescription(ModelKeys.BOUNDS) Map<String, List<Double>> bounds,
      @Default("\"none\"") @JsonPropertyDescription(ModelKeys.CLASS_WEIGHT)
          ClassWeightConfig classWeight,
      @Default("\"zeros\"") @JsonPropertyDescription(ModelKeys.INITIALIZER)
          InitializerConfig initializer)
      implements Classifier {
    public LinearSvm {
      Constraints.check(
          LinearSvm.class, loss, fitIntercept, l1, l2, bounds, classWeight, initializer);
      bounds = WeightBounds.checked(bounds);
    }

    @Override
    public String linkName() {
      return "identity";
    }

    @Override
    public String rowLoss() {
      return switch (loss) {
        case HINGE -> "max(0, 1 - margin)";
        case SQUARED_HINGE -> "max(0, 1 - margin)^2";
      };
    }
  }

  /** The loss of a support vector machine. */
  enum SvmLoss {
    /** Grows with the square of what the margin lacks: smooth, so that curvature can be used. */
    SQUARED_HINGE,
    /** Grows with what the margin lacks. */
    HINGE
  }
}
