package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import dev.slope.graph.RowsInput;
import dev.slope.graph.RowsShape;
import dev.slope.graph.SparseRows;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Rows as they are, all of them at once. */
final class RowsFeed implements ResidentFeed {
  private final FittedFeatures features;
  private final @Nullable SparseRows sparse;
  private final TrainingRows rows;
  private @Nullable RowsInput<?> input;

  RowsFeed(FittedFeatures features, TrainingRows rows) {
    this(features, null, rows);
  }

  /**
   * A feed.
   *
   * @param sparse how features are packed; null where each input is a value
   */
  RowsFeed(FittedFeatures features, @Nullable SparseRows sparse, TrainingRows rows) {
    this.features = features;
    this.sparse = sparse;
    this.rows = rows;
  }

  RowsShape shape() {
    return new RowsShape(
        rows.labels().rows(),
        sparse == null ? features.inputs().size() : sparse.columns(),
        rows.labels().columns(),
        rows.weights() != null,
        rows.offsets() != null);
  }

  @Override
  public <T extends TFloating> List<Operand<T>> addData(Ops tf, Class<T> type) {
    RowsInput<T> added = RowsInput.create(tf, type, features, sparse, shape());
    input = added;
    return added.data();
  }

  @Override
  public List<Tensor> feed(Session.Runner runner) {
    RowsInput<?> to = Objects.requireNonNull(input, "addTo comes first");
    List<Tensor> tensors = new ArrayList<>();
    feed(runner, to.raw(), rows.rawFeatures(), tensors);
    feed(runner, to.labels(), rows.labels(), tensors);
    if (to.weights() != null && rows.weights() != null) {
      feed(runner, to.weights(), withMeanOne(rows.weights()), tensors);
    }
    if (to.offsets() != null && rows.offsets() != null) {
      feed(runner, to.offsets(), rows.offsets(), tensors);
    }
    return tensors;
  }

  private static void feed(
      Session.Runner runner, Operand<?> to, FloatMatrix matrix, List<Tensor> tensors) {
    Tensor tensor = Tensors.matrix(matrix);
    tensors.add(tensor);
    runner.feed(to, tensor);
  }

  /** Row weights divided by their mean, which the objective asks for; summed in float64. */
  static FloatMatrix withMeanOne(FloatMatrix weights) {
    double sum = 0;
    for (FloatBlock block : weights.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        sum += block.get(row, 0);
      }
    }
    double scale = weights.rows() / sum;
    List<FloatBlock> blocks = new ArrayList<>();
    for (FloatBlock block : weights.blocks()) {
      FloatBlock scaled = new FloatBlock(block.precision(), block.rows(), 1);
      for (int row = 0; row < block.rows(); row++) {
        scaled.set(row, 0, block.get(row, 0) * scale);
      }
      blocks.add(scaled);
    }
    return new FloatMatrix(weights.names(), blocks);
  }
}
