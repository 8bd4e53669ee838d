package dev.slope.training;

import dev.slope.graph.RowsSource;
import java.util.List;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What an objective is computed from, on its way into a graph: first added, then fed. */
interface DataFeed {

  /** Adds placeholders, once, and returns how the objective's data come in. */
  <T extends TFloating> RowsSource<T> addTo(Ops tf, Class<T> type);

  /** Feeds what comes in before the first epoch; the caller closes the tensors after the run. */
  List<Tensor> feed(Session.Runner runner);
}
