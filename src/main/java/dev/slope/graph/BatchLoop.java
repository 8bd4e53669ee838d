package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Steps over the batches of a chunk of rows, one after the other, as one {@code StatelessWhile}
 * that XLA compiles.
 *
 * <p>A chunk is a matrix whose rows hold a row's features, labels, weight and offset side by side:
 * a batch is then one slice of memory, which is several times faster than to gather rows.
 */
final class BatchLoop {
  private final Descent descent;
  private final RowsShape batch;
  private final long chunkRows;
  private final long stepsPerEpoch;

  /**
   * A loop of one kind.
   *
   * @param descent down the objective of a batch
   * @param batch the shapes of a batch
   * @param chunkRows a multiple of the batch's rows
   */
  BatchLoop(Descent descent, RowsShape batch, long chunkRows, long stepsPerEpoch) {
    this.descent = descent;
    this.batch = batch;
    this.chunkRows = chunkRows;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /**
   * What stays the same during a call.
   *
   * @param endBatch how many batches of the chunk are there
   * @param learningRate a scalar
   * @param lossLimit the largest loss of a batch that is no divergence
   * @param schedule what the schedule remembers
   * @param chunk {@code [chunk rows, packed columns]}
   */
  record Inputs(
      Operand<TInt32> endBatch,
      Operand<TFloat32> learningRate,
      Operand<TFloat32> lossLimit,
      List<Operand<TFloat32>> schedule,
      Operand<TFloat32> chunk) {

    List<Operand<?>> flatten() {
      List<Operand<?>> flat = new ArrayList<>(List.of(endBatch, learningRate, lossLimit));
      flat.addAll(schedule);
      flat.add(chunk);
      return flat;
    }

    static Inputs of(List<Operand<?>> flat) {
      return new Inputs(
          flat.get(0).asOutput().expect(TInt32.class),
          flat.get(1).asOutput().expect(TFloat32.class),
          flat.get(2).asOutput().expect(TFloat32.class),
          BatchState.floats(flat, 3, flat.size() - 4),
          flat.get(flat.size() - 1).asOutput().expect(TFloat32.class));
    }
  }

  /** The shape of a chunk. */
  Shape chunk() {
    return Shape.of(chunkRows, batch.packedColumns());
  }

  /** Adds the loop and returns the state it ends in. */
  BatchState add(Ops tf, BatchState start, Inputs inputs) {
    return state(
        CompiledLoop.add(
            tf, "BatchLoop", start.flatten(), inputs.flatten(), this::goesOn, this::batch));
  }

  private Operand<TBool> goesOn(Ops tf, List<Operand<?>> flatState, List<Operand<?>> flatInputs) {
    BatchState state = state(flatState);
    return tf.math.logicalAnd(
        tf.math.less(state.batch(), Inputs.of(flatInputs).endBatch()), state.healthy());
  }

  private List<Operand<?>> batch(Ops tf, List<Operand<?>> flatState, List<Operand<?>> flatInputs) {
    return step(tf, state(flatState), Inputs.of(flatInputs)).flatten();
  }

  private BatchState step(Ops tf, BatchState before, Inputs inputs) {
    Operand<TInt32> firstRow = tf.math.mul(before.batch(), tf.constant((int) batch.rows()));
    Operand<TFloat32> rows =
        tf.slice(
            inputs.chunk(),
            tf.stack(List.of(firstRow, tf.constant(0))),
            tf.constant(new int[] {(int) batch.rows(), batch.packedColumns()}));
    Objective.Evaluation here =
        descent.objective().evaluate(tf, before.parameters().values(), batch.unpack(tf, rows));
    Operand<TFloat32> rate =
        descent
            .schedule()
            .rate(tf, inputs.learningRate(), epochsDone(tf, before.step()), inputs.schedule());
    Operand<TInt64> step = tf.math.add(before.step(), tf.constant(1L));
    Parameters after =
        descent
            .rule()
            .apply(
                tf,
                before.parameters(),
                GradientClipping.clip(tf, here.gradients(), descent.clipNorm()),
                step,
                rate,
                descent.proximal());
    return new BatchState(
        tf.math.add(before.batch(), tf.constant(1)),
        step,
        // NaN is not less than or equal to anything.
        tf.math.lessEqual(here.loss(), inputs.lossLimit()),
        tf.math.add(before.lossSum(), here.loss()),
        after);
  }

  /** How many epochs, and parts of one, a number of steps is. */
  Operand<TFloat32> epochsDone(Ops tf, Operand<TInt64> steps) {
    return tf.math.div(tf.dtypes.cast(steps, TFloat32.class), tf.constant((float) stepsPerEpoch));
  }

  private BatchState state(List<Operand<?>> flat) {
    return BatchState.of(flat, descent.parameterShapes().size(), descent.slotShapes().size());
  }
}
