package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unique;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Steps that touch no weight but those of their batch, in place. That is the very step of a rule
 * which leaves a parameter alone whose gradient is 0, where no penalty and no bound moves it: plain
 * gradient descent, adagrad, and ftrl, whose sum of a parameter without a gradient stays {@code -q}
 * times the parameter.
 *
 * <p>Slopes of the same weight are summed up before the rule sees them, in one order, and each
 * weight is then written once, so that threads can't change the bytes. Weights of values and the
 * intercept go from step to step beside the variables, as one matrix.
 *
 * <p>A run's rows are turned once, batch by batch, into columns, of which a step takes whole ones
 * without a copy: cutting columns out of rows took longer than the steps' arithmetic.
 */
final class LazySteps<T extends TFloating> {
  /** Up to so many rows of an update TensorFlow adds them one by one, in their order. */
  private static final int ORDERED_ROWS = 1023;

  /** Beyond it, in pieces of {@link #ORDERED_ROWS}, single slopes cost more than sums of them. */
  private static final int MOST_SINGLE = 4 * ORDERED_ROWS;

  private final Ops tf;
  private final Descent descent;
  private final SparseObjective objective;
  private final SparseRows sparse;
  private final Batches batches;
  private final StateStore<T> store;
  private final Variable<T> weights;
  private final int outputs;
  private final int besides;
  private List<Op> last = List.of();

  LazySteps(Ops tf, Descent descent, Batches batches, StateStore<T> store) {
    this.tf = tf;
    this.descent = descent;
    this.objective = (SparseObjective) descent.objective();
    this.sparse = objective.sparse();
    this.batches = batches;
    this.store = store;
    this.weights = store.group(StateGroup.PARAMETERS).get(0);
    this.outputs = objective.model().outputs();
    // The 1 of the intercept stands behind the values.
    this.besides = sparse.dense().size() + (objective.fitIntercept() ? 1 : 0);
  }

  /** Whether the steps of a descent are such ones. */
  static boolean suit(Descent descent) {
    boolean leavesAlone =
        descent.rule() instanceof GradientDescentRule
            || descent.rule() instanceof AdagradRule
            || descent.rule() instanceof FtrlRule;
    return leavesAlone
        && descent.proximal().equals(Proximal.NONE)
        && descent.objective() instanceof SparseObjective sparse
        && sparse.penalty().equals(Penalty.NONE);
  }

  /**
   * The rows of a batch, column by column: {@code [columns, rows]}.
   *
   * @param besides values and 1 for the intercept; null where there are none
   * @param weights null where rows have none
   * @param offsets null where rows have none
   */
  private record Columns<T extends TFloating>(
      Operand<TInt32> places,
      @Nullable Operand<T> besides,
      Operand<T> labels,
      @Nullable Operand<T> weights,
      @Nullable Operand<T> offsets) {}

  /**
   * Adds the steps.
   *
   * @param rows of all their batches, packed
   */
  SparseSteps.Taken<T> take(Operand<T> rows, List<SparseSteps.Step<T>> steps) {
    Operand<T> turned = turned(rows, steps.size());
    Operand<TInt32> bits = tf.bitcast(turned, TInt32.class);
    Parameter<T> beside = besides == 0 ? null : readBesides();
    List<Columns<T>> batch = new ArrayList<>();
    List<Operand<T>> scores = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Columns<T> columns = columns(turned, bits, i);
      batch.add(columns);
      beside = take(columns, steps.get(i), beside, scores);
    }
    List<Op> ops = new ArrayList<>(last);
    if (beside != null) {
      ops.addAll(keepBesides(beside));
    }
    List<Operand<T>> weights = new ArrayList<>();
    List<Operand<T>> labels = new ArrayList<>();
    for (Columns<T> columns : batch) {
      labels.add(columns.labels());
      if (columns.weights() != null) {
        weights.add(columns.weights());
      }
    }
    Operand<T> losses =
        objective.lossesOfBatches(
            tf,
            steps.size(),
            below(scores),
            below(labels),
            weights.isEmpty() ? List.of() : List.of(below(weights)));
    return new SparseSteps.Taken<>(losses, ops);
  }

  private Operand<T> below(List<Operand<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  /** {@code [batches * columns, rows of a batch]}. */
  private Operand<T> turned(Operand<T> rows, int count) {
    int columns = batches.packedColumns();
    Operand<T> byBatch =
        tf.reshape(rows, tf.constant(new int[] {count, batches.batchRows(), columns}));
    return tf.reshape(
        tf.linalg.transpose(byBatch, tf.constant(new int[] {0, 2, 1})),
        tf.constant(new int[] {count * columns, batches.batchRows()}));
  }

  private Columns<T> columns(Operand<T> turned, Operand<TInt32> bits, int batch) {
    RowsShape rows = batches.batch();
    int places = sparse.places();
    int first = batch * batches.packedColumns();
    int labels = first + sparse.columns();
    int weights = labels + rows.labelColumns();
    return new Columns<>(
        columns(bits, first, places),
        besides == 0 ? null : columns(turned, first + places, besides),
        upright(columns(turned, labels, rows.labelColumns())),
        rows.weighted() ? upright(columns(turned, weights, 1)) : null,
        rows.offset() ? upright(columns(turned, weights + (rows.weighted() ? 1 : 0), 1)) : null);
  }

  private <U extends TType> Operand<U> columns(Operand<U> turned, int first, int count) {
    return tf.slice(
        turned,
        tf.constant(new int[] {first, 0}),
        tf.constant(new int[] {count, batches.batchRows()}));
  }

  /** {@code [rows, columns]} again. */
  private Operand<T> upright(Operand<T> columns) {
    return columns.shape().get(0) == 1
        ? tf.reshape(columns, tf.constant(new int[] {batches.batchRows(), 1}))
        : tf.linalg.transpose(columns, tf.constant(new int[] {1, 0}));
  }

  private @Nullable Parameter<T> take(
      Columns<T> columns,
      SparseSteps.Step<T> step,
      @Nullable Parameter<T> beside,
      List<Operand<T>> scores) {
    Operand<TInt32> places = columns.places();
    Operand<TInt32> existing = objective.existing(tf, places);
    Touched<T> touched = isSingle() ? new Single(existing) : new Merged(existing);
    Operand<T> score =
        tf.sum(objective.existingOnly(tf, touched.weights(), places), tf.constant(0));
    Operand<T> values = columns.besides();
    if (beside != null && values != null) {
      score = tf.math.add(score, tf.linalg.matMul(values, beside.value(), MatMul.transposeA(true)));
    }
    if (columns.offsets() != null) {
      score = tf.math.add(score, columns.offsets());
    }
    scores.add(score);
    Operand<T> slopes = objective.slopes(tf, score, columns.labels(), columns.weights());
    List<Operand<T>> gradients = new ArrayList<>();
    gradients.add(touched.gradient(ofPlaces(slopes, places)));
    if (values != null) {
      gradients.add(tf.linalg.matMul(values, slopes));
    }
    gradients = GradientClipping.clip(tf, gradients, descent.clipNorm());
    last = touched.step(gradients.get(0), step.shared());
    return beside == null || values == null
        ? beside
        : descent.rule().after(tf, beside, gradients.get(1), step.shared());
  }

  /** The slopes of each place, 0 where there is none, {@code [places * rows, outputs]}. */
  private Operand<T> ofPlaces(Operand<T> slopes, Operand<TInt32> places) {
    if (!sparse.gaps()) {
      return tf.tile(slopes, tf.constant(new int[] {sparse.places(), 1}));
    }
    Operand<T> spread = objective.existingOnly(tf, tf.expandDims(slopes, tf.constant(0)), places);
    return tf.reshape(spread, tf.constant(new int[] {-1, outputs}));
  }

  /** Whether slopes needn't be summed up first: of plain gradient descent, in small batches. */
  private boolean isSingle() {
    return descent.rule() instanceof GradientDescentRule
        && descent.clipNorm() == null
        && batches.batchRows() <= ORDERED_ROWS
        && batches.batchRows() * sparse.places() <= MOST_SINGLE;
  }

  /** The weights of a batch, as a step reads and writes them. */
  private interface Touched<T extends TFloating> {
    /** {@code [places, rows, outputs]}. */
    Operand<T> weights();

    /**
     * What the rule is given.
     *
     * @param slopes of each place, {@code [places * rows, outputs]}
     */
    Operand<T> gradient(Operand<T> slopes);

    /** Takes the step; no later one may begin before the ops returned. */
    List<Op> step(Operand<T> gradient, UpdateRule.Step<T> shared);
  }

  /** Each place by itself, however often a weight is among them. */
  private final class Single implements Touched<T> {
    private final Operand<TInt32> places;
    private final Operand<T> gathered;

    Single(Operand<TInt32> places) {
      this.places = places;
      this.gathered =
          tf.withControlDependencies(last).resourceGather(weights.handle(), places, store.type());
    }

    @Override
    public Operand<T> weights() {
      return gathered;
    }

    @Override
    public Operand<T> gradient(Operand<T> slopes) {
      return slopes;
    }

    @Override
    public List<Op> step(Operand<T> gradient, UpdateRule.Step<T> shared) {
      int count = batches.batchRows() * sparse.places();
      int most = ORDERED_ROWS / batches.batchRows() * batches.batchRows();
      Operand<TInt32> flat = tf.reshape(places, tf.constant(new int[] {count}));
      Operand<T> moves = tf.math.mul(gradient, shared.learningRate());
      List<Op> ordered = List.of();
      for (int from = 0; from < count; from += most) {
        int rows = Math.min(most, count - from);
        ordered =
            List.of(
                tf.withControlDependencies(ordered)
                    .resourceScatterSub(
                        weights.handle(),
                        tf.slice(
                            flat, tf.constant(new int[] {from}), tf.constant(new int[] {rows})),
                        tf.slice(
                            moves,
                            tf.constant(new int[] {from, 0}),
                            tf.constant(new int[] {rows, outputs}))));
      }
      return ordered;
    }
  }

  /** Each weight once. */
  private final class Merged implements Touched<T> {
    private final Operand<TInt32> rows;
    private final Operand<TInt32> index;
    private final Parameter<T> before;

    Merged(Operand<TInt32> places) {
      Unique<TInt32, TInt32> unique =
          tf.unique(tf.reshape(places, tf.constant(new int[] {-1})), tf.constant(new int[] {0}));
      rows = unique.y();
      index = unique.idx();
      Ops ordered = tf.withControlDependencies(last);
      List<Operand<T>> slots = new ArrayList<>();
      for (int slot = 0; slot < descent.rule().slotsPerParameter(); slot++) {
        slots.add(
            ordered.resourceGather(
                store.group(StateGroup.SLOTS).get(slot).handle(), rows, store.type()));
      }
      before =
          new Parameter<>(0, ordered.resourceGather(weights.handle(), rows, store.type()), slots);
    }

    @Override
    public Operand<T> weights() {
      return tf.gather(
          before.value(),
          tf.reshape(index, tf.constant(new int[] {sparse.places(), batches.batchRows()})),
          tf.constant(0));
    }

    @Override
    public Operand<T> gradient(Operand<T> slopes) {
      return tf.math.unsortedSegmentSum(slopes, index, tf.size(rows));
    }

    @Override
    public List<Op> step(Operand<T> gradient, UpdateRule.Step<T> shared) {
      Parameter<T> after = descent.rule().after(tf, before, gradient, shared);
      List<Op> ops = new ArrayList<>();
      ops.add(tf.resourceScatterUpdate(weights.handle(), rows, after.value()));
      for (int slot = 0; slot < after.slots().size(); slot++) {
        ops.add(
            tf.resourceScatterUpdate(
                store.group(StateGroup.SLOTS).get(slot).handle(), rows, after.slots().get(slot)));
      }
      return ops;
    }
  }

  /** The weights of values, and below them the intercepts, with their slots. */
  private Parameter<T> readBesides() {
    int slots = descent.rule().slotsPerParameter();
    List<Operand<T>> both = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      both.add(
          readBesides(
              store.group(StateGroup.SLOTS).get(slot),
              store.group(StateGroup.SLOTS).get(slots + slot)));
    }
    return new Parameter<>(
        0, readBesides(weights, store.group(StateGroup.PARAMETERS).get(1)), both);
  }

  private Operand<T> readBesides(Variable<T> ofWeights, Variable<T> ofIntercepts) {
    List<Operand<T>> parts = new ArrayList<>();
    if (!sparse.dense().isEmpty()) {
      parts.add(tf.resourceGather(ofWeights.handle(), sparse.denseRows(tf), store.type()));
    }
    if (objective.fitIntercept()) {
      parts.add(tf.reshape(ofIntercepts.read(tf), tf.constant(new int[] {1, outputs})));
    }
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  private List<Op> keepBesides(Parameter<T> beside) {
    int slots = descent.rule().slotsPerParameter();
    List<Op> ops = new ArrayList<>();
    keepBesides(ops, beside.value(), weights, store.group(StateGroup.PARAMETERS).get(1));
    for (int slot = 0; slot < slots; slot++) {
      keepBesides(
          ops,
          beside.slots().get(slot),
          store.group(StateGroup.SLOTS).get(slot),
          store.group(StateGroup.SLOTS).get(slots + slot));
    }
    return ops;
  }

  private void keepBesides(
      List<Op> ops, Operand<T> both, Variable<T> ofWeights, Variable<T> ofIntercepts) {
    int dense = sparse.dense().size();
    if (dense > 0) {
      ops.add(
          tf.withControlDependencies(last)
              .resourceScatterUpdate(
                  ofWeights.handle(),
                  sparse.denseRows(tf),
                  tf.slice(
                      both,
                      tf.constant(new int[] {0, 0}),
                      tf.constant(new int[] {dense, outputs}))));
    }
    if (objective.fitIntercept()) {
      ops.add(
          ofIntercepts.assign(
              tf,
              tf.reshape(
                  tf.slice(
                      both, tf.constant(new int[] {dense, 0}), tf.constant(new int[] {1, outputs})),
                  tf.constant(new int[] {outputs}))));
    }
  }
}
