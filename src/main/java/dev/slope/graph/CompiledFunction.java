package dev.slope.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.family.TFloating;

/**
 * A function of floating-point tensors that XLA compiles once, wherever and however often it is
 * called. Each call is one op: TensorFlow runs those that don't wait for each other on several
 * cores.
 */
final class CompiledFunction<T extends TFloating> implements AutoCloseable {
  private final ConcreteFunction function;
  private final int arguments;
  private final int results;

  private CompiledFunction(ConcreteFunction function, int arguments, int results) {
    this.function = function;
    this.arguments = arguments;
    this.results = results;
  }

  /** What a function does. */
  interface Body<T extends TFloating> {
    /** Adds it and returns its results. */
    List<Operand<T>> add(Ops tf, List<Operand<T>> arguments);
  }

  /**
   * Builds one.
   *
   * @param type of its arguments and results
   * @param shapes of its arguments, all of them static
   */
  static <T extends TFloating> CompiledFunction<T> of(
      Class<T> type, List<Shape> shapes, Body<T> body) {
    List<Operand<T>> results = new ArrayList<>();
    ConcreteFunction function =
        ConcreteFunction.create(
            tf -> {
              Signature.Builder signature = Signature.builder();
              List<Operand<T>> arguments = new ArrayList<>();
              for (Shape shape : shapes) {
                arguments.add(tf.placeholder(type, Placeholder.shape(shape)));
                signature.input(
                    "argument_" + arguments.size(), arguments.get(arguments.size() - 1));
              }
              for (Operand<T> result : body.add(tf, arguments)) {
                results.add(result);
                // A function can't return its own argument.
                signature.output("result_" + results.size(), tf.identity(result));
              }
              return signature.build();
            });
    return new CompiledFunction<>(function, shapes.size(), results.size());
  }

  /** Adds a call. */
  List<Operand<T>> call(Ops tf, List<Operand<T>> arguments) {
    Operation operation =
        tf.scope()
            .opBuilder("PartitionedCall", tf.scope().makeOpName("CompiledFunction"))
            .addInputList(arguments.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
            .setAttr("f", function)
            .setAttr("Tin", types(arguments.get(0), this.arguments))
            .setAttr("Tout", types(arguments.get(0), results))
            .setAttr("_XlaMustCompile", true)
            .build();
    List<Operand<T>> called = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      called.add(operation.output(i));
    }
    return called;
  }

  private static DataType[] types(Operand<?> like, int count) {
    DataType[] types = new DataType[count];
    Arrays.fill(types, like.asOutput().dataType());
    return types;
  }

  /** Frees the builder's copy; graphs that call it keep their own. */
  @Override
  public void close() {
    function.close();
  }
}
