package dev.slope.graph;

import dev.slope.config.OptimizerConfig;
import dev.slope.config.ScheduleConfig;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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

  /** What the schedule remembers, before the first epoch: float32 scalars, often none. */
  default float[] initialState() {
    return new float[0];
  }

  /**
   * Adds the ops of the rate of one step.
   *
   * @param base the rate that the config asks for, a scalar
   * @param epochsDone how many epochs have run before this step, a scalar; 0 for the first
   * @param state as {@link #after} left it
   * @return a scalar
   */
  Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state);

  /**
   * Adds the ops of what is remembered of an epoch, once an epoch, at its end.
   *
   * @param state before it
   * @param lossOfEpoch a scalar
   * @return as many scalars as {@link #initialState} has
   */
  default List<Operand<TFloat32>> after(
      Ops tf, List<Operand<TFloat32>> state, Operand<TFloat32> lossOfEpoch) {
    return state;
  }

  /**
   * The schedule of an optimizer.
   *
   * @throws AssertionError for an optimizer that has no learning rate
   */
  static LearningRateSchedule of(OptimizerConfig optimizer) {
    if (optimizer instanceof OptimizerConfig.FirstOrder rule) {
      return of(rule.schedule());
    }
    throw new AssertionError("no learning rate of " + optimizer.getClass().getSimpleName());
  }

  /** A schedule with its warm-up, where it has one. */
  static LearningRateSchedule of(ScheduleConfig config) {
    LearningRateSchedule schedule = withoutWarmup(config);
    return config.warmupEpochs() == 0
        ? schedule
        : new Warmup((float) config.warmupEpochs(), schedule);
  }

  private static LearningRateSchedule withoutWarmup(ScheduleConfig config) {
    if (config instanceof ScheduleConfig.Constant || config instanceof ScheduleConfig.Warmup) {
      return new ConstantRate();
    }
    if (config instanceof ScheduleConfig.Exponential exponential) {
      return new ExponentialDecay(
          (float) exponential.decayEpochs(),
          (float) exponential.decayRate(),
          exponential.staircase());
    }
    if (config instanceof ScheduleConfig.InverseTime inverse) {
      return new InverseTimeDecay(
          (float) inverse.decayEpochs(), (float) inverse.decayRate(), inverse.staircase());
    }
    if (config instanceof ScheduleConfig.Cosine cosine) {
      return new CosineDecay((float) cosine.decayEpochs(), (float) cosine.alpha());
    }
    if (config instanceof ScheduleConfig.Step step) {
      return new StepDecay(step.boundaryEpochs(), step.factors());
    }
    if (config instanceof ScheduleConfig.Polynomial polynomial) {
      return new PolynomialDecay(
          (float) polynomial.decayEpochs(),
          (float) polynomial.endLearningRate(),
          (float) polynomial.power());
    }
    if (config instanceof ScheduleConfig.ReduceOnPlateau plateau) {
      return new ReduceOnPlateau(
          (float) plateau.factor(),
          plateau.patienceEpochs(),
          (float) plateau.minDelta(),
          (float) plateau.minLearningRate());
    }
    throw new AssertionError("no schedule for " + config.getClass().getSimpleName());
  }
}
