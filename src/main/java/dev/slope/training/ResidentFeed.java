package dev.slope.training;

import dev.slope.graph.RowsSource;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Data that come in all at once, before the first epoch. */
interface ResidentFeed extends DataFeed {

  /** Adds placeholders, once, and returns what an objective is computed from. */
  List<Operand<TFloat32>> addData(Ops tf);

  @Override
  default RowsSource addTo(Ops tf) {
    return new RowsSource.Resident(addData(tf));
  }
}
