package dev.slope.training;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What an objective is computed from, on its way into a graph: first added, then fed. */
interface DataFeed {

  /** Adds placeholders, once, and returns the objective's data. */
  List<Operand<TFloat32>> addTo(Ops tf);

  /** Feeds the placeholders; the caller closes the tensors after the run. */
  List<Tensor> feed(Session.Runner runner);
}
