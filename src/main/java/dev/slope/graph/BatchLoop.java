package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Steps over neighbouring batches of an epoch, in a compiled loop; a batch is a slice of rows. */
final class BatchLoop {
  /** What the loop's state begins with: the next batch's position and the sum of losses. */
  private static final int FIRST_PARAMETER = 2;

  /** What the loop's constants begin with, before the schedule's state and the packed rows. */
  private static final int FIRST_SCHEDULE = 6;

  private final Descent descent;
  private final Batches batches;

  /** A loop of a descent that has batches. */
  BatchLoop(Descent descent, Batches batches) {
    this.descent = descent;
    this.batches = batches;
  }

  /**
   * Which batches are visited.
   *
   * @param epoch how many epochs have run since the training began
   * @param first the number of the first of them in its epoch, from 0
   * @param end one past the number of the last
   * @param position where the first one stands among the packed rows, in batches
   * @param packed rows, {@code [any number of batches * batchRows, packedColumns]}
   */
  record Visit(
      Operand<TInt64> epoch,
      Operand<TInt32> first,
      Operand<TInt32> end,
      Operand<TInt32> position,
      Operand<TFloat32> packed) {}

  /**
   * What the steps have reached.
   *
   * @param loss the sum of the batches' losses, each times its share of the epoch's rows; infinite
   *     where one was no number or above the limit, and no step was taken after it
   * @param parameters weights, intercepts, and the slots of both
   */
  record Steps(Operand<TFloat32> loss, Parameters parameters) {}

  /**
   * Adds the loop.
   *
   * @param before what the epoch's earlier steps have reached
   * @param schedule what the learning rate's schedule remembers
   */
  Steps add(
      Ops tf,
      Steps before,
      Visit visit,
      Operand<TFloat32> learningRate,
      Operand<TFloat32> lossLimit,
      List<Operand<TFloat32>> schedule) {
    List<Operand<?>> state = new ArrayList<>(List.of(visit.position(), before.loss()));
    state.addAll(before.parameters().values());
    state.addAll(before.parameters().slots());
    List<Operand<?>> constants =
        new ArrayList<>(
            List.of(
                visit.epoch(),
                visit.first(),
                visit.end(),
                visit.position(),
                learningRate,
                lossLimit));
    constants.addAll(schedule);
    constants.add(visit.packed());
    List<Operand<?>> after =
        GraphLoop.add(tf, "BatchLoop", true, state, constants, this::goesOn, this::step);
    return steps(after);
  }

  private Operand<TBool> goesOn(Ops tf, List<Operand<?>> state, List<Operand<?>> constants) {
    return tf.math.logicalAnd(
        tf.math.less(batch(tf, state, visit(constants)), visit(constants).end()),
        tf.math.less(steps(state).loss(), tf.constant(Float.POSITIVE_INFINITY)));
  }

  private List<Operand<?>> step(Ops tf, List<Operand<?>> state, List<Operand<?>> constants) {
    Visit visit = visit(constants);
    Operand<TInt32> batch = batch(tf, state, visit);
    Steps before = steps(state);
    Objective.Evaluation here =
        descent
            .objective()
            .evaluate(tf, before.parameters().values(), batches.unpack(tf, rows(tf, state, visit)));
    Operand<TFloat32> epochs =
        tf.math.add(
            tf.dtypes.cast(visit.epoch(), TFloat32.class),
            tf.math.div(
                tf.dtypes.cast(batch, TFloat32.class), tf.constant((float) batches.steps())));
    Operand<TFloat32> rate =
        descent.schedule().rate(tf, float32(constants, 4), epochs, schedule(constants));
    Operand<TInt64> number =
        tf.math.add(
            tf.math.mul(visit.epoch(), tf.constant((long) batches.steps())),
            tf.dtypes.cast(tf.math.add(batch, tf.constant(1)), TInt64.class));
    Parameters after =
        descent
            .rule()
            .apply(
                tf,
                before.parameters(),
                GradientClipping.clip(tf, here.gradients(), descent.clipNorm()),
                number,
                rate,
                descent.proximal());
    List<Operand<?>> next = new ArrayList<>();
    next.add(tf.math.add(position(state), tf.constant(1)));
    next.add(lossAfter(tf, before.loss(), here.loss(), batch, float32(constants, 5)));
    next.addAll(after.values());
    next.addAll(after.slots());
    return next;
  }

  private Operand<TFloat32> rows(Ops tf, List<Operand<?>> state, Visit visit) {
    return tf.slice(
        visit.packed(),
        tf.stack(
            List.of(
                tf.math.mul(position(state), tf.constant(batches.batchRows())), tf.constant(0))),
        tf.constant(new int[] {batches.batchRows(), batches.packedColumns()}));
  }

  private Operand<TFloat32> lossAfter(
      Ops tf,
      Operand<TFloat32> sum,
      Operand<TFloat32> loss,
      Operand<TInt32> batch,
      Operand<TFloat32> lossLimit) {
    Operand<TFloat32> share =
        tf.select(
            tf.math.equal(batch, tf.constant(batches.steps() - 1)),
            tf.constant(batches.share(true)),
            tf.constant(batches.share(false)));
    // NaN is not less than or equal to anything.
    return tf.select(
        tf.math.lessEqual(loss, lossLimit),
        tf.math.add(sum, tf.math.mul(share, loss)),
        tf.constant(Float.POSITIVE_INFINITY));
  }

  private Steps steps(List<Operand<?>> state) {
    int values = descent.parameterShapes().size();
    int slots = descent.slotShapes().size();
    List<Operand<TFloat32>> floats = new ArrayList<>();
    for (int i = FIRST_PARAMETER; i < FIRST_PARAMETER + values + slots; i++) {
      floats.add(float32(state, i));
    }
    return new Steps(
        float32(state, 1),
        new Parameters(floats.subList(0, values), floats.subList(values, floats.size())));
  }

  /** The number of the next batch in its epoch. */
  private static Operand<TInt32> batch(Ops tf, List<Operand<?>> state, Visit visit) {
    return tf.math.add(visit.first(), tf.math.sub(position(state), visit.position()));
  }

  /**
   * Where the next batch stands among the packed rows. The slice must begin at what the loop itself
   * changes: XLA takes anything else for a constant, compiles the loop anew for each value, and
   * interprets each first call, whose sums round differently, so that the bytes would depend on
   * where calls begin.
   */
  private static Operand<TInt32> position(List<Operand<?>> state) {
    return int32(state, 0);
  }

  private static Visit visit(List<Operand<?>> constants) {
    return new Visit(
        constants.get(0).asOutput().expect(TInt64.class),
        int32(constants, 1),
        int32(constants, 2),
        int32(constants, 3),
        float32(constants, constants.size() - 1));
  }

  private static List<Operand<TFloat32>> schedule(List<Operand<?>> constants) {
    List<Operand<TFloat32>> schedule = new ArrayList<>();
    for (int i = FIRST_SCHEDULE; i < constants.size() - 1; i++) {
      schedule.add(float32(constants, i));
    }
    return schedule;
  }

  private static Operand<TInt32> int32(List<Operand<?>> operands, int index) {
    return operands.get(index).asOutput().expect(TInt32.class);
  }

  private static Operand<TFloat32> float32(List<Operand<?>> operands, int index) {
    return operands.get(index).asOutput().expect(TFloat32.class);
  }
}
