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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Steps over batches of {@link SparseRows}, many of them one after another in one run of the graph,
 * uncompiled: a compiled scatter visits places one by one, several times slower, and a loop would
 * copy all weights.
 *
 * <p>Where a rule leaves weights without a gradient alone, only those of the batch are touched
 * ({@link LazySteps}); elsewhere every step changes all weights, as that of any other plan.
 */
public final class SparseSteps {
  /** So many batches go into a run; more of them don't get faster. */
  public static final int MOST = 32;

  private final Ops tf;
  private final Descent descent;
  private final Batches batches;
  private final StateStore store;
  private final Variable<TFloat32> sum;
  private final Operand<TFloat32> packed;
  private final Map<Integer, Run> runs = new HashMap<>();

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
      StateStore store,
      Variable<TFloat32> sum,
      Operand<TFloat32> packed) {
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
  public record Run(
      Placeholder<TInt32> position,
      Placeholder<TInt32> first,
      Placeholder<TFloat32> learningRate,
      Placeholder<TFloat32> lossLimit,
      Operand<TFloat32> loss,
      List<Op> store) {}

  /**
   * A step before it is taken.
   *
   * @param rows of its batch, packed
   * @param shared what all parameters share in it
   */
  record Step(Operand<TFloat32> rows, UpdateRule.Step shared) {}

  /**
   * What steps have done.
   *
   * @param losses of each one's batch, {@code [steps]}
   * @param store keeps what they reached
   */
  record Taken(Operand<TFloat32> losses, List<Op> store) {}

  /** The run of so many steps; its ops are added where it is first asked for. */
  public Run of(int count) {
    return runs.computeIfAbsent(count, this::add);
  }

  private Run add(int count) {
    Placeholder<TInt32> position = input(TInt32.class);
    Placeholder<TInt32> first = input(TInt32.class);
    Placeholder<TFloat32> learningRate = input(TFloat32.class);
    Placeholder<TFloat32> lossLimit = input(TFloat32.class);
    Operand<TFloat32> rows =
        slice(
            packed,
            tf.math.mul(position, tf.constant(batches.batchRows())),
            count * batches.batchRows());
    List<Step> steps = steps(count, rows, first, learningRate);
    Taken taken =
        LazySteps.suit(descent)
            ? new LazySteps(tf, descent, batches, store).take(rows, steps)
            : takeWhole(steps);
    Operand<TFloat32> loss = loss(count, first, taken.losses(), lossLimit);
    List<Op> ops = new ArrayList<>(taken.store());
    ops.add(sum.assign(tf, loss));
    return new Run(position, first, learningRate, lossLimit, loss, ops);
  }

  private List<Step> steps(
      int count, Operand<TFloat32> rows, Operand<TInt32> first, Operand<TFloat32> learningRate) {
    Operand<TInt64> epoch = store.epoch().read(tf);
    List<Operand<TFloat32>> schedule = store.read(tf, StateGroup.SCHEDULE);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Operand<TInt32> batch = tf.math.add(first, tf.constant(i));
      Operand<TFloat32> epochs =
          tf.math.add(
              tf.dtypes.cast(epoch, TFloat32.class),
              tf.math.div(
                  tf.dtypes.cast(batch, TFloat32.class), tf.constant((float) batches.steps())));
      Operand<TInt64> number =
          tf.math.add(
              tf.math.mul(epoch, tf.constant((long) batches.steps())),
              tf.dtypes.cast(tf.math.add(batch, tf.constant(1)), TInt64.class));
      steps.add(
          new Step(
              slice(rows, tf.constant(i * batches.batchRows()), batches.batchRows()),
              new UpdateRule.Step(
                  number,
                  descent.schedule().rate(tf, learningRate, epochs, schedule),
                  descent.proximal())));
    }
    return steps;
  }

  /** Steps that change all weights each. */
  private Taken takeWhole(List<Step> steps) {
    UpdateRule.Parameters reached =
        new UpdateRule.Parameters(
            store.read(tf, StateGroup.PARAMETERS), store.read(tf, StateGroup.SLOTS));
    List<Operand<TFloat32>> losses = new ArrayList<>();
    for (Step step : steps) {
      Objective.Evaluation here =
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
    return new Taken(tf.stack(losses), ops);
  }

  private Operand<TFloat32> loss(
      int count, Operand<TInt32> first, Operand<TFloat32> losses, Operand<TFloat32> lossLimit) {
    Operand<TFloat32> before = sum.read(tf);
    Operand<TInt32> numbers =
        tf.range(first, tf.math.add(first, tf.constant(count)), tf.constant(1));
    Operand<TFloat32> shares =
        tf.select(
            tf.math.equal(numbers, tf.constant(batches.steps() - 1)),
            tf.constant(batches.share(true)),
            tf.constant(batches.share(false)));
    // NaN is not less than or equal to anything.
    Operand<TBool> healthy =
        tf.math.logicalAnd(
            tf.all(tf.math.lessEqual(losses, lossLimit), tf.constant(0)),
            tf.math.less(before, tf.constant(Float.POSITIVE_INFINITY)));
    return tf.select(
        healthy,
        tf.math.add(before, tf.sum(tf.math.mul(shares, losses), tf.constant(0))),
        tf.constant(Float.POSITIVE_INFINITY));
  }

  private Operand<TFloat32> slice(Operand<TFloat32> rows, Operand<TInt32> from, int count) {
    return tf.slice(
        rows,
        tf.stack(List.of(from, tf.constant(0))),
        tf.constant(new int[] {count, batches.packedColumns()}));
  }

  private <T extends TType> Placeholder<T> input(Class<T> type) {
    return tf.placeholder(type, Placeholder.shape(Shape.scalar()));
  }
}
