package dev.slope.training;

import dev.slope.graph.RowsSource;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Data that come in all at once, before the first epoch. */
interface ResidentFeed extends DataFeed {

  /** Adds placeholders, once, and returns what an objective is computed from. */
  <T extends TFloating> List<Operand<T>> addData(Ops tf, Class<T> type);

  @Override
  default <T extends TFloating> RowsSource<T> addTo(Ops tf, Class<T> type) {
    return new RowsSource.Resident<>(addData(tf, type));
  }
}
