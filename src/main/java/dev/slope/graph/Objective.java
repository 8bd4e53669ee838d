package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What training minimises, penalty included, as a function of weights and intercepts and of the
 * data that a plan keeps on the device.
 */
public sealed interface Objective
    permits RowsObjective,
        PartedObjective,
        QuadraticObjective,
        SparseObjective,
        GivenObjective,
        ColumnwiseObjective {

  /** The size of the model. */
  ModelShape model();

  /** The shapes of the tensors it is computed from. */
  List<Shape> dataShapes();

  /** Whether it is compiled by itself, so that a loop around it must not be. */
  default boolean isCompiled() {
    return false;
  }

  /**
   * Whether each column of the weights is a training of its own. What a training has one of, its
   * loss first of all, is then a vector with a value for each column, {@code [outputs]}.
   */
  default boolean isColumnwise() {
    return false;
  }

  /**
   * Adds the objective.
   *
   * @param parameters weights {@code [inputs, outputs]} and intercepts {@code [outputs]}
   * @param data in the order of {@link #dataShapes}
   * @return a scalar; one value a column where each is a training of its own
   */
  <T extends TFloating> Operand<T> loss(Ops tf, List<Operand<T>> parameters, List<Operand<T>> data);

  /** Adds the objective and its gradients. */
  <T extends TFloating> Evaluation<T> evaluate(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data);

  /**
   * The objective at some parameters.
   *
   * @param loss a scalar, penalty included; one value a column where each is a training of its own
   * @param gradients of its smooth part (without l1), one a parameter and of its shape
   */
  record Evaluation<T extends TFloating>(Operand<T> loss, List<Operand<T>> gradients) {
    public Evaluation {
      gradients = List.copyOf(gradients);
    }
  }
}
