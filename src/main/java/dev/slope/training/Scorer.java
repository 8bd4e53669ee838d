package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import dev.slope.graph.ForwardPass;
import dev.slope.training.tensors.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

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
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph).withDevice(device.placement());
      Placeholder<TFloat32> raw =
          input(tf, Shape.of(Shape.UNKNOWN_SIZE, features.columns().size()));
      Placeholder<TFloat32> w =
          input(tf, Shape.of(weights.inputs().size(), weights.outputs().size()));
      Placeholder<TFloat32> b = input(tf, Shape.of(weights.outputs().size()));
      Operand<TFloat32> scores = ForwardPass.score(tf, features, raw, w, b);
      try (Session session = new Session(graph, device.session());
          TFloat32 fedWeights =
              Tensors.matrix(
                  weights.inputs().size(),
                  weights.outputs().size(),
                  Tensors.toFloats(weights.weights()));
          TFloat32 fedIntercepts = TFloat32.vectorOf(Tensors.toFloats(weights.intercepts()))) {
        List<FloatBlock> blocks = new ArrayList<>();
        FloatMatrix matrix = rows.rawFeatures();
        int maxRows = FloatBlock.MAX_VALUES / Math.max(matrix.columns(), weights.outputs().size());
        for (FloatBlock block : matrix.blocks()) {
          for (int row = 0; row < block.rows(); row += maxRows) {
            int count = Math.min(maxRows, block.rows() - row);
            FloatBuffer values =
                block.values().slice(row * block.columns(), count * block.columns());
            FloatBlock scored = new FloatBlock(count, weights.outputs().size());
            try (TFloat32 tensor = Tensors.matrix(count, block.columns(), values);
                Result result =
                    session
                        .runner()
                        .feed(raw, tensor)
                        .feed(w, fedWeights)
                        .feed(b, fedIntercepts)
                        .fetch(scores)
                        .run()) {
              ((TFloat32) result.get(0)).copyTo(DataBuffers.of(scored.values()));
            }
            blocks.add(scored);
          }
        }
        FloatMatrix offsets = rows.offsets();
        FloatMatrix scored = new FloatMatrix(weights.outputs(), blocks);
        return offsets == null ? scored : plus(scored, offsets);
      }
    }
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
        float offset = offsets.blocks().get(block).get(row++, 0);
        for (int output = 0; output < each.columns(); output++) {
          each.set(i, output, each.get(i, output) + offset);
        }
      }
    }
    return scores;
  }

  private static Placeholder<TFloat32> input(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }
}
