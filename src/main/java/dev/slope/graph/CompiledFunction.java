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
import org.tensorflow.types.TFloat32;

/**
 * A function of float32 tensors that XLA compiles once, wherever and however often it is called.
 * Each call is one op: TensorFlow runs those that don't wait for each other on several cores.
 */
final class CompiledFunction implements AutoCloseable {
  private final ConcreteFunction function;
  private final int arguments;
  private final int results;

  private CompiledFunction(ConcreteFunction function, int arguments, int results) {
    this.function = function;
    this.arguments = arguments;
    this.results = results;
  }

  /** What a function does. */
  interface Body {
    /** Adds it and returns its results. */
    List<Operand<TFloat32>> add(Ops tf, List<Operand<TFloat32>> arguments);
  }

  /**
   * Builds one.
   *
   * @param shapes of its arguments, all of them static
   */
  static CompiledFunction of(List<Shape> shapes, Body body) {
    List<Operand<TFloat32>> results = new ArrayList<>();
    ConcreteFunction function =
        ConcreteFunction.create(
            tf -> {
              Signature.Builder signature = Signature.builder();
              List<Operand<TFloat32>> arguments = new ArrayList<>();
              for (Shape shape : shapes) {
                arguments.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape)));
                signature.input(
                    "argument_" + arguments.size(), arguments.get(arguments.size() - 1));
              }
              for (Operand<TFloat32> result : body.add(tf, arguments)) {
                results.add(result);
                // A function can't return its own argument.
                signature.output("result_" + results.size(), tf.identity(result));
              }
              return signature.build();
            });
    return new CompiledFunction(function, shapes.size(), results.size());
  }

  /** Adds a call. */
  List<Operand<TFloat32>> call(Ops tf, List<Operand<TFloat32>> arguments) {
    Operation operation =
        tf.scope()
            .opBuilder("PartitionedCall", tf.scope().makeOpName("CompiledFunction"))
            .addInputList(arguments.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
            .setAttr("f", function)
            .setAttr("Tin", types(this.arguments))
            .setAttr("Tout", types(results))
            .setAttr("_XlaMustCompile", true)
            .build();
    List<Operand<TFloat32>> called = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      called.add(operation.output(i));
    }
    return called;
  }

  private static DataType[] types(int count) {
    DataType[] types = new DataType[count];
    Arrays.fill(types, DataType.DT_FLOAT);
    return types;
  }

  /** Frees the builder's copy; graphs that call it keep their own. */
  @Override
  public void close() {
    function.close();
  }
}
