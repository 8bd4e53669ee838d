package dev.slope.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Steps over batches of {@link SparseRows}, many of them one after another in one run of the graph,
 * uncompiled: a compiled scatter visits places one by one, several times slower, and a loop would
 * copy all weights.
 *
 * <p>Where a rule leaves weights without a gradient alone, only those of the batch are touched
 * ({@link LazySteps}); elsewhere every step changes all weights, as that of any other plan.
 */
public final class SparseSteps<T extends TFloating> {
  /** So many small batches go into a run; more of them don't get faster. */
  private static final int MOST = 32;

  /** Steps over so many rows take longer than to start a run, and each takes 4 ms to build. */
  private static final int MOST_ROWS = 1 << 13;

  private final Ops tf;
  private final Descent descent;
  private final Batches batches;
  private final StateStore<T> store;
  private final Variable<T> sum;
  private final Operand<T> packed;
  private final Map<Integer, Run<T>> runs = new HashMap<>();

  /**
   * Steps of a descent that has batches.
   *
   * @param sum of the epoch's losses so far
   * @param packed {@code [any number of batches * batchRows, packedColumns]}
   */
  SparseSteps(
      Ops tf,
      Descent descent,
      Batches batches,
      StateStore<T> store,
      Variable<T> sum,
      Operand<T> packed) {
    this.tf = tf;
    this.descent = descent;
    this.batches = batches;
    this.store = store;
    this.sum = sum;
    this.packed = packed;
  }

  /**
   * Some steps.
   *
   * @param position where the first batch stands among the packed rows, in batches; a scalar
   * @param first its number in its epoch, from 0; a scalar
   * @param learningRate a scalar
   * @param lossLimit the largest loss of a batch that is no divergence; a scalar
   * @param loss the sum of the epoch's losses so far, each times its share of the rows; infinite
   *     where one was no number or above the limit
   * @param store keeps what the steps reached
   */
  public record Run<T extends TFloating>(
      Placeholder<TInt32> position,
      Placeholder<TInt32> first,
      Placeholder<T> learningRate,
      Placeholder<T> lossLimit,
      Operand<T> loss,
      List<Op> store) {}

  /**
   * A step before it is taken.
   *
   * @param rows of its batch, packed
   * @param shared what all parameters share in it
   */
  record Step<T extends TFloating>(Operand<T> rows, UpdateRule.Step<T> shared) {}

  /**
   * What steps have done.
   *
   * @param losses of each one's batch, {@code [steps]}
   * @param store keeps what they reached
   */
  record Taken<T extends TFloating>(Operand<T> losses, List<Op> store) {}

  /** The most steps of a run. */
  public int most() {
    return most(batches);
  }

  /** The most steps of a run over such batches. */
  public static int most(Batches batches) {
    return Math.max(1, Math.min(MOST, MOST_ROWS / batches.batchRows()));
  }

  /** The run of so many steps; its ops are added where it is first asked for. */
  public Run<T> of(int count) {
    return runs.computeIfAbsent(count, this::add);
  }

  private Run<T> add(int count) {
    Placeholder<TInt32> position = input(TInt32.class);
    Placeholder<TInt32> first = input(TInt32.class);
    Placeholder<T> learningRate = input(store.type());
    Placeholder<T> lossLimit = input(store.type());
    Operand<T> rows =
        slice(
            packed,
            tf.math.mul(position, tf.constant(batches.batchRows())),
            count * batches.batchRows());
    List<Step<T>> steps = steps(count, rows, first, learningRate);
    Taken<T> taken =
        LazySteps.suit(descent)
            ? new LazySteps<>(tf, descent, batches, store).take(rows, steps)
            : takeWhole(steps);
    Operand<T> loss = loss(count, first, taken.losses(), lossLimit);
    List<Op> ops = new ArrayList<>(taken.store());
    ops.add(sum.assign(tf, loss));
    return new Run<>(position, first, learningRate, lossLimit, loss, ops);
  }

  private List<Step<T>> steps(
      int count, Operand<T> rows, Operand<TInt32> first, Operand<T> learningRate) {
    Operand<TInt64> epoch = store.epoch().read(tf);
    List<Operand<T>> schedule = store.read(tf, StateGroup.SCHEDULE);
    List<Step<T>> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Operand<TInt32> batch = tf.math.add(first, tf.constant(i));
      Operand<T> epochs =
          tf.math.add(
              tf.dtypes.cast(epoch, store.type()),
              tf.math.div(
                  tf.dtypes.cast(batch, store.type()),
                  Constants.scalar(tf, batches.steps(), store.type())));
      Operand<TInt64> number =
          tf.math.add(
              tf.math.mul(epoch, tf.constant((long) batches.steps())),
              tf.dtypes.cast(tf.math.add(batch, tf.constant(1)), TInt64.class));
      steps.add(
          new Step<>(
              slice(rows, tf.constant(i * batches.batchRows()), batches.batchRows()),
              new UpdateRule.Step<>(
                  number,
                  descent.schedule().rate(tf, learningRate, epochs, schedule),
                  descent.proximal())));
    }
    return steps;
  }

  /** Steps that change all weights each. */
  private Taken<T> takeWhole(List<Step<T>> steps) {
    UpdateRule.Parameters<T> reached =
        new UpdateRule.Parameters<>(
            store.read(tf, StateGroup.PARAMETERS), store.read(tf, StateGroup.SLOTS));
    List<Operand<T>> losses = new ArrayList<>();
    for (Step<T> step : steps) {
      Objective.Evaluation<T> here =
          descent.objective().evaluate(tf, reached.values(), batches.unpack(tf, step.rows()));
      losses.add(here.loss());
      reached =
          descent
              .rule()
              .apply(
                  tf,
                  reached,
                  GradientClipping.clip(tf, here.gradients(), descent.clipNorm()),
                  step.shared().number(),
                  step.shared().learningRate(),
                  descent.proximal());
    }
    List<Op> ops = new ArrayList<>();
    ops.addAll(Variable.assignAll(tf, store.group(StateGroup.PARAMETERS), reached.values()));
    ops.addAll(Variable.assignAll(tf, store.group(StateGroup.SLOTS), reached.slots()));
    return new Taken<>(tf.stack(losses), ops);
  }

  private Operand<T> loss(
      int count, Operand<TInt32> first, Operand<T> losses, Operand<T> lossLimit) {
    Operand<T> before = sum.read(tf);
    Operand<TInt32> numbers =
        tf.range(first, tf.math.add(first, tf.constant(count)), tf.constant(1));
    Operand<T> shares =
        tf.select(
            tf.math.equal(numbers, tf.constant(batches.steps() - 1)),
            Constants.scalar(tf, batches.share(true), store.type()),
            Constants.scalar(tf, batches.share(false), store.type()));
    // NaN is not less than or equal to anything.
    Operand<TBool> healthy =
        tf.math.logicalAnd(
            tf.all(tf.math.lessEqual(losses, lossLimit), tf.constant(0)),
            tf.math.less(before, Constants.scalar(tf, Double.POSITIVE_INFINITY, store.type())));
    return tf.select(
        healthy,
        tf.math.add(before, tf.sum(tf.math.mul(shares, losses), tf.constant(0))),
        Constants.scalar(tf, Double.POSITIVE_INFINITY, store.type()));
  }

  private Operand<T> slice(Operand<T> rows, Operand<TInt32> from, int count) {
    return tf.slice(
        rows,
        tf.stack(List.of(from, tf.constant(0))),
        tf.constant(new int[] {count, batches.packedColumns()}));
  }

  private <U extends TType> Placeholder<U> input(Class<U> type) {
    return tf.placeholder(type, Placeholder.shape(Shape.scalar()));
  }
}
