package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Everything a full-batch training runs, added to a graph that its caller owns: data and state in
 * resource variables, the epoch loop between them, and what reads the result.
 *
 * @param loading brings the training rows into the graph, once
 * @param start sets the parameters, once
 * @param epochs runs epochs
 * @param result reads what training has reached
 * @param prediction scores any rows
 */
public record TrainingGraph(
    Loading loading, Start start, Epochs epochs, Result result, Prediction prediction) {

  /**
   * The training rows, all at once: a variable that was ever written in part is copied whenever it
   * is read, which would cost a pass over the data in every call of the loop.
   *
   * @param raw raw columns, {@code [rows, columns]}; they are encoded on the way in
   * @param labels {@code [rows, outputs]}
   * @param store keeps both
   */
  public record Loading(Placeholder<TFloat32> raw, Placeholder<TFloat32> labels, List<Op> store) {}

  /**
   * The parameters before the first epoch, and where they stand; together with {@link Loading} in
   * one run.
   *
   * @param weights {@code [inputs, outputs]}
   * @param intercepts {@code [outputs]}
   * @param initialize stores both, sets slots and the count of epochs to 0
   * @param loss of these parameters, over the rows that are fed
   * @param lossOfZero the loss of a model that answers 0
   */
  public record Start(
      Placeholder<TFloat32> weights,
      Placeholder<TFloat32> intercepts,
      List<Op> initialize,
      Operand<TFloat32> loss,
      Operand<TFloat32> lossOfZero) {}

  /**
   * One call of the epoch loop.
   *
   * @param count how many epochs to run, at most as many as the graph was built for; a scalar
   * @param learningRate a scalar
   * @param lossLimit the largest loss that is no divergence; a scalar
   * @param losses one for each epoch that ran, of the weights it started from
   * @param healthy false where the last of {@code losses} is not finite or above the limit
   * @param store keeps the state for the next call
   */
  public record Epochs(
      Placeholder<TInt64> count,
      Placeholder<TFloat32> learningRate,
      Placeholder<TFloat32> lossLimit,
      Operand<TFloat32> losses,
      Operand<TBool> healthy,
      List<Op> store) {}

  /**
   * What training has reached.
   *
   * @param weights {@code [inputs, outputs]}
   * @param intercepts {@code [outputs]}
   * @param lastGoodWeights the weights of the last epoch with a healthy loss
   * @param lastGoodIntercepts and its intercepts
   * @param loss of the weights, over all training rows
   */
  public record Result(
      Operand<TFloat32> weights,
      Operand<TFloat32> intercepts,
      Operand<TFloat32> lastGoodWeights,
      Operand<TFloat32> lastGoodIntercepts,
      Operand<TFloat32> loss) {}

  /**
   * The forward pass, as it is served.
   *
   * @param rawBlock raw columns, {@code [any, columns]}
   * @param scores {@code [any, outputs]}
   */
  public record Prediction(Placeholder<TFloat32> rawBlock, Operand<TFloat32> scores) {}

  /**
   * Adds the graph.
   *
   * @param tf where the ops go; its device is theirs
   * @param maxEpochsPerCall the most epochs of one call; it costs four bytes each
   */
  public static TrainingGraph build(
      Ops tf,
      ModelShape shape,
      FittedFeatures encoding,
      Loss loss,
      UpdateRule rule,
      int maxEpochsPerCall) {
    Variable<TFloat32> features = floats(tf, "features", shape.features());
    Variable<TFloat32> labels = floats(tf, "labels", shape.labels());
    EpochLoop loop = new EpochLoop(shape, loss, rule, maxEpochsPerCall);
    State state = State.create(tf, loop);
    Placeholder<TFloat32> raw =
        input(tf, TFloat32.class, Shape.of(shape.rows(), encoding.columns().size()));
    Placeholder<TFloat32> truth = input(tf, TFloat32.class, shape.labels());
    Operand<TFloat32> encoded = FeatureEncoding.encode(tf, encoding, raw);
    return new TrainingGraph(
        new Loading(raw, truth, List.of(features.assign(tf, encoded), labels.assign(tf, truth))),
        start(tf, shape, loss, state, encoded, truth),
        epochs(tf, loop, state, features, labels, maxEpochsPerCall),
        result(tf, loss, state, features, labels),
        prediction(tf, encoding, state));
  }

  /** The variables that live from call to call. */
  private record State(
      Variable<TInt64> epoch,
      List<Variable<TFloat32>> parameters,
      List<Variable<TFloat32>> slots,
      List<Variable<TFloat32>> lastGood) {

    static State create(Ops tf, EpochLoop loop) {
      return new State(
          Variable.create(tf, "epoch", TInt64.class, Shape.scalar()),
          all(tf, "parameter", loop.parameterShapes()),
          all(tf, "slot", loop.slotShapes()),
          all(tf, "last_good", loop.parameterShapes()));
    }

    private static List<Variable<TFloat32>> all(Ops tf, String name, List<Shape> shapes) {
      List<Variable<TFloat32>> variables = new ArrayList<>();
      for (Shape shape : shapes) {
        variables.add(floats(tf, name + "_" + variables.size(), shape));
      }
      return variables;
    }
  }

  private static Start start(
      Ops tf,
      ModelShape shape,
      Loss loss,
      State state,
      Operand<TFloat32> features,
      Operand<TFloat32> labels) {
    Placeholder<TFloat32> weights = input(tf, TFloat32.class, shape.weights());
    Placeholder<TFloat32> intercepts = input(tf, TFloat32.class, shape.intercepts());
    List<Op> initialize = new ArrayList<>();
    initialize.add(state.epoch().assign(tf, tf.constant(0L)));
    List<Placeholder<TFloat32>> initial = List.of(weights, intercepts);
    for (int i = 0; i < initial.size(); i++) {
      initialize.add(state.parameters().get(i).assign(tf, initial.get(i)));
      initialize.add(state.lastGood().get(i).assign(tf, initial.get(i)));
    }
    for (Variable<TFloat32> slot : state.slots()) {
      initialize.add(slot.assign(tf, zeros(tf, slot.shape())));
    }
    return new Start(
        weights,
        intercepts,
        initialize,
        loss.mean(tf, LinearModel.score(tf, features, weights, intercepts), labels),
        loss.mean(tf, tf.zerosLike(labels), labels));
  }

  private static Epochs epochs(
      Ops tf,
      EpochLoop loop,
      State state,
      Variable<TFloat32> features,
      Variable<TFloat32> labels,
      int maxEpochsPerCall) {
    Placeholder<TInt64> count = input(tf, TInt64.class, Shape.scalar());
    Placeholder<TFloat32> learningRate = input(tf, TFloat32.class, Shape.scalar());
    Placeholder<TFloat32> lossLimit = input(tf, TFloat32.class, Shape.scalar());
    Operand<TInt64> firstEpoch = state.epoch().read(tf);
    EpochLoop.State before =
        new EpochLoop.State(
            firstEpoch,
            tf.constant(true),
            zeros(tf, Shape.of(maxEpochsPerCall)),
            new Parameters(read(tf, state.parameters()), read(tf, state.slots())),
            read(tf, state.lastGood()));
    EpochLoop.State after =
        loop.add(
            tf,
            before,
            new EpochLoop.Inputs(
                firstEpoch,
                tf.math.add(firstEpoch, count),
                lossLimit,
                learningRate,
                features.read(tf),
                labels.read(tf)));
    List<Op> store = new ArrayList<>();
    store.add(state.epoch().assign(tf, after.epoch()));
    assignAll(tf, state.parameters(), after.parameters().values(), store);
    assignAll(tf, state.slots(), after.parameters().slots(), store);
    assignAll(tf, state.lastGood(), after.lastGood(), store);
    Operand<TInt64> ran = tf.math.sub(after.epoch(), firstEpoch);
    return new Epochs(
        count,
        learningRate,
        lossLimit,
        tf.slice(after.losses(), tf.constant(new long[] {0}), tf.stack(List.of(ran))),
        after.healthy(),
        store);
  }

  private static Result result(
      Ops tf, Loss loss, State state, Variable<TFloat32> features, Variable<TFloat32> labels) {
    Operand<TFloat32> weights = state.parameters().get(0).read(tf);
    Operand<TFloat32> intercepts = state.parameters().get(1).read(tf);
    Operand<TFloat32> scores = LinearModel.score(tf, features.read(tf), weights, intercepts);
    return new Result(
        weights,
        intercepts,
        state.lastGood().get(0).read(tf),
        state.lastGood().get(1).read(tf),
        loss.mean(tf, scores, labels.read(tf)));
  }

  private static Prediction prediction(Ops tf, FittedFeatures encoding, State state) {
    Placeholder<TFloat32> rawBlock =
        input(tf, TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, encoding.columns().size()));
    return new Prediction(
        rawBlock,
        ForwardPass.score(
            tf,
            encoding,
            rawBlock,
            state.parameters().get(0).read(tf),
            state.parameters().get(1).read(tf)));
  }

  private static void assignAll(
      Ops tf, List<Variable<TFloat32>> variables, List<Operand<TFloat32>> values, List<Op> ops) {
    for (int i = 0; i < variables.size(); i++) {
      ops.add(variables.get(i).assign(tf, values.get(i)));
    }
  }

  private static List<Operand<TFloat32>> read(Ops tf, List<Variable<TFloat32>> variables) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    for (Variable<TFloat32> variable : variables) {
      values.add(variable.read(tf));
    }
    return values;
  }

  private static Variable<TFloat32> floats(Ops tf, String name, Shape shape) {
    return Variable.create(tf, name, TFloat32.class, shape);
  }

  private static Operand<TFloat32> zeros(Ops tf, Shape shape) {
    return tf.fill(tf.constant(shape.asArray()), tf.constant(0f));
  }

  private static <T extends TType> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }
}
