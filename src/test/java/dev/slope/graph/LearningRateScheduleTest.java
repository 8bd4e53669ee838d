package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.OptimizerConfig;
import dev.slope.config.Precision;
import dev.slope.config.ScheduleConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Rates beside their closed forms in float64: the formulas in the documentation of
 * keras.optimizers.schedules, with epochs in place of steps.
 */
class LearningRateScheduleTest {
  private static final double BASE = 0.5;

  /** The third is within an epoch, as mini-batches have it. */
  private static final double[] EPOCHS = {0, 1, 2.25, 9, 10, 11, 25, 40, 41, 1000};

  @Test
  void aConstantRateCostsNoOp() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> base = tf.constant(0.5f);

      assertThat(
              LearningRateSchedule.of(new ScheduleConfig.Constant(), Precision.FLOAT32)
                  .rate(tf, base, tf.constant(3f), List.of()))
          .isSameAs(base);
    }
  }

  // initial_learning_rate * decay_rate ^ (step / decay_steps)
  @Test
  void exponential() {
    follows(new ScheduleConfig.Exponential(10, 0.9, false, 0), t -> BASE * Math.pow(0.9, t / 10));
    follows(
        new ScheduleConfig.Exponential(10, 0.9, true, 0),
        t -> BASE * Math.pow(0.9, Math.floor(t / 10)));
  }

  // initial_learning_rate / (1 + decay_rate * step / decay_steps)
  @Test
  void inverseTime() {
    follows(new ScheduleConfig.InverseTime(10, 0.5, false, 0), t -> BASE / (1 + 0.5 * t / 10));
    follows(
        new ScheduleConfig.InverseTime(10, 0.5, true, 0),
        t -> BASE / (1 + 0.5 * Math.floor(t / 10)));
  }

  // step = min(step, decay_steps); cosine_decay = 0.5 * (1 + cos(pi * step / decay_steps))
  // initial_learning_rate * ((1 - alpha) * cosine_decay + alpha)
  @Test
  void cosine() {
    follows(
        new ScheduleConfig.Cosine(40, 0.1, 0),
        t -> BASE * (0.9 * 0.5 * (1 + Math.cos(Math.PI * Math.min(t, 40) / 40)) + 0.1));
    double[] ends = rates(new ScheduleConfig.Cosine(10, 0, 0), 9.999, 10, 11);
    assertThat(ends[0]).isBetween(0.0, 1e-6);
    assertThat(ends[1]).isBetween(0.0, 1e-14);
    assertThat(ends[2]).isEqualTo(ends[1]);
  }

  // The first 10 epochs (0 to 9) have the first factor, the next 30 the second.
  @Test
  void step() {
    assertThat(
            rates(
                new ScheduleConfig.Step(List.of(10.0, 40.0), List.of(1.0, 0.5, 0.125), 0),
                0,
                9,
                9.99,
                10,
                39,
                40,
                1000))
        .containsExactly(0.5, 0.5, 0.5, 0.25, 0.25, 0.0625, 0.0625);
  }

  // step = min(step, decay_steps)
  // (initial_learning_rate - end_learning_rate) * (1 - step / decay_steps) ^ power + end
  @Test
  void polynomial() {
    follows(
        new ScheduleConfig.Polynomial(40, 0.01, 2, 0),
        t -> 0.49 * Math.pow(1 - Math.min(t, 40) / 40, 2) + 0.01);
    follows(
        new ScheduleConfig.Polynomial(40, 0.01, 1, 0),
        t -> 0.49 * (1 - Math.min(t, 40) / 40) + 0.01);
  }

  // The first epoch has 1 / (1 + 9) of the rate, the tenth all of it.
  @Test
  void warmup() {
    follows(new ScheduleConfig.Warmup(9), t -> BASE * Math.min(1, (1 + t) / 10));
  }

  @Test
  void aScheduleStartsWhereItsWarmupEnds() {
    follows(
        new ScheduleConfig.Exponential(10, 0.9, false, 9),
        t -> t < 9 ? BASE * (1 + t) / 10 : BASE * Math.pow(0.9, (t - 9) / 10));
  }

  // By hand, with min_delta 0.1 and patience 2. Epoch by epoch: 10 is the best; 9.95 is no
  // improvement (1); 9 is; 9.2 (1), 8.9 is not by 0.1 (2): the rate falls; 8.95 (1), 8.5 is; 8.5
  // (1), NaN (2): it falls to the least rate; 8.5 (1), 8.5 (2): and stays there.
  @Test
  void reduceOnPlateau() {
    assertThat(
            ratesAfter(
                new ScheduleConfig.ReduceOnPlateau(0.25, 2, 0.1, 0.0625, 0),
                10,
                9.95f,
                9,
                9.2f,
                8.9f + 1e-3f,
                8.95f,
                8.5f,
                8.5f,
                Float.NaN,
                8.5f,
                8.5f))
        .containsExactly(
            0.5, 0.5, 0.5, 0.5, 0.5, 0.125, 0.125, 0.125, 0.125, 0.0625, 0.0625, 0.0625);
  }

  // Keras: "if old_lr > min_lr: new_lr = max(old_lr * factor, min_lr)".
  @Test
  void aRateBelowTheLeastOneStays() {
    assertThat(ratesAfter(new ScheduleConfig.ReduceOnPlateau(0.25, 1, 0, 0.75, 0), 1, 1, 1))
        .containsExactly(0.5, 0.5, 0.5, 0.5);
  }

  // The state passes through the warm-up: two equal losses, so that the third epoch is reduced.
  @Test
  void reduceOnPlateauKeepsItsStateBehindAWarmup() {
    assertThat(ratesAfter(new ScheduleConfig.ReduceOnPlateau(0.5, 1, 0, 0, 1), 1, 1))
        .containsExactly(0.25, 0.5, 0.25);
  }

  @Test
  void newtonHasNoLearningRate() {
    assertThatThrownBy(
            () -> LearningRateSchedule.of(new OptimizerConfig.Newton(), Precision.FLOAT32))
        .isInstanceOf(AssertionError.class)
        .hasMessage("no learning rate of Newton");
  }

  private static void follows(ScheduleConfig config, DoubleUnaryOperator closedForm) {
    double[] rates = rates(config, EPOCHS);
    for (int i = 0; i < EPOCHS.length; i++) {
      double expected = closedForm.applyAsDouble(EPOCHS[i]);
      // A power of float32 numbers: the exponent, here up to 100, multiplies their roundings.
      assertThat(rates[i])
          .as("after %s epochs", EPOCHS[i])
          .isCloseTo(expected, within(1e-5 * expected + 1e-8));
    }
  }

  private static double[] rates(ScheduleConfig config, double... epochs) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      LearningRateSchedule schedule = LearningRateSchedule.of(config, Precision.FLOAT32);
      assertThat(schedule.initialState()).isEmpty();
      double[] rates = new double[epochs.length];
      for (int i = 0; i < epochs.length; i++) {
        Operand<TFloat32> done = tf.constant((float) epochs[i]);
        rates[i] =
            RuleSteps.fetch(session, schedule.rate(tf, tf.constant((float) BASE), done, List.of()))[
                0];
      }
      return rates;
    }
  }

  /** The rate of the first epoch, and of each after one more loss. */
  private static double[] ratesAfter(ScheduleConfig config, float... losses) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      LearningRateSchedule schedule = LearningRateSchedule.of(config, Precision.FLOAT32);
      List<Operand<TFloat32>> state = new ArrayList<>();
      for (double number : schedule.initialState()) {
        state.add(tf.constant((float) number));
      }
      double[] rates = new double[losses.length + 1];
      for (int i = 0; i <= losses.length; i++) {
        Operand<TFloat32> rate =
            schedule.rate(tf, tf.constant((float) BASE), tf.constant((float) i), state);
        rates[i] = RuleSteps.fetch(session, rate)[0];
        if (i < losses.length) {
          state = schedule.after(tf, state, tf.constant(losses[i]));
        }
      }
      return rates;
    }
  }
}
