package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * One full-batch epoch: the objective of the weights it starts from, written down; then one step.
 */
final class Epoch<T extends TFloating> {
  /** The rates that a line search tries, as multiples of the last accepted one. */
  private static final double[] SEARCHED = {2, 1, 0.5, 0.25};

  /** Below it a step changes no float32 weight of ordinary size: the search is at its end. */
  private static final double SMALLEST_RATE = 1e-12;

  private final Ops tf;
  private final Descent descent;
  private final LoopState<T> before;
  private final LoopInputs<T> inputs;
  private final EpochRules<T> rules;
  private final Objective.Evaluation<T> here;

  private Epoch(
      Ops tf,
      Descent descent,
      LoopState<T> before,
      LoopInputs<T> inputs,
      Objective.Evaluation<T> here) {
    this.tf = tf;
    this.descent = descent;
    this.here = here;
    this.before = before;
    this.inputs = inputs;
    this.rules = new EpochRules<>(tf, descent, before, inputs);
  }

  /** Epochs down an objective of all rows at once. */
  record Body<T extends TFloating>(Descent descent) implements EpochBody<T> {
    @Override
    public int dataTensors() {
      return descent.objective().dataShapes().size();
    }

    @Override
    public LoopState<T> add(Ops tf, LoopState<T> before, LoopInputs<T> inputs) {
      Objective.Evaluation<T> here =
          descent.objective().evaluate(tf, before.group(StateGroup.PARAMETERS), inputs.data());
      return new Epoch<>(tf, descent, before, inputs, here).add();
    }
  }

  /**
   * Epochs whose objective was summed up before: the data are its loss and its gradients.
   *
   * @param penalty that the sums are still without
   */
  record Summed<T extends TFloating>(Descent descent, Penalty penalty) implements EpochBody<T> {
    @Override
    public int dataTensors() {
      return 1 + descent.parameterShapes().size();
    }

    @Override
    public LoopState<T> add(Ops tf, LoopState<T> before, LoopInputs<T> inputs) {
      List<Operand<T>> sums = inputs.data();
      Operand<T> weights = before.group(StateGroup.PARAMETERS).get(0);
      List<Operand<T>> gradients = new ArrayList<>(sums.subList(1, sums.size()));
      gradients.set(0, penalty.addGradientTo(tf, gradients.get(0), weights));
      Objective.Evaluation<T> here =
          new Objective.Evaluation<>(penalty.addTo(tf, sums.get(0), weights), gradients);
      return new Epoch<>(tf, descent, before, inputs, here).add();
    }
  }

  private LoopState<T> add() {
    List<Operand<T>> start = before.group(StateGroup.PARAMETERS);
    // NaN is not less than or equal to anything.
    Operand<TBool> healthy = tf.math.lessEqual(here.loss(), inputs.lossLimit());
    rules.keep(
        StateGroup.LAST_GOOD, rules.choose(healthy, start, before.group(StateGroup.LAST_GOOD)));
    rules.write(StateGroup.LOSSES, here.loss());
    List<Operand<T>> gradients =
        GradientClipping.clip(tf, here.gradients(), descent.clipNorm(), descent::axes);
    if (descent.lineSearch()) {
      search(here.loss(), gradients);
    } else {
      step(here.loss(), gradients);
    }
    rules.patience(here.loss(), start);
    rules.tolerance(here.gradients(), start);
    rules.endIf(tf.math.logicalNot(healthy), LoopStatus.DIVERGED);
    return rules.after();
  }

  private void step(Operand<T> loss, List<Operand<T>> gradients) {
    List<Operand<T>> schedule = before.group(StateGroup.SCHEDULE);
    Operand<T> rate =
        descent
            .schedule()
            .rate(
                tf,
                inputs.learningRate(),
                tf.dtypes.cast(before.epoch(), inputs.learningRate().type()),
                schedule);
    Parameters<T> parameters = apply(gradients, rate);
    rules.keep(StateGroup.PARAMETERS, parameters.values());
    rules.keep(StateGroup.SLOTS, parameters.slots());
    rules.keep(StateGroup.SCHEDULE, descent.schedule().after(tf, schedule, loss));
    rules.write(StateGroup.RATES, rate);
    rules.progress(loss, loss);
  }

  private Parameters<T> apply(List<Operand<T>> gradients, Operand<T> rate) {
    Operand<TInt64> number = tf.math.add(before.epoch(), tf.constant(1L));
    return descent
        .rule()
        .apply(tf, before.parameters(), gradients, number, rate, descent.proximal());
  }

  /**
   * Tries four rates and takes the one of the lowest loss; where none lowers it, the parameters
   * stay and the next epoch searches lower.
   */
  private void search(Operand<T> lossHere, List<Operand<T>> gradients) {
    Operand<T> last = before.scalar(StateGroup.SEARCH_RATE);
    List<Operand<T>> values = before.group(StateGroup.PARAMETERS);
    Operand<T> smallest =
        tf.math.mul(last, Constants.scalar(tf, SEARCHED[SEARCHED.length - 1], last));
    Operand<T> rate = smallest;
    Operand<T> lowest = lossHere;
    Operand<TBool> found = tf.constant(false);
    for (double multiple : SEARCHED) {
      Operand<T> tried = tf.math.mul(last, Constants.scalar(tf, multiple, last));
      List<Operand<T>> there = apply(gradients, tried).values();
      Operand<T> loss = descent.objective().loss(tf, there, inputs.data());
      Operand<TBool> lower = tf.math.less(loss, lowest);
      values = rules.choose(lower, there, values);
      rate = tf.select(lower, tried, rate);
      lowest = tf.select(lower, loss, lowest);
      found = tf.math.logicalOr(found, lower);
    }
    rules.keep(StateGroup.PARAMETERS, values);
    rules.keep(StateGroup.SEARCH_RATE, List.of(rate));
    rules.write(StateGroup.RATES, rate);
    // A search that found no lower loss has made no step yet whose progress could be judged.
    Operand<TBool> searching =
        tf.math.logicalAnd(
            tf.math.logicalNot(found),
            tf.math.greater(rate, Constants.scalar(tf, SMALLEST_RATE, last)));
    rules.progress(
        lossHere,
        tf.select(searching, Constants.scalar(tf, Double.POSITIVE_INFINITY, last), lossHere));
  }
}
