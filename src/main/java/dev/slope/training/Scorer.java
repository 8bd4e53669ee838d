package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.ForwardPass;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.TensorMemory;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
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

/** Scores rows by the forward pass that is served. */
final class Scorer {
  private final FittedFeatures features;
  private final LinearWeights weights;
  private final Device device;

  Scorer(FittedFeatures features, LinearWeights weights, Device device) {
    this.features = features;
    this.weights = weights;
    this.device = device;
  }

  /** The scores of rows, offsets included, one column an output, in the blocks of the rows. */
  FloatMatrix scores(TrainingRows rows) {
    try (Graph graph = TensorFlowRuntime.newGraph()) {
      Ops tf = Ops.create(graph).withDevice(device.placement());
      Precision precision = rows.rawFeatures().precision();
      Ends<?> ends = Ends.add(tf, FloatTypes.of(precision), features, weights);
      int outputs = weights.outputs().size();
      try (Session session = new Session(graph, device.session());
          Tensor fedWeights =
              Tensors.of(precision, Shape.of(weights.inputs().size(), outputs), weights.weights());
          Tensor fedIntercepts = Tensors.of(precision, Shape.of(outputs), weights.intercepts())) {
        FloatMatrix scores = blank(rows.rawFeatures(), weights.outputs());
        RowSlices.forEach(
            FloatBlock.MAX_VALUES,
            List.of(rows.rawFeatures(), scores),
            (count, values) -> {
              try (Tensor tensor = Tensors.matrix(Objects.requireNonNull(values.get(0)));
                  Result result =
                      session
                          .runner()
                          .feed(ends.raw, tensor)
                          .feed(ends.weights, fedWeights)
                          .feed(ends.intercepts, fedIntercepts)
                          .fetch(ends.scores)
                          .run()) {
                Objects.requireNonNull(values.get(1)).bytes().put(TensorMemory.of(result.get(0)));
              }
            });
        FloatMatrix offsets = rows.offsets();
        return offsets == null ? scores : plus(scores, offsets);
      }
    }
  }

  /** Room for the scores of rows, in their blocks; several for one that has too few columns. */
  static FloatMatrix blank(FloatMatrix rows, List<String> outputs) {
    List<FloatBlock> blocks = new ArrayList<>();
    int most = FloatBlock.MAX_VALUES / Math.max(rows.columns(), outputs.size());
    for (FloatBlock block : rows.blocks()) {
      for (int row = 0; row < block.rows(); row += most) {
        blocks.add(
            new FloatBlock(rows.precision(), Math.min(most, block.rows() - row), outputs.size()));
      }
    }
    return new FloatMatrix(outputs, blocks);
  }

  /** Adds a row's offset to each of its scores; the blocks of the two may differ. */
  static FloatMatrix plus(FloatMatrix scores, FloatMatrix offsets) {
    int block = 0;
    int row = 0;
    for (FloatBlock each : scores.blocks()) {
      for (int i = 0; i < each.rows(); i++) {
        while (row == offsets.blocks().get(block).rows()) {
          block++;
          row = 0;
        }
        double offset = offsets.blocks().get(block).get(row++, 0);
        for (int output = 0; output < each.columns(); output++) {
          each.set(i, output, each.get(i, output) + offset);
        }
      }
    }
    return scores;
  }

  private record Ends<T extends TFloating>(
      Placeholder<T> raw, Placeholder<T> weights, Placeholder<T> intercepts, Operand<T> scores) {
    static <T extends TFloating> Ends<T> add(
        Ops tf, Class<T> type, FittedFeatures features, LinearWeights parameters) {
      int outputs = parameters.outputs().size();
      Placeholder<T> raw = input(tf, type, Shape.of(Shape.UNKNOWN_SIZE, features.columns().size()));
      Placeholder<T> weights = input(tf, type, Shape.of(parameters.inputs().size(), outputs));
      Placeholder<T> intercepts = input(tf, type, Shape.of(outputs));
      return new Ends<>(
          raw, weights, intercepts, ForwardPass.score(tf, features, raw, weights, intercepts));
    }

    private static <T extends TFloating> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
      return tf.placeholder(type, Placeholder.shape(shape));
    }
  }
}
