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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Steps that touch no weight but those of their batch, in place. That is the very step of a rule
 * which leaves a parameter alone whose gradient is 0, where no penalty and no bound moves it: plain
 * gradient descent, adagrad, and ftrl, whose sum of a parameter without a gradient stays {@code -q}
 * times the parameter.
 *
 * <p>Slopes of the same weight are summed up before the rule sees them, in the order of the rows,
 * and each weight is then written once, so that threads can't change the bytes. Weights of values
 * and the intercept go from step to step beside the variables, as one matrix.
 */
final class LazySteps {
  /** Up to so many rows of an update TensorFlow adds them one by one, in their order. */
  private static final int ORDERED_ROWS = 1023;

  /** Beyond it, in pieces of {@link #ORDERED_ROWS}, single slopes cost more than sums of them. */
  private static final int MOST_SINGLE = 4 * ORDERED_ROWS;

  private final Ops tf;
  private final Descent descent;
  private final SparseObjective objective;
  private final SparseRows sparse;
  private final Batches batches;
  private final StateStore store;
  private final Variable<TFloat32> weights;
  private final int outputs;
  private final int besides;
  private List<Op> last = List.of();

  LazySteps(Ops tf, Descent descent, Batches batches, StateStore store) {
    this.tf = tf;
    this.descent = descent;
    this.objective = (SparseObjective) descent.objective();
    this.sparse = objective.sparse();
    this.batches = batches;
    this.store = store;
    this.weights = store.group(StateGroup.PARAMETERS).get(0);
    this.outputs = objective.model().outputs();
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
   * The rows of a run, column by column.
   *
   * @param besides values and a 1 for the intercept, {@code [rows, besides]}; null where there are
   *     none
   * @param weights a batch's are divided by its rows; null where rows have none
   */
  private record Columns(
      Operand<TInt32> places,
      @Nullable Operand<TFloat32> besides,
      Operand<TFloat32> labels,
      @Nullable Operand<TFloat32> weights,
      @Nullable Operand<TFloat32> offsets) {}

  /**
   * Adds the steps.
   *
   * @param rows of all their batches, packed
   */
  SparseSteps.Taken take(Operand<TFloat32> rows, List<SparseSteps.Step> steps) {
    List<Operand<TFloat32>> data = batches.unpack(tf, rows, steps.size());
    Columns columns = columns(rows, data);
    Parameter beside = besides == 0 ? null : readBesides();
    List<Operand<TFloat32>> scores = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      beside = take(i, columns, steps.get(i), beside, scores);
    }
    List<Op> ops = new ArrayList<>(last);
    if (beside != null) {
      ops.addAll(keepBesides(beside));
    }
    Operand<TFloat32> losses =
        objective.lossesOfBatches(
            tf,
            steps.size(),
            scores.size() == 1 ? scores.get(0) : tf.concat(scores, tf.constant(0)),
            data.get(1),
            data.subList(2, data.size()));
    return new SparseSteps.Taken(losses, ops);
  }

  private Columns columns(Operand<TFloat32> rows, List<Operand<TFloat32>> data) {
    boolean weighted = batches.batch().weighted();
    return new Columns(
        sparse.placesOf(tf, rows, -1),
        besides(rows, data.get(1)),
        data.get(1),
        weighted ? tf.math.mul(data.get(2), tf.constant(1f / batches.batchRows())) : null,
        batches.batch().offset() ? data.get(data.size() - 1) : null);
  }

  private @Nullable Operand<TFloat32> besides(Operand<TFloat32> rows, Operand<TFloat32> labels) {
    if (besides == 0) {
      return null;
    }
    if (!objective.fitIntercept()) {
      return sparse.denseOf(tf, rows, -1);
    }
    Operand<TFloat32> ones =
        tf.onesLike(
            tf.slice(labels, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1})));
    return sparse.dense().isEmpty()
        ? ones
        : tf.concat(List.of(sparse.denseOf(tf, rows, -1), ones), tf.constant(1));
  }

  private @Nullable Parameter take(
      int index,
      Columns columns,
      SparseSteps.Step step,
      @Nullable Parameter beside,
      List<Operand<TFloat32>> scores) {
    Operand<TInt32> places = batch(columns.places(), index, sparse.places());
    Touched touched = isSingle() ? new Single(existing(places)) : new Merged(existing(places));
    Operand<TFloat32> score = objective.sum(tf, touched.weights(), places);
    Operand<TFloat32> values = null;
    if (beside != null && columns.besides() != null) {
      values = batch(columns.besides(), index, besides);
      score = tf.math.add(score, tf.linalg.matMul(values, beside.value()));
    }
    if (columns.offsets() != null) {
      score = tf.math.add(score, batch(columns.offsets(), index, 1));
    }
    scores.add(score);
    Operand<TFloat32> slopes =
        objective
            .loss()
            .slopes(tf, score, batch(columns.labels(), index, batches.batch().labelColumns()));
    slopes =
        tf.math.mul(
            slopes,
            columns.weights() == null
                ? tf.constant(1f / batches.batchRows())
                : batch(columns.weights(), index, 1));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    gradients.add(touched.gradient(objective.slopesOfPlaces(tf, slopes, places)));
    if (values != null) {
      gradients.add(tf.linalg.matMul(values, slopes, MatMul.transposeA(true)));
    }
    gradients = GradientClipping.clip(tf, gradients, descent.clipNorm());
    last = touched.step(gradients.get(0), step.shared());
    return beside == null || values == null
        ? beside
        : descent.rule().after(tf, beside, gradients.get(1), step.shared());
  }

  private Operand<TInt32> existing(Operand<TInt32> places) {
    return objective.existing(tf, places);
  }

  private <T extends TType> Operand<T> batch(Operand<T> all, int index, int columns) {
    int rows = batches.batchRows();
    return tf.slice(
        all, tf.constant(new int[] {index * rows, 0}), tf.constant(new int[] {rows, columns}));
  }

  /** Whether slopes needn't be summed up first: of plain gradient descent, in small batches. */
  private boolean isSingle() {
    return descent.rule() instanceof GradientDescentRule
        && descent.clipNorm() == null
        && batches.batchRows() * sparse.places() <= MOST_SINGLE;
  }

  /** The weights of a batch, as a step reads and writes them. */
  private interface Touched {
    /** {@code [rows, places, outputs]}. */
    Operand<TFloat32> weights();

    /**
     * What the rule is given.
     *
     * @param slopes of each place, {@code [rows * places, outputs]}
     */
    Operand<TFloat32> gradient(Operand<TFloat32> slopes);

    /** Takes the step; no later one may begin before the ops returned. */
    List<Op> step(Operand<TFloat32> gradient, UpdateRule.Step shared);
  }

  /** Each place by itself, however often a weight is among them. */
  private final class Single implements Touched {
    private final Operand<TInt32> places;
    private final Operand<TFloat32> gathered;

    Single(Operand<TInt32> places) {
      this.places = places;
      this.gathered =
          tf.withControlDependencies(last).resourceGather(weights.handle(), places, TFloat32.class);
    }

    @Override
    public Operand<TFloat32> weights() {
      return gathered;
    }

    @Override
    public Operand<TFloat32> gradient(Operand<TFloat32> slopes) {
      return slopes;
    }

    @Override
    public List<Op> step(Operand<TFloat32> gradient, UpdateRule.Step shared) {
      int count = batches.batchRows() * sparse.places();
      Operand<TInt32> flat = tf.reshape(places, tf.constant(new int[] {count}));
      Operand<TFloat32> moves = tf.math.mul(gradient, shared.learningRate());
      List<Op> ordered = List.of();
      for (int from = 0; from < count; from += ORDERED_ROWS) {
        int rows = Math.min(ORDERED_ROWS, count - from);
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
  private final class Merged implements Touched {
    private final Operand<TInt32> rows;
    private final Operand<TInt32> index;
    private final Parameter before;

    Merged(Operand<TInt32> places) {
      Unique<TInt32, TInt32> unique =
          tf.unique(tf.reshape(places, tf.constant(new int[] {-1})), tf.constant(new int[] {0}));
      rows = unique.y();
      index = unique.idx();
      Ops ordered = tf.withControlDependencies(last);
      List<Operand<TFloat32>> slots = new ArrayList<>();
      for (int slot = 0; slot < descent.rule().slotsPerParameter(); slot++) {
        slots.add(
            ordered.resourceGather(
                store.group(StateGroup.SLOTS).get(slot).handle(), rows, TFloat32.class));
      }
      before =
          new Parameter(0, ordered.resourceGather(weights.handle(), rows, TFloat32.class), slots);
    }

    @Override
    public Operand<TFloat32> weights() {
      return tf.gather(
          before.value(),
          tf.reshape(index, tf.constant(new int[] {batches.batchRows(), sparse.places()})),
          tf.constant(0));
    }

    @Override
    public Operand<TFloat32> gradient(Operand<TFloat32> slopes) {
      return tf.math.unsortedSegmentSum(slopes, index, tf.size(rows));
    }

    @Override
    public List<Op> step(Operand<TFloat32> gradient, UpdateRule.Step shared) {
      Parameter after = descent.rule().after(tf, before, gradient, shared);
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
  private Parameter readBesides() {
    int slots = descent.rule().slotsPerParameter();
    List<Operand<TFloat32>> both = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      both.add(
          readBesides(
              store.group(StateGroup.SLOTS).get(slot),
              store.group(StateGroup.SLOTS).get(slots + slot)));
    }
    return new Parameter(0, readBesides(weights, store.group(StateGroup.PARAMETERS).get(1)), both);
  }

  private Operand<TFloat32> readBesides(
      Variable<TFloat32> ofWeights, Variable<TFloat32> ofIntercepts) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    if (!sparse.dense().isEmpty()) {
      parts.add(tf.resourceGather(ofWeights.handle(), sparse.denseRows(tf), TFloat32.class));
    }
    if (objective.fitIntercept()) {
      parts.add(tf.reshape(ofIntercepts.read(tf), tf.constant(new int[] {1, outputs})));
    }
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  private List<Op> keepBesides(Parameter beside) {
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
      List<Op> ops,
      Operand<TFloat32> both,
      Variable<TFloat32> ofWeights,
      Variable<TFloat32> ofIntercepts) {
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
