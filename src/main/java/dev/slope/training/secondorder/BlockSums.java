package dev.slope.training.secondorder;

import dev.slope.graph.RowRange;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Sums over all rows, block by block. A run of the graph computes a few blocks side by side, which
 * is where the cores come in; they are added up in the order of the rows. A block has a fixed
 * number of rows, so that neither threads nor the clock change a bit of the result, and it is small
 * enough to stay in the cache from its first use to its last.
 */
final class BlockSums {
  /** So many blocks side by side keep the cores of most machines busy with single-core ops. */
  static final int MAX_LANES = 32;

  private final Placeholder<TInt64> first;
  private final Placeholder<TInt64> end;
  private final List<Operand<TFloat64>> sums;
  private final long rowsPerRun;

  private BlockSums(
      Placeholder<TInt64> first,
      Placeholder<TInt64> end,
      List<Operand<TFloat64>> sums,
      long rowsPerRun) {
    this.first = first;
    this.end = end;
    this.sums = sums;
    this.rowsPerRun = rowsPerRun;
  }

  /**
   * Some consecutive rows.
   *
   * @param weights null where all weigh 1
   * @param offsets null where there are none
   * @param rows how many; a scalar
   */
  record Block<T extends TFloating>(
      Operand<T> features,
      Operand<T> labels,
      @Nullable Operand<T> weights,
      @Nullable Operand<T> offsets,
      Operand<TInt64> rows) {}

  /** What a block adds to the sums. */
  interface BlockOps<T extends TFloating> {
    /** Adds the ops of one block; what it returns is summed over blocks, each by itself. */
    List<Operand<TFloat64>> of(Ops tf, Block<T> block);
  }

  /**
   * Adds the ops of all sums.
   *
   * @param rowsPerBlock at least 1
   * @param maxLanes how many blocks a run takes at most; few where each op uses all cores by itself
   * @param expectedRows how many rows there will be at most, as far as known: fewer rows than a
   *     full run has take fewer ops
   */
  static <T extends TFloating> BlockSums build(
      Ops tf,
      RowOperands<T> rows,
      int rowsPerBlock,
      int maxLanes,
      long expectedRows,
      BlockOps<T> ops) {
    Placeholder<TInt64> first = scalar(tf);
    Placeholder<TInt64> end = scalar(tf);
    List<List<Operand<TFloat64>>> lanes = new ArrayList<>();
    long blocks = Math.max(1, (expectedRows + rowsPerBlock - 1) / rowsPerBlock);
    for (int lane = 0; lane < Math.min(maxLanes, blocks); lane++) {
      lanes.add(ops.of(tf, block(tf, rows, first, end, (long) lane * rowsPerBlock, rowsPerBlock)));
    }
    return new BlockSums(first, end, sums(tf, lanes), (long) lanes.size() * rowsPerBlock);
  }

  /** In the order of the blocks: TensorFlow's sum of several tensors goes from first to last. */
  private static List<Operand<TFloat64>> sums(Ops tf, List<List<Operand<TFloat64>>> lanes) {
    List<Operand<TFloat64>> sums = new ArrayList<>();
    for (int i = 0; i < lanes.get(0).size(); i++) {
      List<Operand<TFloat64>> terms = new ArrayList<>();
      for (List<Operand<TFloat64>> lane : lanes) {
        terms.add(lane.get(i));
      }
      sums.add(tf.math.addN(terms));
    }
    return sums;
  }

  /** How many rows a run of the graph takes. */
  long rowsPerRun() {
    return rowsPerRun;
  }

  /**
   * The sums over all rows.
   *
   * @param feeds what the blocks' ops and the rows themselves are fed, added to every run
   */
  List<double[]> over(Session session, long rows, UnaryOperator<Session.Runner> feeds) {
    List<double[]> sums = new ArrayList<>();
    for (long row = 0; row < rows; row += rowsPerRun) {
      addTo(sums, over(session, row, rows, feeds));
    }
    return sums;
  }

  /** The sums over the rows of one run: from {@code row} on, at most {@link #rowsPerRun}. */
  List<double[]> over(Session session, long row, long rows, UnaryOperator<Session.Runner> feeds) {
    List<double[]> values = new ArrayList<>();
    try (TInt64 firstRow = TInt64.scalarOf(row);
        TInt64 endRow = TInt64.scalarOf(rows)) {
      Session.Runner runner = feeds.apply(session.runner()).feed(first, firstRow).feed(end, endRow);
      sums.forEach(runner::fetch);
      try (Result result = runner.run()) {
        for (int i = 0; i < sums.size(); i++) {
          values.add(Tensors.doubles(result.get(i)));
        }
      }
    }
    return values;
  }

  private static void addTo(List<double[]> sums, List<double[]> values) {
    if (sums.isEmpty()) {
      sums.addAll(values);
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      double[] sum = sums.get(i);
      double[] value = values.get(i);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += value[j];
      }
    }
  }

  private static <T extends TFloating> Block<T> block(
      Ops tf,
      RowOperands<T> rows,
      Operand<TInt64> first,
      Operand<TInt64> end,
      long offset,
      int rowsPerBlock) {
    Operand<TInt64> from = tf.math.minimum(tf.math.add(first, tf.constant(offset)), end);
    Operand<TInt64> count =
        tf.math.minimum(tf.constant((long) rowsPerBlock), tf.math.sub(end, from));
    Operand<T> weights = rows.weights();
    Operand<T> offsets = rows.offsets();
    return new Block<>(
        RowRange.of(tf, rows.features(), from, count, rows.inputs()),
        RowRange.of(tf, rows.labels(), from, count, rows.labelColumns()),
        weights == null ? null : RowRange.of(tf, weights, from, count, 1),
        offsets == null ? null : RowRange.of(tf, offsets, from, count, 1),
        count);
  }

  private static Placeholder<TInt64> scalar(Ops tf) {
    return tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
  }
}
