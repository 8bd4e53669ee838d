package dev.slope.graph;

import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** What a loss computes for some rows, all in row order. */
final class LossValues {
  private final float[] rows;
  private final float[] slopes;
  private final float[] curvatures;

  private LossValues(float[] rows, float[] slopes, float[] curvatures) {
    this.rows = rows;
    this.slopes = slopes;
    this.curvatures = curvatures;
  }

  /** One a row. */
  float[] rows() {
    return rows;
  }

  /** {@code rows x outputs}. */
  float[] slopes() {
    return slopes;
  }

  /** {@code rows x outputs x outputs}. */
  float[] curvatures() {
    return curvatures;
  }

  /** Op by op, as TensorFlow runs a graph by default. */
  static LossValues interpreted(Loss loss, float[][] scores, float[][] labels) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      return fetch(session, operands(tf, loss, tf.constant(scores), tf.constant(labels)));
    }
  }

  /** In a function that XLA compiles, or fails. */
  static LossValues compiled(Loss loss, float[][] scores, float[][] labels) {
    try (ConcreteFunction function =
            ConcreteFunction.create(
                tf -> {
                  Placeholder<TFloat32> ofScores = argument(tf, scores);
                  Placeholder<TFloat32> ofLabels = argument(tf, labels);
                  List<Operand<TFloat32>> results = operands(tf, loss, ofScores, ofLabels);
                  return Signature.builder()
                      .input("scores", ofScores)
                      .input("labels", ofLabels)
                      .output("rows", tf.identity(results.get(0)))
                      .output("slopes", tf.identity(results.get(1)))
                      .output("curvatures", tf.identity(results.get(2)))
                      .build();
                });
        Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Output<?>[] arguments = {
        tf.constant(scores).asOutput(), tf.constant(labels).asOutput(),
      };
      Operation call =
          tf.scope()
              .opBuilder("PartitionedCall", "call")
              .addInputList(arguments)
              .setAttr(
                  "Tout", new DataType[] {DataType.DT_FLOAT, DataType.DT_FLOAT, DataType.DT_FLOAT})
              .setAttr("f", function)
              .setAttr("_XlaMustCompile", true)
              .build();
      return fetch(session, List.of(call.output(0), call.output(1), call.output(2)));
    }
  }

  /** TensorFlow's own derivative of the sum of the rows' losses by the scores. */
  static float[] gradients(Loss loss, float[][] scores, float[][] labels) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> at = tf.constant(scores);
      Operand<TFloat32> rows = loss.ofRows(tf, at, tf.constant(labels));
      return floats(session, Gradients.of(tf, rows, List.of(at)).get(0));
    }
  }

  /** TensorFlow's own derivative of the rows' slopes by one output, by the scores. */
  static float[] gradientsOfSlopes(Loss loss, int output, float[][] scores, float[][] labels) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> at = tf.constant(scores);
      Operand<TFloat32> column =
          tf.slice(
              loss.slopes(tf, at, tf.constant(labels)),
              tf.constant(new int[] {0, output}),
              tf.constant(new int[] {scores.length, 1}));
      return floats(session, Gradients.of(tf, column, List.of(at)).get(0));
    }
  }

  /** A row's losses and slopes in doubles, and TensorFlow's own derivatives of the losses. */
  @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
  record InDoubles(double[] rows, double[] slopes, double[] gradients) {
    static InDoubles of(Loss loss, float[][] scores, float[][] labels) {
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        Ops tf = Ops.create(graph);
        Operand<TFloat64> at = tf.dtypes.cast(tf.constant(scores), TFloat64.class);
        Operand<TFloat64> truth = tf.dtypes.cast(tf.constant(labels), TFloat64.class);
        Operand<TFloat64> rows = loss.ofRows(tf, at, truth);
        return new InDoubles(
            doubles(session, rows),
            doubles(session, loss.slopes(tf, at, truth)),
            doubles(session, Gradients.of(tf, rows, List.of(at)).get(0)));
      }
    }

    private static double[] doubles(Session session, Operand<TFloat64> operand) {
      try (Result result = session.runner().fetch(operand).run()) {
        TFloat64 tensor = (TFloat64) result.get(0);
        double[] values = new double[(int) tensor.size()];
        tensor.copyTo(DataBuffers.of(values, false, false));
        return values;
      }
    }
  }

  /** {@link Loss#mean}. */
  static float mean(Loss loss, float[][] scores, float[][] labels) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      return floats(session, loss.mean(tf, tf.constant(scores), tf.constant(labels)))[0];
    }
  }

  /** A float32 tensor, copied row by row. */
  static float[] floats(Session session, Operand<?> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      return copy((TFloat32) result.get(0));
    }
  }

  private static List<Operand<TFloat32>> operands(
      Ops tf, Loss loss, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return List.of(
        loss.ofRows(tf, scores, labels),
        loss.slopes(tf, scores, labels),
        loss.curvatures(tf, scores, labels));
  }

  private static LossValues fetch(Session session, List<? extends Operand<?>> operands) {
    Session.Runner runner = session.runner();
    operands.forEach(runner::fetch);
    try (Result result = runner.run()) {
      return new LossValues(
          copy((TFloat32) result.get(0)),
          copy((TFloat32) result.get(1)),
          copy((TFloat32) result.get(2)));
    }
  }

  private static float[] copy(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static Placeholder<TFloat32> argument(Ops tf, float[][] values) {
    return tf.placeholder(
        TFloat32.class, Placeholder.shape(Shape.of(values.length, values[0].length)));
  }
}
