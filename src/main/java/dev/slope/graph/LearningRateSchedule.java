package dev.slope.graph;

import dev.slope.config.OptimizerConfig;
import dev.slope.config.Precision;
import dev.slope.config.ScheduleConfig;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The learning rate of each step, computed inside the compiled loop. Time is measured in epochs,
 * fractions where an epoch has many steps, so that the size of a batch doesn't change a schedule.
 */
public sealed interface LearningRateSchedule
    permits ConstantRate,
        ExponentialDecay,
        InverseTimeDecay,
        CosineDecay,
        StepDecay,
        PolynomialDecay,
        ReduceOnPlateau,
        Warmup {

  /** What the schedule remembers, before the first epoch: scalars, often none. */
  default double[] initialState() {
    return new double[0];
  }

  /**
   * Adds the ops of the rate of one step.
   *
   * @param base the rate that the config asks for, a scalar
   * @param epochsDone how many epochs have run before this step, a scalar; 0 for the first
   * @param state as {@link #after} left it
   * @return a scalar
   */
  <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state);

  /**
   * Adds the ops of what is remembered of an epoch, once an epoch, at its end.
   *
   * @param state before it
   * @param lossOfEpoch a scalar
   * @return as many scalars as {@link #initialState} has
   */
  default <T extends TFloating> List<Operand<T>> after(
      Ops tf, List<Operand<T>> state, Operand<T> lossOfEpoch) {
    return state;
  }

  /**
   * The schedule of an optimizer.
   *
   * @throws AssertionError for an optimizer that has no learning rate
   */
  static LearningRateSchedule of(OptimizerConfig optimizer, Precision precision) {
    if (optimizer instanceof OptimizerConfig.FirstOrder rule) {
      return of(rule.schedule(), precision);
    }
    throw new AssertionError("no learning rate of " + optimizer.getClass().getSimpleName());
  }

  /** A schedule with its warm-up, where it has one. */
  static LearningRateSchedule of(ScheduleConfig config, Precision precision) {
    LearningRateSchedule schedule = withoutWarmup(config, precision);
    return config.warmupEpochs() == 0
        ? schedule
        : new Warmup(precision.round(config.warmupEpochs()), schedule);
  }

  private static LearningRateSchedule withoutWarmup(ScheduleConfig config, Precision precision) {
    if (config instanceof ScheduleConfig.Constant || config instanceof ScheduleConfig.Warmup) {
      return new ConstantRate();
    }
    if (config instanceof ScheduleConfig.Exponential exponential) {
      return new ExponentialDecay(
          precision.round(exponential.decayEpochs()),
          precision.round(exponential.decayRate()),
          exponential.staircase());
    }
    if (config instanceof ScheduleConfig.InverseTime inverse) {
      return new InverseTimeDecay(
          precision.round(inverse.decayEpochs()),
          precision.round(inverse.decayRate()),
          inverse.staircase());
    }
    if (config instanceof ScheduleConfig.Cosine cosine) {
      return new CosineDecay(
          precision.round(cosine.decayEpochs()), precision.round(cosine.alpha()));
    }
    if (config instanceof ScheduleConfig.Step step) {
      return new StepDecay(step.boundaryEpochs(), step.factors());
    }
    if (config instanceof ScheduleConfig.Polynomial polynomial) {
      return new PolynomialDecay(
          precision.round(polynomial.decayEpochs()),
          precision.round(polynomial.endLearningRate()),
          precision.round(polynomial.power()));
    }
    if (config instanceof ScheduleConfig.ReduceOnPlateau plateau) {
      return new ReduceOnPlateau(
          precision.round(plateau.factor()),
          plateau.patienceEpochs(),
          precision.round(plateau.minDelta()),
          precision.round(plateau.minLearningRate()));
    }
    throw new AssertionError("no schedule for " + config.getClass().getSimpleName());
  }
}
