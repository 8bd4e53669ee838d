package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** How the parameters follow the gradient. Defaults are those of Keras where it has them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OptimizerConfig.GradientDescent.class, name = "gradient_descent"),
  @JsonSubTypes.Type(value = OptimizerConfig.Momentum.class, name = "momentum"),
  @JsonSubTypes.Type(value = OptimizerConfig.Adagrad.class, name = "adagrad"),
  @JsonSubTypes.Type(value = OptimizerConfig.Adam.class, name = "adam"),
  @JsonSubTypes.Type(value = OptimizerConfig.RmsProp.class, name = "rmsprop"),
  @JsonSubTypes.Type(value = OptimizerConfig.Ftrl.class, name = "ftrl"),
  @JsonSubTypes.Type(value = OptimizerConfig.Lbfgs.class, name = "lbfgs"),
  @JsonSubTypes.Type(value = OptimizerConfig.Newton.class, name = "newton")
})
public sealed interface OptimizerConfig {

  /** Its {@code type} in a config. */
  default String typeName() {
    return ConfigNames.typeName(OptimizerConfig.class, getClass());
  }

  /** A rule that takes one step along the gradient, as long as its learning rate says. */
  sealed interface FirstOrder extends OptimizerConfig {

    /** The learning rate that {@link #schedule} starts from. */
    LearningRateConfig baseLearningRate();

    /** How the learning rate changes while training runs. */
    ScheduleConfig schedule();
  }

  /**
   * {@code parameter -= learning_rate * gradient}.
   *
   * @param learningRate the factor of the gradient
   * @param schedule how it changes
   */
  record GradientDescent(
      @Default("\"auto\"")
          @JsonPropertyDescription(
              "The factor of the gradient: a number, auto (from the data), or"
                  + " line_search (in every epoch).")
          LearningRateConfig learningRate,
      @Default("\"constant\"") @JsonPropertyDescription("How the learning rate changes.")
          ScheduleConfig schedule)
      implements FirstOrder {
    public GradientDescent {
      Constraints.check(GradientDescent.class, learningRate, schedule);
    }

    /** Plain gradient descent at one rate. */
    public GradientDescent(double learningRate) {
      this(new LearningRateConfig.Constant(learningRate), new ScheduleConfig.Constant());
    }

    @Override
    public LearningRateConfig baseLearningRate() {
      return learningRate;
    }
  }

  /**
   * Steps along a decaying sum of gradients: the heavy ball, or Nesterov's.
   *
   * @param learningRate the factor of the sum
   * @param momentum what is left of the sum from step to step
   * @param nesterov whether the gradient's step looks ahead along the sum
   * @param schedule how the learning rate changes
   */
  record Momentum(
      @Default("0.01") @Positive @JsonPropertyDescription("The length of a step.")
          double learningRate,
      @Default("0.9")
          @PositiveOrZero
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription("The fraction of the last step that the next one keeps.")
          double momentum,
      @Default("false") @JsonPropertyDescription("Whether to use Nesterov's momentum.")
          boolean nesterov,
      @Default("\"constant\"") @JsonPropertyDescription("How the learning rate changes.")
          ScheduleConfig schedule)
      implements FirstOrder {
    public Momentum {
      Constraints.check(Momentum.class, learningRate, momentum, nesterov, schedule);
    }

    @Override
    public LearningRateConfig baseLearningRate() {
      return new LearningRateConfig.Constant(learningRate);
    }
  }

  /**
   * Divides by the root of the sum of all squared gradients: Duchi, Hazan and Singer 2011.
   *
   * @param learningRate the length of a step
   * @param initialAccumulatorValue where the sum starts
   * @param epsilon added to its root
   * @param schedule how the learning rate changes
   */
  record Adagrad(
      @Default("0.001") @Positive @JsonPropertyDescription("The length of a step.")
          double learningRate,
      @Default("0.1")
          @PositiveOrZero
          @JsonPropertyDescription("Where the sum of squared gradients starts.")
          double initialAccumulatorValue,
      @Default("1e-7") @Positive @JsonPropertyDescription("Added to a divisor, against zero.")
          double epsilon,
      @Default("\"constant\"") @JsonPropertyDescription("How the learning rate changes.")
          ScheduleConfig schedule)
      implements FirstOrder {
    public Adagrad {
      Constraints.check(Adagrad.class, learningRate, initialAccumulatorValue, epsilon, schedule);
    }

    @Override
    public LearningRateConfig baseLearningRate() {
      return new LearningRateConfig.Constant(learningRate);
    }
  }

  /**
   * Decaying means of gradients and their squares, both corrected for their start at zero: Kingma
   * and Ba 2015.
   *
   * @param learningRate the length of a step
   * @param beta1 what the mean of gradients keeps from step to step
   * @param beta2 what the mean of squares keeps
   * @param epsilon added to a divisor
   * @param schedule how the learning rate changes
   */
  record Adam(
      @Default("0.001") @Positive @JsonPropertyDescription("The length of a step.")
          double learningRate,
      @JsonProperty("beta_1")
          @Default("0.9")
          @PositiveOrZero
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription("The fraction that the mean of gradients keeps.")
          double beta1,
      @JsonProperty("beta_2")
          @Default("0.999")
          @PositiveOrZero
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription("The fraction that the mean of squared gradients keeps.")
          double beta2,
      @Default("1e-7") @Positive @JsonPropertyDescription("Added to a divisor, against zero.")
          double epsilon,
      @Default("\"constant\"") @JsonPropertyDescription("How the learning rate changes.")
          ScheduleConfig schedule)
      implements FirstOrder {
    public Adam {
      Constraints.check(Adam.class, learningRate, beta1, beta2, epsilon, schedule);
    }

    @Override
    public LearningRateConfig baseLearningRate() {
      return new LearningRateConfig.Constant(learningRate);
    }
  }

  /**
   * Divides by the root of a decaying mean of squared gradients: Tieleman and Hinton 2012.
   *
   * @param learningRate the length of a step
   * @param rho what the mean of squares keeps from step to step
   * @param momentum what a step keeps of the one before
   * @param epsilon added to the mean of squares
   * @param schedule how the learning rate changes
   */
  record RmsProp(
      @Default("0.001") @Positive @JsonPropertyDescription("The length of a step.")
          double learningRate,
      @Default("0.9")
          @PositiveOrZero
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription("The fraction that the mean of squared gradients keeps.")
          double rho,
      @Default("0")
          @PositiveOrZero
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription("The fraction of the last step that the next one keeps.")
          double momentum,
      @Default("1e-7") @Positive @JsonPropertyDescription("Added to a divisor, against zero.")
          double epsilon,
      @Default("\"constant\"") @JsonPropertyDescription("How the learning rate changes.")
          ScheduleConfig schedule)
      implements FirstOrder {
    public RmsProp {
      Constraints.check(RmsProp.class, learningRate, rho, momentum, epsilon, schedule);
    }

    @Override
    public LearningRateConfig baseLearningRate() {
      return new LearningRateConfig.Constant(learningRate);
    }
  }

  /**
   * Follow the regularized leader, made for sparse models with l1: McMahan et al. 2013.
   *
   * @param learningRate the length of a step
   * @param learningRatePower how steps shrink as squared gradients sum up; 0 for not at all
   * @param initialAccumulatorValue where the sum of squared gradients starts
   * @param schedule how the learning rate changes
   */
  record Ftrl(
      @Default("0.001") @Positive @JsonPropertyDescription("The length of a step.")
          double learningRate,
      @Default("-0.5")
          @DecimalMax("0")
          @JsonPropertyDescription("The power of the sum of squared gradients in a step's length.")
          double learningRatePower,
      @Default("0.1")
          @Positive
          @JsonPropertyDescription("Where the sum of squared gradients starts.")
          double initialAccumulatorValue,
      @Default("\"constant\"") @JsonPropertyDescription("How the learning rate changes.")
          ScheduleConfig schedule)
      implements FirstOrder {
    public Ftrl {
      Constraints.check(
          Ftrl.class, learningRate, learningRatePower, initialAccumulatorValue, schedule);
    }

    @Override
    public LearningRateConfig baseLearningRate() {
      return new LearningRateConfig.Constant(learningRate);
    }
  }

  /**
   * Limited-memory BFGS with a line search: Nocedal and Wright 2006, algorithm 7.5.
   *
   * @param memory how many past steps describe the curvature
   */
  record Lbfgs(
      @Default("10") @Min(1) @JsonPropertyDescription("How many past steps describe the curvature.")
          int memory)
      implements OptimizerConfig {
    public Lbfgs {
      Constraints.check(Lbfgs.class, memory);
    }
  }

  /**
   * Newton's method: the normal equation for squared error, iteratively reweighted least squares
   * for the generalized linear models.
   */
  record Newton() implements OptimizerConfig {}
}
