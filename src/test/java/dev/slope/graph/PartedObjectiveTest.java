package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The logistic objective of weighted rows with offsets, against its formula in float64. */
class PartedObjectiveTest {
  private static final int INPUTS = 17;
  private static final float L1 = 0.01f;
  private static final float L2 = 0.1f;

  /** 70,003 rows of 17 are two parts of 30,832 (2^19 values, a multiple of 16 rows) and a rest. */
  @Test
  void partsAddUpToAllRows() {
    check(70_003);
  }

  /** Less than a part has. */
  @Test
  void fewRowsAreOnePart() {
    check(5);
  }

  @Test
  void partsAreForManyValues() {
    assertThat(PartedObjective.isWorthwhile(new RowsShape(1 << 18, 32, 1, false, false))).isTrue();
    assertThat(PartedObjective.isWorthwhile(new RowsShape((1 << 18) - 1, 32, 1, false, false)))
        .isFalse();
  }

  private static void check(int count) {
    SplittableRandom random = new SplittableRandom(7);
    float[] features = draw(random, count * INPUTS, -1, 1);
    float[] labels = draw(random, count, 0, 1);
    for (int row = 0; row < count; row++) {
      labels[row] = Math.round(labels[row]);
    }
    float[] weights = draw(random, count, 0.5, 1.5);
    float[] offsets = draw(random, count, -2, 2);
    float[] slopes = draw(random, INPUTS, -1, 1);
    float intercept = 0.3f;

    double loss = 0;
    double[] gradient = new double[INPUTS + 1];
    for (int row = 0; row < count; row++) {
      double score = intercept + offsets[row];
      for (int input = 0; input < INPUTS; input++) {
        score += (double) features[row * INPUTS + input] * slopes[input];
      }
      loss += weights[row] * (Math.log1p(Math.exp(score)) - labels[row] * score) / count;
      double error = weights[row] * (1 / (1 + Math.exp(-score)) - labels[row]) / count;
      for (int input = 0; input < INPUTS; input++) {
        gradient[input] += error * features[row * INPUTS + input];
      }
      gradient[INPUTS] += error;
    }
    for (int input = 0; input < INPUTS; input++) {
      loss += L1 * Math.abs(slopes[input]) + L2 / 2 * slopes[input] * slopes[input];
      gradient[input] += L2 * slopes[input];
    }

    PartedObjective objective =
        new PartedObjective(
            new RowsObjective(
                new ModelShape(INPUTS, 1),
                new RowsShape(count, INPUTS, 1, true, true),
                new LogisticLoss(),
                new Penalty(L1, L2),
                true,
                Products.MATRIX));
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TFloat32 x = tensor(count, INPUTS, features);
        TFloat32 y = tensor(count, 1, labels);
        TFloat32 w = tensor(count, 1, weights);
        TFloat32 o = tensor(count, 1, offsets)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> parameters =
          List.of(
              tf.reshape(tf.constant(slopes), tf.constant(new int[] {INPUTS, 1})),
              tf.constant(new float[] {intercept}));
      List<Placeholder<TFloat32>> data =
          List.of(input(tf, x), input(tf, y), input(tf, w), input(tf, o));
      List<Operand<TFloat32>> operands = List.copyOf(data);
      Objective.Evaluation<TFloat32> here = objective.evaluate(tf, parameters, operands);
      try (Result result =
          session
              .runner()
              .feed(data.get(0), x)
              .feed(data.get(1), y)
              .feed(data.get(2), w)
              .feed(data.get(3), o)
              .fetch(objective.loss(tf, parameters, operands))
              .fetch(here.loss())
              .fetch(here.gradients().get(0))
              .fetch(here.gradients().get(1))
              .run()) {
        assertThat(floats(result, 0)[0]).isCloseTo((float) loss, within(1e-6f));
        assertThat(floats(result, 1)[0]).isCloseTo((float) loss, within(1e-6f));
        float[] ofWeights = floats(result, 2);
        for (int input = 0; input < INPUTS; input++) {
          assertThat(ofWeights[input]).isCloseTo((float) gradient[input], within(1e-6f));
        }
        assertThat(floats(result, 3)[0]).isCloseTo((float) gradient[INPUTS], within(1e-6f));
      }
    }
  }

  private static float[] draw(SplittableRandom random, int count, double low, double high) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }

  private static TFloat32 tensor(int rows, int columns, float[] values) {
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values));
  }

  private static Placeholder<TFloat32> input(Ops tf, TFloat32 tensor) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(tensor.shape()));
  }

  private static float[] floats(Result result, int index) {
    TFloat32 tensor = (TFloat32) result.get(index);
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }
}
