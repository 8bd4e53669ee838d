package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** How the data of an objective come into a training graph. */
public sealed interface RowsSource {

  /**
   * All at once, before the first epoch; they stay in variables.
   *
   * @param data of the objective, from placeholders that the caller feeds with the start
   */
  record Resident(List<Operand<TFloat32>> data) implements RowsSource {
    public Resident {
      data = List.copyOf(data);
    }
  }

  /**
   * Packed rows of whole epochs, fed with each call.
   *
   * @param packed {@code [epochs * steps * batchRows, packedColumns]}
   */
  record WholeEpochs(Placeholder<TFloat32> packed) implements RowsSource {}

  /**
   * Packed rows of a part of an epoch, fed part by part before the call that ends the epoch.
   *
   * @param packed {@code [any number of batches * batchRows, packedColumns]}
   */
  record Parts(Placeholder<TFloat32> packed) implements RowsSource {}
}
