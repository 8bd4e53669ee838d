package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** Steps over neighbouring batches of an epoch, in a compiled loop; a batch is a slice of rows. */
final class BatchLoop<T extends TFloating> {
  /** What the loop's state begins with: the next batch's position and the sum of losses. */
  private static final int FIRST_PARAMETER = 2;

  /** What the loop's constants begin with, before the schedule's state and the packed rows. */
  private static final int FIRST_SCHEDULE = 6;

  private final Descent descent;
  private final Batches batches;
  private final Class<T> type;

  /** A loop of a descent that has batches. */
  BatchLoop(Descent descent, Batches batches, Class<T> type) {
    this.descent = descent;
    this.batches = batches;
    this.type = type;
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
  record Visit<T extends TFloating>(
      Operand<TInt64> epoch,
      Operand<TInt32> first,
      Operand<TInt32> end,
      Operand<TInt32> position,
      Operand<T> packed) {}

  /**
   * What the steps have reached.
   *
   * @param loss the sum of the batches' losses, each times its share of the epoch's rows; infinite
   *     where one was no number or above the limit, and no step was taken after it
   * @param parameters weights, intercepts, and the slots of both
   */
  record Steps<T extends TFloating>(Operand<T> loss, Parameters<T> parameters) {}

  /**
   * Adds the loop.
   *
   * @param before what the epoch's earlier steps have reached
   * @param schedule what the learning rate's schedule remembers
   */
  Steps<T> add(
      Ops tf,
      Steps<T> before,
      Visit<T> visit,
      Operand<T> learningRate,
      Operand<T> lossLimit,
      List<Operand<T>> schedule) {
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
        tf.math.less(steps(state).loss(), Constants.scalar(tf, Double.POSITIVE_INFINITY, type)));
  }

  private List<Operand<?>> step(Ops tf, List<Operand<?>> state, List<Operand<?>> constants) {
    Visit<T> visit = visit(constants);
    Operand<TInt32> batch = batch(tf, state, visit);
    Steps<T> before = steps(state);
    Objective.Evaluation<T> here =
        descent
            .objective()
            .evaluate(tf, before.parameters().values(), batches.unpack(tf, rows(tf, state, visit)));
    Operand<T> epochs =
        tf.math.add(
            tf.dtypes.cast(visit.epoch(), type),
            tf.math.div(tf.dtypes.cast(batch, type), Constants.scalar(tf, batches.steps(), type)));
    Operand<T> rate =
        descent.schedule().rate(tf, floating(constants, 4), epochs, schedule(constants));
    Operand<TInt64> number =
        tf.math.add(
            tf.math.mul(visit.epoch(), tf.constant((long) batches.steps())),
            tf.dtypes.cast(tf.math.add(batch, tf.constant(1)), TInt64.class));
    Parameters<T> after =
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
    next.add(lossAfter(tf, before.loss(), here.loss(), batch, floating(constants, 5)));
    next.addAll(after.values());
    next.addAll(after.slots());
    return next;
  }

  private Operand<T> rows(Ops tf, List<Operand<?>> state, Visit<T> visit) {
    return tf.slice(
        visit.packed(),
        tf.stack(
            List.of(
                tf.math.mul(position(state), tf.constant(batches.batchRows())), tf.constant(0))),
        tf.constant(new int[] {batches.batchRows(), batches.packedColumns()}));
  }

  private Operand<T> lossAfter(
      Ops tf, Operand<T> sum, Operand<T> loss, Operand<TInt32> batch, Operand<T> lossLimit) {
    Operand<T> share =
        tf.select(
            tf.math.equal(batch, tf.constant(batches.steps() - 1)),
            Constants.scalar(tf, batches.share(true), type),
            Constants.scalar(tf, batches.share(false), type));
    // NaN is not less than or equal to anything.
    return tf.select(
        tf.math.lessEqual(loss, lossLimit),
        tf.math.add(sum, tf.math.mul(share, loss)),
        Constants.scalar(tf, Double.POSITIVE_INFINITY, type));
  }

  private Steps<T> steps(List<Operand<?>> state) {
    int values = descent.parameterShapes().size();
    int slots = descent.slotShapes().size();
    List<Operand<T>> floats = new ArrayList<>();
    for (int i = FIRST_PARAMETER; i < FIRST_PARAMETER + values + slots; i++) {
      floats.add(floating(state, i));
    }
    return new Steps<>(
        floating(state, 1),
        new Parameters<>(floats.subList(0, values), floats.subList(values, floats.size())));
  }

  /** The number of the next batch in its epoch. */
  private Operand<TInt32> batch(Ops tf, List<Operand<?>> state, Visit<T> visit) {
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

  private Visit<T> visit(List<Operand<?>> constants) {
    return new Visit<>(
        constants.get(0).asOutput().expect(TInt64.class),
        int32(constants, 1),
        int32(constants, 2),
        int32(constants, 3),
        floating(constants, constants.size() - 1));
  }

  private List<Operand<T>> schedule(List<Operand<?>> constants) {
    List<Operand<T>> schedule = new ArrayList<>();
    for (int i = FIRST_SCHEDULE; i < constants.size() - 1; i++) {
      schedule.add(floating(constants, i));
    }
    return schedule;
  }

  private static Operand<TInt32> int32(List<Operand<?>> operands, int index) {
    return operands.get(index).asOutput().expect(TInt32.class);
  }

  private Operand<T> floating(List<Operand<?>> operands, int index) {
    return operands.get(index).asOutput().expect(type);
  }
}
