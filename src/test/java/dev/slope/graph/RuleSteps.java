package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/** Takes steps of an update rule from numbers to numbers. */
final class RuleSteps {
  private RuleSteps() {}

  /**
   * One step from a single weight, one row per value: the weight, then its slots.
   *
   * @param before the weight and then its slots
   */
  static float[] one(UpdateRule rule, float[] before, float gradient, float rate) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> numbers = new ArrayList<>();
      for (float number : before) {
        numbers.add(tf.constant(new float[][] {{number}}));
      }
      Parameters<TFloat32> after =
          rule.apply(
              tf,
              new Parameters<>(numbers.subList(0, 1), numbers.subList(1, numbers.size())),
              List.of(tf.constant(new float[][] {{gradient}})),
              tf.constant(1L),
              tf.constant(rate),
              Proximal.NONE);
      float[] values = new float[before.length];
      for (int i = 0; i < values.length; i++) {
        Operand<TFloat32> value = i == 0 ? after.values().get(0) : after.slots().get(i - 1);
        values[i] = fetch(session, value)[0];
      }
      return values;
    }
  }

  /** The same step of doubles. */
  static double[] one(UpdateRule rule, double[] before, double gradient, double rate) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat64>> numbers = new ArrayList<>();
      for (double number : before) {
        numbers.add(tf.constant(new double[][] {{number}}));
      }
      Parameters<TFloat64> after =
          rule.apply(
              tf,
              new Parameters<>(numbers.subList(0, 1), numbers.subList(1, numbers.size())),
              List.of(tf.constant(new double[][] {{gradient}})),
              tf.constant(1L),
              tf.constant(rate),
              Proximal.NONE);
      double[] values = new double[before.length];
      for (int i = 0; i < values.length; i++) {
        Operand<TFloat64> value = i == 0 ? after.values().get(0) : after.slots().get(i - 1);
        try (Result result = session.runner().fetch(value).run()) {
          values[i] = ((TFloat64) result.get(0)).getDouble(0, 0);
        }
      }
      return values;
    }
  }

  /**
   * Descends {@code |w - target|^2 / 2 + (b - 1)^2 / 2} from zeros in one loop.
   *
   * @param target one a weight
   * @param compiled by XLA, or interpreted
   * @return the weights, the intercept, and the slots of both, in that order
   */
  static List<float[]> descend(
      UpdateRule rule,
      Proximal proximal,
      float[] target,
      float rate,
      long steps,
      boolean compiled) {
    List<Shape> shapes = new ArrayList<>(List.of(Shape.of(target.length, 1), Shape.of(1)));
    List<Float> initial = new ArrayList<>(List.of(0f, 0f));
    for (int i = 0; i < 2 * rule.slotsPerParameter(); i++) {
      shapes.add(shapes.get(i / rule.slotsPerParameter()));
      initial.add((float) rule.initialSlot(i % rule.slotsPerParameter()));
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        ConcreteFunction condition =
            ConcreteFunction.create(
                tf -> {
                  List<Operand<?>> arguments = arguments(tf, shapes);
                  return signature(arguments)
                      .output("more", tf.math.lessEqual(count(arguments), tf.constant(steps)))
                      .build();
                });
        ConcreteFunction body =
            ConcreteFunction.create(
                tf -> {
                  List<Operand<?>> arguments = arguments(tf, shapes);
                  return body(tf, rule, proximal, target, rate, arguments);
                })) {
      Ops tf = Ops.create(graph);
      List<Output<?>> start = new ArrayList<>(List.of(tf.constant(1L).asOutput()));
      for (int i = 0; i < shapes.size(); i++) {
        start.add(
            tf.fill(tf.constant(shapes.get(i).asArray()), tf.constant(initial.get(i))).asOutput());
      }
      Operation loop =
          tf.scope()
              .opBuilder("StatelessWhile", "loop")
              .addInputList(start.toArray(Output<?>[]::new))
              .setAttr("cond", condition)
              .setAttr("body", body)
              .setAttr("_XlaCompile", compiled)
              .build();
      Session.Runner runner = session.runner();
      for (int i = 1; i < loop.numOutputs(); i++) {
        runner.fetch(loop.output(i));
      }
      List<float[]> values = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < shapes.size(); i++) {
          values.add(floats(result.get(i)));
        }
      }
      return values;
    }
  }

  static float[] fetch(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      return floats(result.get(0));
    }
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static Signature body(
      Ops tf,
      UpdateRule rule,
      Proximal proximal,
      float[] target,
      float rate,
      List<Operand<?>> arguments) {
    List<Operand<TFloat32>> numbers = new ArrayList<>();
    for (Operand<?> argument : arguments.subList(1, arguments.size())) {
      numbers.add(argument.asOutput().expect(TFloat32.class));
    }
    List<Operand<TFloat32>> values = numbers.subList(0, 2);
    Operand<TFloat32> goal = tf.constant(Shape.of(target.length, 1), DataBuffers.of(target));
    Parameters<TFloat32> after =
        rule.apply(
            tf,
            new Parameters<>(values, numbers.subList(2, numbers.size())),
            List.of(tf.math.sub(values.get(0), goal), tf.math.sub(values.get(1), tf.constant(1f))),
            count(arguments),
            tf.constant(rate),
            proximal);
    Signature.Builder signature = signature(arguments);
    signature.output("count", tf.math.add(count(arguments), tf.constant(1L)));
    int index = 0;
    for (Operand<TFloat32> value : after.values()) {
      signature.output("value_" + index++, tf.identity(value));
    }
    for (Operand<TFloat32> slot : after.slots()) {
      signature.output("slot_" + index++, tf.identity(slot));
    }
    return signature.build();
  }

  private static Operand<TInt64> count(List<Operand<?>> arguments) {
    return arguments.get(0).asOutput().expect(TInt64.class);
  }

  private static List<Operand<?>> arguments(Ops tf, List<Shape> shapes) {
    List<Operand<?>> arguments = new ArrayList<>();
    arguments.add(tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar())));
    for (Shape shape : shapes) {
      arguments.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape)));
    }
    return arguments;
  }

  private static Signature.Builder signature(List<Operand<?>> arguments) {
    Signature.Builder signature = Signature.builder();
    for (int i = 0; i < arguments.size(); i++) {
      signature.input("argument_" + i, arguments.get(i));
    }
    return signature;
  }
}
