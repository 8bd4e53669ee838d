package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Full-batch epochs as one {@code StatelessWhile} that XLA compiles.
 *
 * <p>An epoch computes the loss of the weights it starts from, writes it down, and takes one step.
 * How many epochs a call runs is an input, so nothing is ever compiled again. A loss that is not
 * finite or above the limit ends the loop in its own condition, with the weights before it kept in
 * its state: what decides the result never depends on where calls begin and end.
 */
final class EpochLoop {
  private final ModelShape shape;
  private final Loss loss;
  private final UpdateRule rule;
  private final int maxEpochsPerCall;

  /**
   * What an epoch changes.
   *
   * @param epoch how many epochs have run since the training began
   * @param healthy whether the loss of the last epoch was finite and within the limit
   * @param losses the loss of each epoch of this call, from index 0; the rest is 0
   * @param parameters weights, intercepts and the slots of both
   * @param lastGood weights and intercepts of the last epoch with a healthy loss
   */
  record State(
      Operand<TInt64> epoch,
      Operand<TBool> healthy,
      Operand<TFloat32> losses,
      Parameters parameters,
      List<Operand<TFloat32>> lastGood) {}

  /**
   * What stays the same during a call.
   *
   * @param firstEpoch {@link State#epoch} where the call starts
   * @param endEpoch where it stops; at most {@code maxEpochsPerCall} later
   * @param lossLimit the largest loss that is no divergence
   * @param learningRate a scalar
   * @param features the encoded rows, {@code [rows, inputs]}
   * @param labels {@code [rows, outputs]}
   */
  record Inputs(
      Operand<TInt64> firstEpoch,
      Operand<TInt64> endEpoch,
      Operand<TFloat32> lossLimit,
      Operand<TFloat32> learningRate,
      Operand<TFloat32> features,
      Operand<TFloat32> labels) {}

  /**
   * A loop of one kind.
   *
   * @param maxEpochsPerCall the length of the vector of losses
   */
  EpochLoop(ModelShape shape, Loss loss, UpdateRule rule, int maxEpochsPerCall) {
    this.shape = shape;
    this.loss = loss;
    this.rule = rule;
    this.maxEpochsPerCall = maxEpochsPerCall;
  }

  /** The shapes of weights and intercepts. */
  List<Shape> parameterShapes() {
    return List.of(shape.weights(), shape.intercepts());
  }

  /** The shapes of the rule's slots, in the order of {@link Parameters#slots}. */
  List<Shape> slotShapes() {
    List<Shape> shapes = new ArrayList<>();
    for (Shape parameter : parameterShapes()) {
      for (int slot = 0; slot < rule.slotsPerParameter(); slot++) {
        shapes.add(parameter);
      }
    }
    return shapes;
  }

  /** Adds the loop and returns the state it ends in. */
  State add(Ops tf, State start, Inputs inputs) {
    try (ConcreteFunction condition = ConcreteFunction.create(this::condition);
        ConcreteFunction body = ConcreteFunction.create(this::body)) {
      Operation loop =
          tf.scope()
              .opBuilder("StatelessWhile", tf.scope().makeOpName("EpochLoop"))
              .addInputList(outputs(flatten(start, inputs)))
              .setAttr("cond", condition)
              .setAttr("body", body)
              .setAttr("_XlaCompile", true)
              .build();
      List<Operand<?>> results = new ArrayList<>();
      for (int i = 0; i < loop.numOutputs(); i++) {
        results.add(loop.output(i));
      }
      return state(results);
    }
  }

  private Signature condition(Ops tf) {
    List<Operand<?>> arguments = arguments(tf);
    State state = state(arguments);
    Operand<TBool> more = tf.math.less(state.epoch(), inputs(arguments).endEpoch());
    return signature(arguments)
        .output("continue", tf.math.logicalAnd(more, state.healthy()))
        .build();
  }

  private Signature body(Ops tf) {
    List<Operand<?>> arguments = arguments(tf);
    State before = state(arguments);
    Inputs inputs = inputs(arguments);
    State after = epoch(tf, before, inputs);
    Signature.Builder signature = signature(arguments);
    int index = 0;
    for (Operand<?> result : flatten(after, inputs)) {
      // A function can't return its own argument.
      signature.output("result_" + index++, tf.identity(result));
    }
    return signature.build();
  }

  private State epoch(Ops tf, State before, Inputs inputs) {
    List<Operand<TFloat32>> values = before.parameters().values();
    Operand<TFloat32> scores =
        LinearModel.score(tf, inputs.features(), values.get(0), values.get(1));
    Operand<TFloat32> lossBefore = loss.mean(tf, scores, inputs.labels());
    Operand<TInt64> epoch = tf.math.add(before.epoch(), tf.constant(1L));
    Parameters updated =
        rule.apply(
            tf,
            before.parameters(),
            Gradients.of(tf, lossBefore, values),
            epoch,
            inputs.learningRate());
    // NaN is not less than or equal to anything.
    Operand<TBool> healthy = tf.math.lessEqual(lossBefore, inputs.lossLimit());
    List<Operand<TFloat32>> lastGood = new ArrayList<>();
    for (Operand<TFloat32> previous : before.lastGood()) {
      lastGood.add(tf.select(healthy, values.get(lastGood.size()), previous));
    }
    Operand<TInt64> index = tf.math.sub(before.epoch(), inputs.firstEpoch());
    Operand<TFloat32> losses =
        tf.tensorScatterNdUpdate(
            before.losses(),
            tf.reshape(index, tf.constant(new int[] {1, 1})),
            tf.reshape(lossBefore, tf.constant(new int[] {1})));
    return new State(epoch, healthy, losses, updated, lastGood);
  }

  private List<Operand<?>> arguments(Ops tf) {
    List<Operand<?>> arguments = new ArrayList<>();
    arguments.add(argument(tf, TInt64.class, Shape.scalar()));
    arguments.add(argument(tf, TBool.class, Shape.scalar()));
    arguments.add(argument(tf, TFloat32.class, Shape.of(maxEpochsPerCall)));
    for (Shape each : parameterShapes()) {
      arguments.add(argument(tf, TFloat32.class, each));
    }
    for (Shape each : slotShapes()) {
      arguments.add(argument(tf, TFloat32.class, each));
    }
    for (Shape each : parameterShapes()) {
      arguments.add(argument(tf, TFloat32.class, each));
    }
    arguments.add(argument(tf, TInt64.class, Shape.scalar()));
    arguments.add(argument(tf, TInt64.class, Shape.scalar()));
    arguments.add(argument(tf, TFloat32.class, Shape.scalar()));
    arguments.add(argument(tf, TFloat32.class, Shape.scalar()));
    arguments.add(argument(tf, TFloat32.class, shape.features()));
    arguments.add(argument(tf, TFloat32.class, shape.labels()));
    return arguments;
  }

  private static List<Operand<?>> flatten(State state, Inputs inputs) {
    List<Operand<?>> flat = new ArrayList<>();
    flat.add(state.epoch());
    flat.add(state.healthy());
    flat.add(state.losses());
    flat.addAll(state.parameters().values());
    flat.addAll(state.parameters().slots());
    flat.addAll(state.lastGood());
    flat.add(inputs.firstEpoch());
    flat.add(inputs.endEpoch());
    flat.add(inputs.lossLimit());
    flat.add(inputs.learningRate());
    flat.add(inputs.features());
    flat.add(inputs.labels());
    return flat;
  }

  private State state(List<Operand<?>> flat) {
    int values = parameterShapes().size();
    int slots = slotShapes().size();
    int firstValue = 3;
    int firstSlot = firstValue + values;
    int firstGood = firstSlot + slots;
    return new State(
        flat.get(0).asOutput().expect(TInt64.class),
        flat.get(1).asOutput().expect(TBool.class),
        flat.get(2).asOutput().expect(TFloat32.class),
        new Parameters(floats(flat, firstValue, values), floats(flat, firstSlot, slots)),
        floats(flat, firstGood, values));
  }

  private static Inputs inputs(List<Operand<?>> flat) {
    int first = flat.size() - 6;
    List<Operand<TFloat32>> floats = floats(flat, first + 2, 4);
    return new Inputs(
        flat.get(first).asOutput().expect(TInt64.class),
        flat.get(first + 1).asOutput().expect(TInt64.class),
        floats.get(0),
        floats.get(1),
        floats.get(2),
        floats.get(3));
  }

  private static List<Operand<TFloat32>> floats(List<Operand<?>> flat, int first, int count) {
    List<Operand<TFloat32>> floats = new ArrayList<>();
    for (Operand<?> operand : flat.subList(first, first + count)) {
      floats.add(operand.asOutput().expect(TFloat32.class));
    }
    return floats;
  }

  private static <T extends TType> Placeholder<T> argument(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }

  private static Signature.Builder signature(List<Operand<?>> arguments) {
    Signature.Builder signature = Signature.builder();
    for (int i = 0; i < arguments.size(); i++) {
      signature.input("argument_" + i, arguments.get(i));
    }
    return signature;
  }

  private static Output<?>[] outputs(List<Operand<?>> operands) {
    return operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
  }
}
