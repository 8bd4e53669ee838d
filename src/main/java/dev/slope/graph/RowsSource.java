package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** How the data of an objective come into a training graph. */
public sealed interface RowsSource<T extends TFloating> {

  /**
   * All at once, before the first epoch; they stay in variables.
   *
   * @param data of the objective, from placeholders that the caller feeds with the start
   */
  record Resident<T extends TFloating>(List<Operand<T>> data) implements RowsSource<T> {
    public Resident {
      data = List.copyOf(data);
    }
  }

  /**
   * Packed rows of whole epochs, fed with each call.
   *
   * @param packed {@code [epochs * steps * batchRows, packedColumns]}
   */
  record WholeEpochs<T extends TFloating>(Placeholder<T> packed) implements RowsSource<T> {}

  /**
   * Packed rows of a part of an epoch, fed part by part before the call that ends the epoch.
   *
   * @param packed {@code [any number of batches * batchRows, packedColumns]}
   */
  record Parts<T extends TFloating>(Placeholder<T> packed) implements RowsSource<T> {}
}
