package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;

/**
 * How the learning rate changes while training runs.
 *
 * <p>Every schedule but the constant one may begin with a warm-up; its own epochs are counted from
 * the warm-up's end.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ScheduleConfig.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = ScheduleConfig.Warmup.class, name = "warmup"),
  @JsonSubTypes.Type(value = ScheduleConfig.Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = ScheduleConfig.InverseTime.class, name = "inverse_time"),
  @JsonSubTypes.Type(value = ScheduleConfig.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = ScheduleConfig.Step.class, name = "step"),
  @JsonSubTypes.Type(value = ScheduleConfig.Polynomial.class, name = "polynomial"),
  @JsonSubTypes.Type(value = ScheduleConfig.ReduceOnPlateau.class, name = "reduce_on_plateau")
})
public sealed interface ScheduleConfig {

  /** Over how many epochs the rate climbs to {@code learning_rate} first; 0 for none. */
  double warmupEpochs();

  /** The learning rate stays what it is. */
  record Constant() implements ScheduleConfig {
    @Override
    public double warmupEpochs() {
      return 0;
    }
  }

  /**
   * A warm-up, and a constant rate after it.
   *
   * @param warmupEpochs over how many epochs the rate climbs
   */
  record Warmup(
      @Positive @JsonPropertyDescription("Epochs over which the rate climbs to learning_rate.")
          double warmupEpochs)
      implements ScheduleConfig {
    public Warmup {
      Constraints.check(Warmup.class, warmupEpochs);
    }
  }

  /**
   * {@code learning_rate * decay_rate ^ (epoch / decay_epochs)}.
   *
   * @param decayEpochs after how many epochs the rate is multiplied by {@code decayRate}
   * @param decayRate the factor
   * @param staircase whether the exponent is rounded down to an integer
   * @param warmupEpochs over how many epochs the rate climbs first
   */
  record Exponential(
      @Positive @JsonPropertyDescription("Epochs after which the decay has happened once.")
          double decayEpochs,
      @Positive @JsonPropertyDescription("How strong the decay is.") double decayRate,
      @Default("false") @JsonPropertyDescription("Whether the rate falls in steps.")
          boolean staircase,
      @Default("0")
          @PositiveOrZero
          @JsonPropertyDescription("Epochs over which the rate climbs to learning_rate first.")
          double warmupEpochs)
      implements ScheduleConfig {
    public Exponential {
      Constraints.check(Exponential.class, decayEpochs, decayRate, staircase, warmupEpochs);
    }
  }

  /**
   * {@code learning_rate / (1 + decay_rate * epoch / decay_epochs)}.
   *
   * @param decayEpochs the unit of time
   * @param decayRate what the divisor gains in it
   * @param staircase whether the quotient of epochs is rounded down to an integer
   * @param warmupEpochs over how many epochs the rate climbs first
   */
  record InverseTime(
      @Positive @JsonPropertyDescription("Epochs after which the decay has happened once.")
          double decayEpochs,
      @Positive @JsonPropertyDescription("How strong the decay is.") double decayRate,
      @Default("false") @JsonPropertyDescription("Whether the rate falls in steps.")
          boolean staircase,
      @Default("0")
          @PositiveOrZero
          @JsonPropertyDescription("Epochs over which the rate climbs to learning_rate first.")
          double warmupEpochs)
      implements ScheduleConfig {
    public InverseTime {
      Constraints.check(InverseTime.class, decayEpochs, decayRate, staircase, warmupEpochs);
    }
  }

  /**
   * Half a cosine from {@code learning_rate} down to {@code alpha * learning_rate}, which stays.
   *
   * @param decayEpochs how many epochs the way down takes
   * @param alpha what is left in the end, as a fraction of the learning rate
   * @param warmupEpochs over how many epochs the rate climbs first
   */
  record Cosine(
      @Positive @JsonPropertyDescription("Epochs until the rate has reached its end.")
          double decayEpochs,
      @Default("0")
          @PositiveOrZero
          @DecimalMax("1")
          @JsonPropertyDescription("The rate at the end, as a fraction of learning_rate.")
          double alpha,
      @Default("0")
          @PositiveOrZero
          @JsonPropertyDescription("Epochs over which the rate climbs to learning_rate first.")
          double warmupEpochs)
      implements ScheduleConfig {
    public Cosine {
      Constraints.check(Cosine.class, decayEpochs, alpha, warmupEpochs);
    }
  }

  /**
   * The learning rate times a factor that changes at given epochs.
   *
   * @param boundaryEpochs after how many epochs each factor but the first begins; ascending
   * @param factors of the learning rate, one more than boundaries
   * @param warmupEpochs over how many epochs the rate climbs first
   */
  record Step(
      @NotEmpty @JsonPropertyDescription("After how many epochs each factor but the first begins.")
          List<Double> boundaryEpochs,
      @NotEmpty @JsonPropertyDescription("Factors of learning_rate, one more than boundary_epochs.")
          List<Double> factors,
      @Default("0")
          @PositiveOrZero
          @JsonPropertyDescription("Epochs over which the rate climbs to learning_rate first.")
          double warmupEpochs)
      implements ScheduleConfig {
    public Step {
      Constraints.check(Step.class, boundaryEpochs, factors, warmupEpochs);
    }
  }

  /**
   * {@code (learning_rate - end) * (1 - epoch / decay_epochs) ^ power + end}, and then the end's
   * rate.
   *
   * @param decayEpochs how many epochs the way takes
   * @param endLearningRate the rate at its end
   * @param power 1 for a straight line
   * @param warmupEpochs over how many epochs the rate climbs first
   */
  record Polynomial(
      @Positive @JsonPropertyDescription("Epochs until the rate has reached its end.")
          double decayEpochs,
      @Default("0.0001") @PositiveOrZero @JsonPropertyDescription("The rate at the end.")
          double endLearningRate,
      @Default("1") @Positive @JsonPropertyDescription("The power of the way; 1 is a line.")
          double power,
      @Default("0")
          @PositiveOrZero
          @JsonPropertyDescription("Epochs over which the rate climbs to learning_rate first.")
          double warmupEpochs)
      implements ScheduleConfig {
    public Polynomial {
      Constraints.check(Polynomial.class, decayEpochs, endLearningRate, power, warmupEpochs);
    }
  }

  /**
   * Lowers the rate whenever the loss has not improved for some epochs.
   *
   * @param factor what the rate is multiplied by
   * @param patienceEpochs after how many epochs without improvement
   * @param minDelta by how much a loss must be below the best one to be an improvement
   * @param minLearningRate where lowering ends
   * @param warmupEpochs over how many epochs the rate climbs first
   */
  record ReduceOnPlateau(
      @Default("0.1")
          @Positive
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription("What the rate is multiplied by.")
          double factor,
      @Default("10")
          @Min(1)
          @JsonPropertyDescription("Epochs without improvement after which the rate is lowered.")
          int patienceEpochs,
      @Default("0.0001")
          @PositiveOrZero
          @JsonPropertyDescription("How far below the best loss an improvement is.")
          double minDelta,
      @Default("0") @PositiveOrZero @JsonPropertyDescription("Where lowering the rate ends.")
          double minLearningRate,
      @Default("0")
          @PositiveOrZero
          @JsonPropertyDescription("Epochs over which the rate climbs to learning_rate first.")
          double warmupEpochs)
      implements ScheduleConfig {
    public ReduceOnPlateau {
      Constraints.check(
          ReduceOnPlateau.class, factor, patienceEpochs, minDelta, minLearningRate, warmupEpochs);
    }
  }
}
