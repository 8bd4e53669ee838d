package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** TensorFlow's own differentiation, in a graph or inside a function. */
final class Gradients {
  private Gradients() {}

  /** Adds the gradient of a scalar with respect to each parameter, in their order and shapes. */
  static <T extends TFloating> List<Operand<T>> of(
      Ops tf, Operand<T> loss, List<Operand<T>> parameters) {
    Output<?>[] inputs = parameters.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    List<Operand<T>> gradients = new ArrayList<>();
    for (Output<?> gradient : ((Graph) tf.scope().env()).addGradients(loss.asOutput(), inputs)) {
      gradients.add(gradient.expect(loss.type()));
    }
    return gradients;
  }
}
