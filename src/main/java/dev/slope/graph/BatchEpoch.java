package dev.slope.graph;

import dev.slope.graph.BatchLoop.Steps;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * An epoch of many steps: its loss is the mean of the batches' losses, each of the weights that its
 * step started from; what watches the weights watches those it ends with.
 */
final class BatchEpoch {
  private BatchEpoch() {}

  /** An epoch whose rows are all there; the only data are packed rows of one epoch or more. */
  record Whole<T extends TFloating>(Descent descent, Batches batches) implements EpochBody<T> {
    @Override
    public int dataTensors() {
      return 1;
    }

    @Override
    public LoopState<T> add(Ops tf, LoopState<T> before, LoopInputs<T> inputs) {
      Operand<TInt32> epochOfData =
          tf.dtypes.cast(tf.math.sub(before.epoch(), inputs.dataEpoch()), TInt32.class);
      Steps<T> steps =
          new BatchLoop<>(descent, batches, before.type())
              .add(
                  tf,
                  new Steps<>(Constants.scalar(tf, 0, inputs.learningRate()), before.parameters()),
                  new BatchLoop.Visit<>(
                      before.epoch(),
                      tf.constant(0),
                      tf.constant(batches.steps()),
                      tf.math.mul(epochOfData, tf.constant(batches.steps())),
                      inputs.data().get(0)),
                  inputs.learningRate(),
                  inputs.lossLimit(),
                  before.group(StateGroup.SCHEDULE));
      return end(tf, descent, before, inputs, steps);
    }
  }

  /**
   * The end of an epoch whose steps ran before, part by part; the state's parameters are theirs,
   * and the only data is the sum of their losses.
   */
  record End<T extends TFloating>(Descent descent) implements EpochBody<T> {
    @Override
    public int dataTensors() {
      return 1;
    }

    @Override
    public LoopState<T> add(Ops tf, LoopState<T> before, LoopInputs<T> inputs) {
      Steps<T> steps = new Steps<>(inputs.data().get(0), before.parameters());
      return end(tf, descent, before, inputs, steps);
    }
  }

  private static <T extends TFloating> LoopState<T> end(
      Ops tf, Descent descent, LoopState<T> before, LoopInputs<T> inputs, Steps<T> steps) {
    EpochRules<T> rules = new EpochRules<>(tf, descent, before, inputs);
    List<Operand<T>> parameters = steps.parameters().values();
    Operand<TBool> healthy =
        tf.math.less(steps.loss(), Constants.scalar(tf, Double.POSITIVE_INFINITY, steps.loss()));
    for (Operand<T> parameter : parameters) {
      healthy =
          tf.math.logicalAnd(
              healthy,
              tf.all(tf.math.isFinite(parameter), tf.constant(EpochRules.axes(parameter))));
    }
    rules.keep(StateGroup.PARAMETERS, parameters);
    rules.keep(StateGroup.SLOTS, steps.parameters().slots());
    rules.keep(
        StateGroup.LAST_GOOD,
        rules.choose(healthy, parameters, before.group(StateGroup.LAST_GOOD)));
    List<Operand<T>> schedule = before.group(StateGroup.SCHEDULE);
    rules.keep(StateGroup.SCHEDULE, descent.schedule().after(tf, schedule, steps.loss()));
    rules.write(StateGroup.LOSSES, steps.loss());
    rules.write(
        StateGroup.RATES,
        descent
            .schedule()
            .rate(
                tf,
                inputs.learningRate(),
                tf.dtypes.cast(before.epoch(), inputs.learningRate().type()),
                schedule));
    rules.progress(steps.loss(), steps.loss());
    rules.patience(steps.loss(), parameters);
    rules.endIf(tf.math.logicalNot(healthy), LoopStatus.DIVERGED);
    return rules.after();
  }
}
