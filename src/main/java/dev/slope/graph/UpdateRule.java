package dev.slope.graph;

import dev.slope.config.OptimizerConfig;
import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * One step of an optimizer as a pure function, because a compiled loop carries its state as
 * tensors: what a rule remembers goes in as slots and comes out as slots.
 *
 * <p>Each rule is, operation for operation, TensorFlow's training op of the same name where nothing
 * is penalised or bounded. What is comes in as a {@link Proximal}, which the rule applies to its
 * step's end, with its step's length: all rules so have the objective's optimum as their fixed
 * point, and weights that are exactly zero.
 */
public sealed interface UpdateRule
    permits GradientDescentRule, MomentumRule, AdagradRule, AdamRule, RmsPropRule, FtrlRule {

  /** How many slots a parameter has; each has its parameter's shape. */
  int slotsPerParameter();

  /**
   * The value of every element of a slot before the first step.
   *
   * @param slot from 0, below {@link #slotsPerParameter}
   */
  double initialSlot(int slot);

  /**
   * Adds the ops of one step of one parameter.
   *
   * @param before the parameter and its slots
   * @param gradient of the objective's smooth part, in the parameter's shape
   * @return the parameter and its slots after it, in the same order and shapes
   */
  <T extends TFloating> Parameter<T> after(
      Ops tf, Parameter<T> before, Operand<T> gradient, Step<T> step);

  /**
   * Adds the ops of one step.
   *
   * @param before the parameters and their slots before the step
   * @param gradients of the objective's smooth part, one a parameter
   * @param step the number of this step; the first is 1
   * @param learningRate a scalar
   * @param proximal the objective's other part
   * @return the parameters and their slots after it, in the same order and shapes
   */
  default <T extends TFloating> Parameters<T> apply(
      Ops tf,
      Parameters<T> before,
      List<Operand<T>> gradients,
      Operand<TInt64> step,
      Operand<T> learningRate,
      Proximal proximal) {
    Step<T> shared = new Step<>(step, learningRate, proximal);
    List<Operand<T>> values = new ArrayList<>();
    List<Operand<T>> slots = new ArrayList<>();
    for (int i = 0; i < before.values().size(); i++) {
      int first = i * slotsPerParameter();
      Parameter<T> parameter =
          new Parameter<>(
              i,
              before.values().get(i),
              before.slots().subList(first, first + slotsPerParameter()));
      Parameter<T> after = after(tf, parameter, gradients.get(i), shared);
      values.add(after.value());
      slots.addAll(after.slots());
    }
    return new Parameters<>(values, slots);
  }

  /**
   * What a step changes.
   *
   * @param values the parameters
   * @param slots all slots of the first parameter, then all of the second, ...
   */
  record Parameters<T extends TFloating>(List<Operand<T>> values, List<Operand<T>> slots) {
    public Parameters {
      values = List.copyOf(values);
      slots = List.copyOf(slots);
    }
  }

  /**
   * One parameter and what a rule remembers of it.
   *
   * @param index 0 for the weights, 1 for the intercepts
   * @param value any shape
   * @param slots each of that shape
   */
  record Parameter<T extends TFloating>(int index, Operand<T> value, List<Operand<T>> slots) {
    public Parameter {
      slots = List.copyOf(slots);
    }

    /** The same parameter with another value and other slots. */
    Parameter<T> with(Operand<T> newValue, List<Operand<T>> newSlots) {
      return new Parameter<>(index, newValue, newSlots);
    }
  }

  /**
   * What all parameters share in a step.
   *
   * @param number of the step, a scalar; the first is 1
   * @param learningRate a scalar
   * @param proximal of what is not smooth in the objective
   */
  record Step<T extends TFloating>(
      Operand<TInt64> number, Operand<T> learningRate, Proximal proximal) {}

  /**
   * The rule of an optimizer.
   *
   * @throws AssertionError for an optimizer that takes no steps along the gradient alone
   */
  static UpdateRule of(OptimizerConfig optimizer, Precision precision) {
    if (optimizer instanceof OptimizerConfig.GradientDescent) {
      return new GradientDescentRule();
    }
    if (optimizer instanceof OptimizerConfig.Momentum momentum) {
      return new MomentumRule(precision.round(momentum.momentum()), momentum.nesterov());
    }
    if (optimizer instanceof OptimizerConfig.Adagrad adagrad) {
      return new AdagradRule(
          precision.round(adagrad.initialAccumulatorValue()), precision.round(adagrad.epsilon()));
    }
    if (optimizer instanceof OptimizerConfig.Adam adam) {
      return new AdamRule(
          precision.round(adam.beta1()),
          precision.round(adam.beta2()),
          precision.round(adam.epsilon()));
    }
    if (optimizer instanceof OptimizerConfig.RmsProp rmsProp) {
      return new RmsPropRule(
          precision.round(rmsProp.rho()),
          precision.round(rmsProp.momentum()),
          precision.round(rmsProp.epsilon()));
    }
    if (optimizer instanceof OptimizerConfig.Ftrl ftrl) {
      return new FtrlRule(
          precision.round(ftrl.learningRatePower()),
          precision.round(ftrl.initialAccumulatorValue()));
    }
    throw new AssertionError("no update rule for " + optimizer.getClass().getSimpleName());
  }
}
