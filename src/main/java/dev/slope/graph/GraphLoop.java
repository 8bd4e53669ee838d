package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;

/**
 * A {@code StatelessWhile}, which XLA may compile. Its functions can't capture anything from the
 * outer graph, so whatever they use goes round with them: the state changes, the constants don't.
 */
final class GraphLoop {
  private final Condition condition;
  private final Body body;
  private final List<Operand<?>> state;
  private final List<Operand<?>> constants;

  private GraphLoop(
      List<Operand<?>> state, List<Operand<?>> constants, Condition condition, Body body) {
    this.state = state;
    this.constants = constants;
    this.condition = condition;
    this.body = body;
  }

  /** Whether the body runs again. */
  interface Condition {
    /** Adds the test, a scalar. */
    Operand<TBool> add(Ops tf, List<Operand<?>> state, List<Operand<?>> constants);
  }

  /** What the loop repeats. */
  interface Body {
    /** Adds it and returns the state after it, in the same order, types and shapes. */
    List<Operand<?>> add(Ops tf, List<Operand<?>> state, List<Operand<?>> constants);
  }

  /**
   * Adds the loop.
   *
   * @param compiled whether XLA compiles it as a whole
   * @param state what it starts from; types and shapes are static
   * @param constants what the condition and the body use besides
   * @return the state it ends in
   */
  static List<Operand<?>> add(
      Ops tf,
      String name,
      boolean compiled,
      List<Operand<?>> state,
      List<Operand<?>> constants,
      Condition condition,
      Body body) {
    GraphLoop loop = new GraphLoop(state, constants, condition, body);
    List<Operand<?>> inputs = new ArrayList<>(state);
    inputs.addAll(constants);
    try (ConcreteFunction test = ConcreteFunction.create(loop::condition);
        ConcreteFunction repeated = ConcreteFunction.create(loop::body)) {
      Operation operation =
          tf.scope()
              .opBuilder("StatelessWhile", tf.scope().makeOpName(name))
              .addInputList(inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
              .setAttr("cond", test)
              .setAttr("body", repeated)
              .setAttr("_XlaCompile", compiled)
              .setAttr("_lower_using_switch_merge", !compiled)
              .build();
      List<Operand<?>> results = new ArrayList<>();
      for (int i = 0; i < state.size(); i++) {
        results.add(operation.output(i));
      }
      return results;
    }
  }

  private Signature condition(Ops tf) {
    List<Operand<?>> arguments = arguments(tf);
    return signature(arguments)
        .output("continue", condition.add(tf, states(arguments), constants(arguments)))
        .build();
  }

  private Signature body(Ops tf) {
    List<Operand<?>> arguments = arguments(tf);
    List<Operand<?>> results =
        new ArrayList<>(body.add(tf, states(arguments), constants(arguments)));
    results.addAll(constants(arguments));
    Signature.Builder signature = signature(arguments);
    int index = 0;
    for (Operand<?> result : results) {
      // A function can't return its own argument.
      signature.output("result_" + index++, tf.identity(result));
    }
    return signature.build();
  }

  private List<Operand<?>> arguments(Ops tf) {
    List<Operand<?>> arguments = new ArrayList<>();
    for (Operand<?> operand : state) {
      arguments.add(argument(tf, operand));
    }
    for (Operand<?> operand : constants) {
      arguments.add(argument(tf, operand));
    }
    return arguments;
  }

  private static Operand<?> argument(Ops tf, Operand<?> operand) {
    if (operand.shape().hasUnknownDimension()) {
      throw new IllegalArgumentException(
          "the shape of " + operand.op().name() + " must be static, but was " + operand.shape());
    }
    return tf.placeholder(operand.type(), Placeholder.shape(operand.shape()));
  }

  private List<Operand<?>> states(List<Operand<?>> arguments) {
    return arguments.subList(0, state.size());
  }

  private List<Operand<?>> constants(List<Operand<?>> arguments) {
    return arguments.subList(state.size(), arguments.size());
  }

  private static Signature.Builder signature(List<Operand<?>> arguments) {
    Signature.Builder signature = Signature.builder();
    for (int i = 0; i < arguments.size(); i++) {
      signature.input("argument_" + i, arguments.get(i));
    }
    return signature;
  }
}
