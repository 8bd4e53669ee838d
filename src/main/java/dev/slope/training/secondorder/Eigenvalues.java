package dev.slope.training.secondorder;

import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.types.TFloat64;

/** The eigenvalues of symmetric matrices, by TensorFlow in float64. */
final class Eigenvalues {
  private Eigenvalues() {}

  /** All eigenvalues, smallest first. */
  static double[] of(SymmetricMatrix matrix) {
    try (Graph graph = TensorFlowRuntime.newGraph();
        Session session = new Session(graph);
        TFloat64 values = Tensors.matrix(matrix.size(), matrix.size(), matrix.values())) {
      Ops tf = Ops.create(graph);
      var input = tf.placeholder(TFloat64.class);
      SelfAdjointEig<TFloat64> eigen =
          tf.linalg.selfAdjointEig(input, SelfAdjointEig.computeV(false));
      try (Result result = session.runner().feed(input, values).fetch(eigen.e()).run()) {
        return Tensors.doubles(result.get(0));
      }
    }
  }
}
