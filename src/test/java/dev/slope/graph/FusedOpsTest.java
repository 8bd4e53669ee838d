package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.ResourceApplyMomentum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Each rule beside TensorFlow's own training op, over 100 steps of random gradients, slots
 * included.
 *
 * <p>Both round a few times a step, at different places, and carry their roundings on: 100 steps of
 * four roundings, each of 6e-8 of the value at most, are 2.4e-5 of it.
 */
class FusedOpsTest {
  private static final int STEPS = 100;
  private static final int VALUES = 6;
  private static final float RATE = 0.05f;
  private static final float L1 = 0.3f;
  private static final double TOLERANCE = 2.4e-5;
  private static final Proximal PENALTY = Proximal.of(L1, new double[0], new double[0]);

  /** Adds TensorFlow's op to a graph. */
  @FunctionalInterface
  interface Fused {
    /**
     * Adds it.
     *
     * @param variables the parameter and its slots
     * @param step the number of the step as float32; the first is 1
     */
    Op apply(
        Ops tf,
        List<Variable<TFloat32>> variables,
        Operand<TFloat32> gradient,
        Operand<TFloat32> step);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(
            "gradient descent",
            new GradientDescentRule(),
            Proximal.NONE,
            (Fused)
                (tf, v, gradient, step) ->
                    tf.train.resourceApplyGradientDescent(
                        v.get(0).handle(), tf.constant(RATE), gradient)),
        Arguments.of(
            "proximal gradient descent",
            new GradientDescentRule(),
            PENALTY,
            (Fused)
                (tf, v, gradient, step) ->
                    tf.train.resourceApplyProximalGradientDescent(
                        v.get(0).handle(),
                        tf.constant(RATE),
                        tf.constant(L1),
                        tf.constant(0f),
                        gradient)),
        Arguments.of("momentum", new MomentumRule(0.9f, false), Proximal.NONE, momentum(false)),
        Arguments.of("nesterov", new MomentumRule(0.9f, true), Proximal.NONE, momentum(true)),
        Arguments.of(
            "adagrad",
            new AdagradRule(0.1f, 1e-3f),
            Proximal.NONE,
            (Fused)
                (tf, v, gradient, step) ->
                    tf.train.resourceApplyAdagrad(
                        v.get(0).handle(),
                        v.get(1).handle(),
                        tf.constant(RATE),
                        tf.constant(1e-3f),
                        gradient)),
        // This op has no epsilon.
        Arguments.of(
            "proximal adagrad",
            new AdagradRule(0.1f, 1e-30f),
            PENALTY,
            (Fused)
                (tf, v, gradient, step) ->
                    tf.train.resourceApplyProximalAdagrad(
                        v.get(0).handle(),
                        v.get(1).handle(),
                        tf.constant(RATE),
                        tf.constant(L1),
                        tf.constant(0f),
                        gradient)),
        Arguments.of(
            "adam",
            new AdamRule(0.9f, 0.999f, 1e-7f),
            Proximal.NONE,
            (Fused)
                (tf, v, gradient, step) ->
                    tf.train.resourceApplyAdam(
                        v.get(0).handle(),
                        v.get(1).handle(),
                        v.get(2).handle(),
                        tf.math.pow(tf.constant(0.9f), step),
                        tf.math.pow(tf.constant(0.999f), step),
                        tf.constant(RATE),
                        tf.constant(0.9f),
                        tf.constant(0.999f),
                        tf.constant(1e-7f),
                        gradient)),
        Arguments.of("rmsprop", new RmsPropRule(0.9f, 0.5f, 1e-7f), Proximal.NONE, rmsProp(0.5f)),
        Arguments.of("ftrl", new FtrlRule(-0.5f, 0.1f), Proximal.NONE, ftrl(0, -0.5f)),
        Arguments.of("ftrl with l1", new FtrlRule(-0.5f, 0.1f), PENALTY, ftrl(L1, -0.5f)),
        Arguments.of("ftrl of power -0.7", new FtrlRule(-0.7f, 0.1f), PENALTY, ftrl(L1, -0.7f)));
  }

  private static Fused momentum(boolean nesterov) {
    return (tf, v, gradient, step) ->
        tf.train.resourceApplyMomentum(
            v.get(0).handle(),
            v.get(1).handle(),
            tf.constant(RATE),
            gradient,
            tf.constant(0.9f),
            ResourceApplyMomentum.useNesterov(nesterov));
  }

  private static Fused rmsProp(float momentum) {
    return (tf, v, gradient, step) ->
        tf.train.resourceApplyRmsProp(
            v.get(0).handle(),
            v.get(1).handle(),
            v.get(2).handle(),
            tf.constant(RATE),
            tf.constant(0.9f),
            tf.constant(momentum),
            tf.constant(1e-7f),
            gradient);
  }

  /** Its l1 counts once, whatever the step; the objective's counts in each: see FtrlRule. */
  private static Fused ftrl(float l1, float power) {
    return (tf, v, gradient, step) ->
        tf.train.resourceApplyFtrl(
            v.get(0).handle(),
            v.get(1).handle(),
            v.get(2).handle(),
            gradient,
            tf.constant(RATE),
            tf.math.mul(tf.constant(l1), step),
            tf.constant(0f),
            tf.constant(0f),
            tf.constant(power));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void aHundredStepsAreTensorFlows(String name, UpdateRule rule, Proximal proximal, Fused fused) {
    // The op of FTRL forgets where parameters start, unless at zero: see FtrlRule.
    boolean fromZero = rule instanceof FtrlRule;
    // And it computes the last slot of the rule anew in every step.
    int shared = rule.slotsPerParameter() + (fromZero ? 0 : 1);
    Random random = new Random(11);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> gradient = input(tf, TFloat32.class, Shape.of(VALUES, 1));
      Placeholder<TInt64> step = input(tf, TInt64.class, Shape.scalar());
      List<Variable<TFloat32>> own = variables(tf, "own", rule.slotsPerParameter() + 1);
      List<Variable<TFloat32>> theirs = variables(tf, "theirs", rule.slotsPerParameter() + 1);
      List<Op> initialize = new ArrayList<>();
      float[] weights = fromZero ? new float[VALUES] : gaussians(random);
      for (int i = 0; i < own.size(); i++) {
        float[] values = i == 0 ? weights : filled((float) rule.initialSlot(i - 1));
        Operand<TFloat32> start = tf.constant(Shape.of(VALUES, 1), DataBuffers.of(values));
        initialize.add(own.get(i).assign(tf, start));
        initialize.add(theirs.get(i).assign(tf, start));
      }
      List<Op> steps = new ArrayList<>();
      List<Operand<TFloat32>> before = own.stream().map(each -> each.read(tf)).toList();
      Parameters<TFloat32> after =
          rule.apply(
              tf,
              new Parameters<>(before.subList(0, 1), before.subList(1, before.size())),
              List.of(gradient),
              step,
              tf.constant(RATE),
              proximal);
      // A slot may be written without being read by what writes it, and so before it is read.
      Ops afterReading = tf.withControlDependencies(List.copyOf(before));
      steps.add(own.get(0).assign(afterReading, after.values().get(0)));
      for (int i = 1; i < own.size(); i++) {
        steps.add(own.get(i).assign(afterReading, after.slots().get(i - 1)));
      }
      steps.add(fused.apply(tf, theirs, gradient, tf.dtypes.cast(step, TFloat32.class)));
      List<Operand<TFloat32>> results = new ArrayList<>();
      own.forEach(each -> results.add(each.read(tf)));
      theirs.forEach(each -> results.add(each.read(tf)));

      run(session.runner(), initialize);
      int zeros = 0;
      for (long number = 1; number <= STEPS; number++) {
        try (TFloat32 fed =
                TFloat32.tensorOf(Shape.of(VALUES, 1), DataBuffers.of(gaussians(random)));
            TInt64 count = TInt64.scalarOf(number)) {
          run(session.runner().feed(gradient, fed).feed(step, count), steps);
        }
        List<float[]> values = fetch(session, results);
        for (int i = 0; i < shared; i++) {
          float[] expected = values.get(own.size() + i);
          for (int j = 0; j < VALUES; j++) {
            assertThat((double) values.get(i)[j])
                .as("value %d of %s after step %d", j, i == 0 ? "the weights" : "slot " + i, number)
                .isCloseTo(expected[j], within(TOLERANCE * Math.max(1, Math.abs(expected[j]))));
          }
        }
        zeros += zeros(values.get(0));
      }
      if (proximal != Proximal.NONE) {
        assertThat(zeros).as("weights that were exactly zero after a step").isPositive();
      }
    }
  }

  private static int zeros(float[] values) {
    int zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static List<Variable<TFloat32>> variables(Ops tf, String name, int count) {
    List<Variable<TFloat32>> variables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      variables.add(Variable.create(tf, name + "_" + i, TFloat32.class, Shape.of(VALUES, 1)));
    }
    return variables;
  }

  private static <T extends TType> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }

  private static float[] gaussians(Random random) {
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] filled(float value) {
    float[] values = new float[VALUES];
    Arrays.fill(values, value);
    return values;
  }

  private static void run(Session.Runner runner, List<Op> targets) {
    targets.forEach(runner::addTarget);
    runner.run().close();
  }

  private static List<float[]> fetch(Session session, List<Operand<TFloat32>> operands) {
    Session.Runner runner = session.runner();
    operands.forEach(runner::fetch);
    List<float[]> values = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < operands.size(); i++) {
        Tensor tensor = result.get(i);
        float[] floats = new float[VALUES];
        ((TFloat32) tensor).copyTo(DataBuffers.of(floats, false, false));
        values.add(floats);
      }
    }
    return values;
  }
}
