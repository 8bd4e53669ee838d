package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.features.LinearWeights;
import dev.slope.graph.ColumnwiseGraph;
import dev.slope.graph.Descent;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.LoopStatus;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Owns the graph and the session of settings that train together, each as a column; values come out
 * copied.
 */
final class SettingsSession implements AutoCloseable {
  private final Precision precision;
  private final List<String> inputs;
  private final List<String> outputs;
  private final int columns;
  private final ResidentFeed feed;
  private final Graph graph;
  private final Session session;
  private final ColumnwiseGraph<?> ops;

  /**
   * Builds the graph.
   *
   * @param descent of a columnwise objective
   * @param feed of its data
   * @param columns how many
   * @param maxEpochsPerCall the most epochs of one call
   */
  SettingsSession(
      TrainingJob job,
      Descent descent,
      ResidentFeed feed,
      int columns,
      Device device,
      int maxEpochsPerCall) {
    this.precision = job.precision();
    this.inputs = job.features().inputs();
    this.outputs = job.outputs();
    this.columns = columns;
    this.feed = feed;
    this.graph = TensorFlowRuntime.newGraph();
    try {
      Ops tf = Ops.create(graph).withDevice(device.placement());
      this.ops = build(tf, FloatTypes.of(precision), descent, maxEpochsPerCall);
      this.session = new Session(graph, device.session());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private <T extends TFloating> ColumnwiseGraph<T> build(
      Ops tf, Class<T> type, Descent descent, int maxEpochsPerCall) {
    return ColumnwiseGraph.build(
        tf, type, descent, feed.addData(tf, type), List.of(), maxEpochsPerCall);
  }

  /**
   * Where trainings start from.
   *
   * @param losses of each one's initial parameters, over the rows that it trains on
   * @param lossesOfZero the same of a model whose scores are 0
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Beginning(double[] losses, double[] lossesOfZero) {}

  /**
   * What a call of the loop ran.
   *
   * @param losses for each epoch, the least of those that still ran
   * @param statuses of each column after it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Call(double[] losses, List<LoopStatus> statuses) {
    boolean isRunning() {
      return statuses.contains(LoopStatus.RUNNING);
    }
  }

  /**
   * Compiles the loop before the data are there, where they are sums that other threads are still
   * at; whatever it leaves in the graph, {@link #begin} sets anew.
   */
  void compile() {
    if (!(feed instanceof SettingFormsFeed forms)) {
      return;
    }
    begin(
        new double[inputs.size() * columns],
        new double[columns],
        runner -> forms.feedZeros(runner));
    losses();
    run(0, new double[columns], new double[columns]);
  }

  /** Brings the data into the graph and sets the parameters of each column. */
  Beginning begin(List<LinearWeights> initial) {
    double[] weights = new double[inputs.size() * columns];
    double[] intercepts = new double[columns];
    for (int column = 0; column < columns; column++) {
      for (int input = 0; input < inputs.size(); input++) {
        weights[input * columns + column] = initial.get(column).weight(input, 0);
      }
      intercepts[column] = initial.get(column).intercept(0);
    }
    begin(new double[weights.length], new double[columns], feed::feed);
    double[] lossesOfZero = losses();
    if (isZero(weights) && isZero(intercepts)) {
      return new Beginning(lossesOfZero, lossesOfZero);
    }
    begin(weights, intercepts, null);
    return new Beginning(losses(), lossesOfZero);
  }

  private static boolean isZero(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }

  /**
   * Sets the parameters.
   *
   * @param feeding feeds the data; null where they are there
   */
  private void begin(
      double[] weights,
      double[] intercepts,
      @Nullable Function<Session.Runner, List<Tensor>> feeding) {
    ColumnwiseGraph.Start<?> start = ops.start();
    List<Tensor> fed = new ArrayList<>();
    try {
      fed.add(Tensors.of(precision, Shape.of(inputs.size(), columns), weights));
      fed.add(Tensors.of(precision, Shape.of(columns), intercepts));
      Session.Runner runner =
          session.runner().feed(start.weights(), fed.get(0)).feed(start.intercepts(), fed.get(1));
      if (feeding != null) {
        fed.addAll(feeding.apply(runner));
        start.storeData().forEach(runner::addTarget);
      }
      start.store().forEach(runner::addTarget);
      runner.run().close();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Those of the present parameters. */
  private double[] losses() {
    try (Result result = session.runner().fetch(ops.result().losses()).run()) {
      return Tensors.doubles(result.get(0));
    }
  }

  /** Runs some epochs; fewer where all columns have ended before. */
  Call run(long epochs, double[] learningRates, double[] lossLimits) {
    ColumnwiseGraph.Epochs<?> loop = ops.epochs();
    try (TInt64 count = TInt64.scalarOf(epochs);
        Tensor rates = Tensors.of(precision, Shape.of(columns), learningRates);
        Tensor limits = Tensors.of(precision, Shape.of(columns), lossLimits)) {
      Session.Runner runner =
          session
              .runner()
              .feed(loop.count(), count)
              .feed(loop.learningRates(), rates)
              .feed(loop.lossLimits(), limits)
              .fetch(loop.losses())
              .fetch(loop.statuses());
      loop.store().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        List<LoopStatus> statuses = new ArrayList<>();
        ((TInt32) result.get(1))
            .scalars()
            .forEach(code -> statuses.add(LoopStatus.of(code.getInt())));
        return new Call(Tensors.doubles(result.get(0)), statuses);
      }
    }
  }

  /** In each column, the parameters of the lowest watched loss. Only with patience. */
  void restoreBest() {
    Session.Runner runner = session.runner();
    ops.result().restoreBest().forEach(runner::addTarget);
    runner.run().close();
  }

  /**
   * What a column has reached.
   *
   * @param weights the present parameters
   * @param lastGood those of the last epoch that started from a loss within bounds
   * @param loss of the present parameters
   * @param epochs how many have run
   */
  record Reached(LinearWeights weights, LinearWeights lastGood, double loss, long epochs) {}

  /** Reads what the columns have reached. */
  List<Reached> reached() {
    ColumnwiseGraph.Result<?> read = ops.result();
    Session.Runner runner = session.runner();
    for (List<? extends Operand<?>> parameters : List.of(read.parameters(), read.lastGood())) {
      runner.fetch(parameters.get(0)).fetch(parameters.get(1));
    }
    try (Result result = runner.fetch(read.losses()).fetch(read.epochs()).run()) {
      double[][] values = new double[5][];
      for (int i = 0; i < values.length; i++) {
        values[i] = Tensors.doubles(result.get(i));
      }
      List<Reached> reached = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        reached.add(
            new Reached(
                column(values[0], values[1], column),
                column(values[2], values[3], column),
                values[4][column],
                ((TInt64) result.get(5)).getLong(column)));
      }
      return reached;
    }
  }

  private LinearWeights column(double[] weights, double[] intercepts, int column) {
    double[] own = new double[inputs.size()];
    for (int input = 0; input < own.length; input++) {
      own[input] = weights[input * columns + column];
    }
    return new LinearWeights(inputs, outputs, own, new double[] {intercepts[column]});
  }

  /** Idempotent. The session goes first: a graph's close waits for its sessions. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
