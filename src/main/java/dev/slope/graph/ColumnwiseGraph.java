package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Everything that the trainings of a {@link ColumnwiseObjective} run, added to a graph that its
 * caller owns: data and state in resource variables, the epoch loop between them, and what reads
 * the results.
 *
 * @param start sets data and parameters, once
 * @param epochs runs epochs
 * @param result reads what the trainings have reached
 */
public record ColumnwiseGraph<T extends TFloating>(
    Start<T> start, Epochs<T> epochs, Result<T> result) {

  /**
   * Data and parameters before the first epoch, in one run with what feeds the data.
   *
   * @param weights {@code [inputs, columns]}
   * @param intercepts {@code [columns]}
   * @param storeData keeps the data
   * @param store keeps the parameters; everything else in the state begins anew
   */
  public record Start<T extends TFloating>(
      Placeholder<T> weights, Placeholder<T> intercepts, List<Op> storeData, List<Op> store) {}

  /**
   * One call of the epoch loop.
   *
   * @param count how many epochs to run, at most as many as the graph was built for; a scalar
   * @param learningRates {@code [columns]}
   * @param lossLimits the largest losses that are no divergence, {@code [columns]}
   * @param losses for each epoch that ran, of the weights it started from, the least of the columns
   *     that still ran
   * @param statuses the code of a {@link LoopStatus} for each column
   * @param store keeps the state for the next call
   */
  public record Epochs<T extends TFloating>(
      Placeholder<TInt64> count,
      Placeholder<T> learningRates,
      Placeholder<T> lossLimits,
      Operand<T> losses,
      Operand<TInt32> statuses,
      List<Op> store) {}

  /**
   * What the trainings have reached.
   *
   * @param parameters weights {@code [inputs, columns]} and intercepts {@code [columns]}
   * @param lastGood those of each column's last epoch with a loss within bounds
   * @param losses of the parameters, {@code [columns]}
   * @param epochs how many each column has run
   * @param restoreBest makes the parameters of the lowest watched loss the present ones, in each
   *     column whose last step didn't go lower; empty where there is no patience
   */
  public record Result<T extends TFloating>(
      List<Operand<T>> parameters,
      List<Operand<T>> lastGood,
      Operand<T> losses,
      Operand<TInt64> epochs,
      List<Op> restoreBest) {}

  /**
   * Adds the graph.
   *
   * @param tf where the ops go; its device is theirs
   * @param descent of a columnwise objective
   * @param data of that objective, from placeholders that the caller feeds with the start
   * @param validationData of its validation objective; empty where there is none
   * @param maxEpochsPerCall the most epochs of one call
   */
  public static <T extends TFloating> ColumnwiseGraph<T> build(
      Ops tf,
      Class<T> type,
      Descent descent,
      List<Operand<T>> data,
      List<Operand<T>> validationData,
      int maxEpochsPerCall) {
    return new Builder<>(tf, type, descent, data, validationData, maxEpochsPerCall).graph();
  }

  private static final class Builder<T extends TFloating> {
    private final Ops tf;
    private final Class<T> type;
    private final Descent descent;
    private final List<Operand<T>> source;
    private final List<Operand<T>> validationSource;
    private final StateStore<T> store;
    private final List<Variable<T>> data;
    private final List<Variable<T>> validationData;

    Builder(
        Ops tf,
        Class<T> type,
        Descent descent,
        List<Operand<T>> source,
        List<Operand<T>> validationSource,
        int maxEpochsPerCall) {
      this.tf = tf;
      this.type = type;
      this.descent = descent;
      this.source = source;
      this.validationSource = validationSource;
      this.store = StateStore.create(tf, type, descent.each(), descent.layout(maxEpochsPerCall));
      this.data = Variable.createAll(tf, "data", type, descent.objective().dataShapes());
      this.validationData =
          Variable.createAll(
              tf, "validation", type, validationSource.stream().map(Operand::shape).toList());
    }

    ColumnwiseGraph<T> graph() {
      return new ColumnwiseGraph<>(start(), epochs(), result());
    }

    private Start<T> start() {
      Placeholder<T> weights = input(type, descent.objective().model().weights());
      Placeholder<T> intercepts = input(type, descent.objective().model().intercepts());
      List<Operand<T>> parameters = List.of(weights, intercepts);
      List<Op> storeData = new ArrayList<>(Variable.assignAll(tf, data, source));
      storeData.addAll(Variable.assignAll(tf, validationData, validationSource));
      return new Start<>(weights, intercepts, storeData, store.begin(tf, descent, parameters));
    }

    private Epochs<T> epochs() {
      Placeholder<TInt64> count = input(TInt64.class, Shape.scalar());
      Placeholder<T> learningRates = input(type, descent.each());
      Placeholder<T> lossLimits = input(type, descent.each());
      LoopState<T> before = store.read(tf);
      // Those that run have all run as many.
      Operand<TInt64> first = tf.max(before.epoch(), tf.constant(0));
      LoopInputs<T> inputs =
          new LoopInputs<>(
              first,
              tf.math.add(first, count),
              first,
              lossLimits,
              learningRates,
              Variable.readAll(tf, data),
              Variable.readAll(tf, validationData));
      LoopState<T> after =
          new EpochLoop<>(
                  new Epoch.Body<T>(descent),
                  store.layout(),
                  !descent.objective().isCompiled(),
                  type)
              .add(tf, before, inputs);
      Operand<TInt64> ran = tf.math.sub(tf.max(after.epoch(), tf.constant(0)), first);
      return new Epochs<>(
          count,
          learningRates,
          lossLimits,
          tf.slice(
              after.scalar(StateGroup.LOSSES), tf.constant(new long[] {0}), tf.stack(List.of(ran))),
          after.status(),
          store.keep(tf, after));
    }

    private Result<T> result() {
      List<Operand<T>> parameters = store.read(tf, StateGroup.PARAMETERS);
      Operand<T> losses = descent.objective().loss(tf, parameters, Variable.readAll(tf, data));
      return new Result<>(
          parameters,
          store.read(tf, StateGroup.LAST_GOOD),
          losses,
          store.epoch().read(tf),
          restoreBest(parameters, losses));
    }

    private List<Op> restoreBest(List<Operand<T>> parameters, Operand<T> losses) {
      List<Operand<T>> best = store.read(tf, StateGroup.BEST);
      if (best.isEmpty()) {
        return List.of();
      }
      Objective validation = descent.validation();
      Operand<T> watched =
          validation == null
              ? losses
              : validation.loss(tf, parameters, Variable.readAll(tf, validationData));
      List<Operand<T>> chosen = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        chosen.add(
            tf.select(tf.math.less(watched, best.get(0)), parameters.get(i), best.get(2 + i)));
      }
      return Variable.assignAll(tf, store.group(StateGroup.PARAMETERS), chosen);
    }

    private <U extends TType> Placeholder<U> input(Class<U> of, Shape shape) {
      return tf.placeholder(of, Placeholder.shape(shape));
    }
  }
}
