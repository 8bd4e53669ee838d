package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.SparseRows;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.Tensors;
import java.util.Arrays;
import java.util.Objects;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/**
 * Squares of rows' lengths, {@code w_i * (|x_i|^2 + 1)} over encoded rows, their weights having a
 * mean of 1; the 1 stands for the intercept. The largest bounds how curved the loss of one row is,
 * the mean how curved that of all rows together.
 *
 * @param largestSquare of a row
 * @param meanSquare over all rows
 */
record RowNorms(double largestSquare, double meanSquare) {
  /** 4 MiB of coded values at once. */
  private static final int SLICE_VALUES = 1 << 20;

  /** Those of a job's training rows, without a one-hot matrix. */
  static RowNorms of(TrainingJob job, Device device) {
    TrainingRows rows = job.rows();
    FloatMatrix weights = rows.weights() == null ? null : RowsFeed.withMeanOne(rows.weights());
    double intercept = job.model().fitIntercept() ? 1 : 0;
    int columns = job.features().columns().size();
    double[] largest = new double[1];
    double[] sum = new double[1];
    try (Graph graph = TensorFlowRuntime.newGraph()) {
      Ops tf = Ops.create(graph).withDevice(device.placement());
      Squares<?> ops = Squares.add(tf, FloatTypes.of(job.precision()), job.features());
      try (Session session = new Session(graph, device.session())) {
        RowSlices.forEach(
            Math.max(1, SLICE_VALUES / columns),
            Arrays.asList(rows.rawFeatures(), weights),
            (count, values) -> {
              FloatBlock weight = values.get(1);
              try (Tensor fed = Tensors.matrix(Objects.requireNonNull(values.get(0)));
                  Result result = session.runner().feed(ops.coded, fed).fetch(ops.squares).run()) {
                double[] found = Tensors.doubles(result.get(0));
                for (int row = 0; row < count; row++) {
                  double square =
                      (found[row] + intercept) * (weight == null ? 1 : weight.get(row, 0));
                  largest[0] = Math.max(largest[0], square);
                  sum[0] += square;
                }
              }
            });
      }
    }
    return new RowNorms(largest[0], sum[0] / rows.labels().rows());
  }

  private record Squares<T extends TFloating>(Placeholder<T> coded, Operand<T> squares) {
    static <T extends TFloating> Squares<T> add(Ops tf, Class<T> type, FittedFeatures features) {
      Placeholder<T> coded =
          tf.placeholder(
              type, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, features.columns().size())));
      return new Squares<>(coded, SparseRows.squares(tf, features, coded));
    }
  }
}
