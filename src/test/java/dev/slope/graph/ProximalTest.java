package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The closed forms: Parikh and Boyd 2014, sections 6.5.2 (l1) and 6.2.4 (boxes). */
class ProximalTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  // The threshold is 2 * 0.5 = 1.
  @Test
  void anL1PenaltyMovesTowardsZeroAndStopsThere() {
    assertThat(
            apply(
                Proximal.of(2, new double[0], new double[0]),
                0,
                new float[] {3, 1, 0.999f, 0, -0.5f, -1, -4},
                0.5f))
        .containsExactly(new float[] {2, 0, 0, 0, 0, 0, -3}, within(1e-6f));
  }

  // Bit for bit: a -0 would be exported and printed as such.
  @Test
  void zerosArePositive() {
    float[] values =
        apply(Proximal.of(2, new double[0], new double[0]), 0, new float[] {-0.5f, -0f, -1}, 0.5f);

    for (float value : values) {
      assertThat(Float.floatToRawIntBits(value)).isZero();
    }
  }

  @Test
  void boundsAreProjectedOnto() {
    assertThat(
            apply(
                Proximal.of(
                    0, new double[] {0, -1, -INFINITY, 2}, new double[] {INFINITY, 1, -3, 2}),
                0,
                new float[] {-5, 5, 5, 5},
                0.5f))
        .containsExactly(0, 1, -3, 2);
  }

  // 3 less 1 is 2, within [0, 1.5] that is 1.5; -3 becomes -2 and then 0.
  @Test
  void bothActInThisOrder() {
    assertThat(
            apply(
                Proximal.of(2, new double[] {0, 0, 0}, new double[] {1.5f, 1.5f, 1.5f}),
                0,
                new float[] {3, -3, 1.25f},
                0.5f))
        .containsExactly(1.5f, 0, 0.25f);
  }

  // Minimise |x - v|^2 / (2 step) + l1 |x| over the bounds by trying 300,001 values of x.
  @Test
  void bothTogetherMinimiseWhatTheyStandFor() {
    for (float value : new float[] {-2, -0.7f, 0.2f, 0.9f, 2.5f}) {
      double best = Double.NaN;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= 300_000; i++) {
        double x = -1 + i * 1e-5;
        double objective = (x - value) * (x - value) / (2 * 0.25) + 1.2 * Math.abs(x);
        if (objective < least) {
          least = objective;
          best = x;
        }
      }
      assertThat(
              (double)
                  apply(
                      Proximal.of(1.2, new double[] {-1}, new double[] {2}),
                      0,
                      new float[] {value},
                      0.25f)[0])
          .as("%s", value)
          .isCloseTo(best, within(2e-5));
    }
  }

  // Each weight of each output has its own step's length; a bound holds for every output.
  @Test
  void stepsMayDifferByWeightAndOutput() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> moved =
          Proximal.of(1, new double[] {-1, -9}, new double[] {1, 9})
              .apply(
                  tf,
                  0,
                  tf.constant(new float[][] {{3, -0.5f}, {3, -5}}),
                  tf.constant(new float[][] {{0.5f, 0.25f}, {2, 1}}));

      assertThat(RuleSteps.fetch(session, moved)).containsExactly(1, -0.25f, 1, -4);
    }
  }

  @Test
  void interceptsAreLeftAlone() {
    assertThat(
            apply(
                Proximal.of(2, new double[] {-1}, new double[] {1}),
                1,
                new float[] {0.5f, 7},
                0.5f))
        .containsExactly(0.5f, 7);
  }

  @Test
  void noPenaltyAndNoBoundsCostNoOp() {
    assertThat(Proximal.of(0, new double[] {-INFINITY}, new double[] {INFINITY}))
        .isSameAs(Proximal.NONE);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> value = tf.constant(new float[][] {{1}});
      Operand<TFloat32> step = tf.constant(1f);
      int before = count(graph.operations());

      assertThat(Proximal.NONE.apply(tf, 0, value, step)).isSameAs(value);
      assertThat(count(graph.operations())).isEqualTo(before);
    }
  }

  private static int count(Iterator<GraphOperation> operations) {
    int count = 0;
    while (operations.hasNext()) {
      operations.next();
      count++;
    }
    return count;
  }

  private static float[] apply(Proximal proximal, int parameter, float[] values, float stepSize) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      float[][] column = new float[values.length][];
      for (int i = 0; i < values.length; i++) {
        column[i] = new float[] {values[i]};
      }
      return RuleSteps.fetch(
          session, proximal.apply(tf, parameter, tf.constant(column), tf.constant(stepSize)));
    }
  }
}
