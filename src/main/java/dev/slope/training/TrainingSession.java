package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.LastingState;
import dev.slope.graph.LoopStatus;
import dev.slope.graph.SparseSteps;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.graph.TrainingGraph;
import dev.slope.training.checkpoint.TrainingState;
import dev.slope.training.tensors.TensorMemory;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
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

/** Owns the graph and the session of one training in the compiled loop; values come out copied. */
final class TrainingSession implements AutoCloseable {
  /** Before the names of the graph's own state in a checkpoint. */
  private static final String GRAPH = "graph.";

  /** 2 MiB: what a core's cache holds, and enough to be worth a call. */
  private static final int PREDICTED_VALUES = 1 << 19;

  private final Precision precision;
  private final List<String> inputs;
  private final List<String> outputs;
  private final List<DataFeed> feeds;
  private final @Nullable BatchFeed batches;
  private final @Nullable LossOfRows lossOfRows;

  /** Of the validation rows, where the graph does not hold them. */
  private final @Nullable LossOfRows validationLoss;

  private final Graph graph;
  private final Session session;
  private final TrainingGraph<?> ops;
  private long epoch;

  /**
   * Builds the graph.
   *
   * @param prepared what is trained and on which data, which are closed with the session
   * @param maxEpochsPerCall the most epochs of one call
   */
  TrainingSession(TrainingJob job, PreparedDescent prepared, Device device, int maxEpochsPerCall) {
    DataFeed data = prepared.data();
    ResidentFeed validation = prepared.validation();
    this.precision = job.precision();
    this.inputs = job.features().inputs();
    this.outputs = job.outputs();
    this.feeds = validation == null ? List.of(data) : List.of(data, validation);
    this.batches = data instanceof BatchFeed feed ? feed : null;
    this.lossOfRows = batches == null ? null : new LossOfRows(job, device);
    this.validationLoss =
        validation instanceof GivenLossFeed
            ? new LossOfRows(job.on(Objects.requireNonNull(job.validation())), device)
            : null;
    this.graph = TensorFlowRuntime.newGraph();
    try {
      Ops tf = Ops.create(graph).withDevice(device.placement());
      this.ops = build(tf, FloatTypes.of(precision), job, prepared, maxEpochsPerCall);
      this.session =
          new Session(
              graph, ops.sparseSteps() == null ? device.session() : device.sessionOfSmallOps());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private static <T extends TFloating> TrainingGraph<T> build(
      Ops tf, Class<T> type, TrainingJob job, PreparedDescent prepared, int maxEpochsPerCall) {
    ResidentFeed validation = prepared.validation();
    return TrainingGraph.build(
        tf,
        type,
        job.features(),
        prepared.descent(),
        prepared.data().addTo(tf, type),
        validation == null ? List.of() : validation.addData(tf, type),
        maxEpochsPerCall);
  }

  /**
   * Where a training starts from.
   *
   * @param loss of the initial parameters, over all training rows
   * @param lossOfZero the loss of a model whose scores are 0
   */
  record Beginning(double loss, double lossOfZero) {}

  /**
   * Compiles the loop before the data are there, where they are sums that other threads are still
   * at; whatever it leaves in the graph, {@link #begin} sets anew.
   */
  void compile() {
    if (!(feeds.get(0) instanceof QuadraticFeed)) {
      return;
    }
    begin(
        new LinearWeights(
            inputs,
            outputs,
            new double[inputs.size() * outputs.size()],
            new double[outputs.size()]),
        (feed, runner) -> ((QuadraticFeed) feed).feedZeros(runner));
    call(0, 0, 0, null);
  }

  /** Begins to read the rows of the first epoch, where a training starts with it. */
  void readAhead() {
    if (batches != null) {
      batches.readFrom(0);
    }
  }

  /** Brings the data into the graph and sets the parameters. */
  Beginning begin(LinearWeights initial) {
    return begin(initial, DataFeed::feed);
  }

  private Beginning begin(
      LinearWeights initial, BiFunction<DataFeed, Session.Runner, List<Tensor>> feeding) {
    TrainingGraph.Start<?> start = ops.start();
    List<Tensor> fed = new ArrayList<>();
    try (Tensor weights =
            Tensors.of(precision, Shape.of(inputs.size(), outputs.size()), initial.weights());
        Tensor intercepts = Tensors.of(precision, Shape.of(outputs.size()), initial.intercepts())) {
      Session.Runner runner =
          session.runner().feed(start.weights(), weights).feed(start.intercepts(), intercepts);
      TrainingGraph.StartLosses<?> losses = start.losses();
      if (losses != null) {
        runner.fetch(losses.ofParameters()).fetch(losses.ofZero());
      }
      feeds.forEach(feed -> fed.addAll(feeding.apply(feed, runner)));
      start.store().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return losses == null
            ? beginning(initial)
            : new Beginning(Tensors.scalar(result.get(0)), Tensors.scalar(result.get(1)));
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private Beginning beginning(LinearWeights initial) {
    LossOfRows loss = Objects.requireNonNull(lossOfRows);
    double ofZero = loss.atZero();
    return new Beginning(initial.areZero() ? ofZero : precision.round(loss.at(initial)), ofZero);
  }

  /** Adds all that the graph carries from call to call, under names of its own. */
  void saveTo(TrainingState.Builder state) {
    LastingState.Reading<?> lasting = ops.lasting().reading();
    Session.Runner runner = session.runner().fetch(lasting.epoch());
    lasting.tensors().values().forEach(runner::fetch);
    try (Result result = runner.run()) {
      state.longs(GRAPH + "epoch", ((TInt64) result.get(0)).getLong());
      int index = 1;
      for (String name : lasting.tensors().keySet()) {
        Tensor tensor = result.get(index++);
        switch (precision) {
          case FLOAT32 -> state.floats(GRAPH + name, Tensors.floats(tensor));
          case FLOAT64 -> state.doubles(GRAPH + name, Tensors.doubles(tensor));
        }
      }
    }
  }

  /** Goes back to where {@link #saveTo} was; the data must have been brought in. */
  void restore(TrainingState state) {
    LastingState.Setting<?> lasting = ops.lasting().setting();
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      epoch = state.longs(GRAPH + "epoch")[0];
      fed.add(TInt64.scalarOf(epoch));
      runner.feed(lasting.epoch(), fed.get(0));
      lasting
          .tensors()
          .forEach(
              (name, placeholder) -> {
                Tensor tensor =
                    switch (precision) {
                      case FLOAT32 -> Tensors.of(placeholder.shape(), state.floats(GRAPH + name));
                      case FLOAT64 ->
                          Tensors.of(precision, placeholder.shape(), state.doubles(GRAPH + name));
                    };
                fed.add(tensor);
                runner.feed(placeholder, tensor);
              });
      lasting.store().forEach(runner::addTarget);
      runner.run().close();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Runs some epochs, one at least; fewer where the loop ends the training or rows come later. */
  EpochCall run(long epochs, double learningRate, double lossLimit) {
    if (batches == null) {
      return call(epochs, learningRate, lossLimit, null);
    }
    if (batches.comesInParts()) {
      int next = 0;
      while (next < batches.steps()) {
        next = run(batches.at(epoch), learningRate, lossLimit);
      }
      return call(1, learningRate, lossLimit, null);
    }
    ChunkReader.Chunk chunk = batches.at(epoch);
    long left = chunk.epoch() + chunk.epochs() - epoch;
    return call(Math.min(epochs, left), learningRate, lossLimit, chunk);
  }

  /** Runs the steps of a part of an epoch and returns the number of the next one. */
  private int run(ChunkReader.Chunk part, double learningRate, double lossLimit) {
    SparseSteps<?> sparse = ops.sparseSteps();
    return sparse == null
        ? run(Objects.requireNonNull(ops.steps()), part, learningRate, lossLimit)
        : run(sparse, part, learningRate, lossLimit);
  }

  private int run(
      SparseSteps<?> steps, ChunkReader.Chunk part, double learningRate, double lossLimit) {
    try (Tensor rate = Tensors.scalar(precision, learningRate);
        Tensor limit = Tensors.scalar(precision, lossLimit)) {
      int next = part.firstStep();
      while (next < part.endStep()) {
        int count = Math.min(steps.most(), part.endStep() - next);
        if (run(steps.of(count), part, next, rate, limit) == Double.POSITIVE_INFINITY) {
          return Integer.MAX_VALUE;
        }
        next += count;
      }
      return next;
    }
  }

  private double run(
      SparseSteps.Run<?> run, ChunkReader.Chunk part, int step, Tensor rate, Tensor limit) {
    try (TInt32 position = TInt32.scalarOf(step - part.firstStep());
        TInt32 first = TInt32.scalarOf(step)) {
      Session.Runner runner =
          session
              .runner()
              .feed(run.position(), position)
              .feed(run.first(), first)
              .feed(run.learningRate(), rate)
              .feed(run.lossLimit(), limit)
              .fetch(run.loss());
      Objects.requireNonNull(batches).feed(runner, part);
      run.store().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return Tensors.scalar(result.get(0));
      }
    }
  }

  private int run(
      TrainingGraph.Steps<?> steps, ChunkReader.Chunk part, double learningRate, double lossLimit) {
    try (TInt32 first = TInt32.scalarOf(part.firstStep());
        TInt32 end = TInt32.scalarOf(part.endStep());
        Tensor rate = Tensors.scalar(precision, learningRate);
        Tensor limit = Tensors.scalar(precision, lossLimit)) {
      Session.Runner runner =
          session
              .runner()
              .feed(steps.first(), first)
              .feed(steps.end(), end)
              .feed(steps.learningRate(), rate)
              .feed(steps.lossLimit(), limit);
      Objects.requireNonNull(batches).feed(runner, part);
      steps.store().forEach(runner::addTarget);
      runner.run().close();
      return part.endStep();
    }
  }

  private EpochCall call(
      long epochs, double learningRate, double lossLimit, ChunkReader.@Nullable Chunk chunk) {
    TrainingGraph.Epochs<?> loop = ops.epochs();
    try (TInt64 count = TInt64.scalarOf(epochs);
        TInt64 dataEpoch = TInt64.scalarOf(chunk == null ? 0 : chunk.epoch());
        Tensor rate = Tensors.scalar(precision, learningRate);
        Tensor limit = Tensors.scalar(precision, lossLimit);
        Tensor watched = Tensors.scalar(precision, givenLoss())) {
      Session.Runner runner =
          session
              .runner()
              .feed(loop.count(), count)
              .feed(loop.learningRate(), rate)
              .feed(loop.lossLimit(), limit)
              .fetch(loop.status())
              .fetch(loop.losses());
      if (chunk != null && batches != null && loop.dataEpoch() != null) {
        batches.feed(runner, chunk);
        runner.feed(loop.dataEpoch(), dataEpoch);
      }
      int rates = loop.rates() == null ? 0 : fetch(runner, loop.rates());
      int validation = loop.validationLosses() == null ? 0 : fetch(runner, loop.validationLosses());
      loop.store().forEach(runner::addTarget);
      if (feeds.get(feeds.size() - 1) instanceof GivenLossFeed given) {
        given.feed(runner, watched);
      }
      try (Result result = runner.run()) {
        double[] losses = Tensors.doubles(result.get(1));
        epoch += losses.length;
        return new EpochCall(
            losses,
            rates == 0 ? null : Tensors.doubles(result.get(2)),
            validation == 0 ? null : Tensors.doubles(result.get(2 + rates)),
            LoopStatus.of(((TInt32) result.get(0)).getInt()));
      }
    }
  }

  /** The validation rows' loss at the present parameters, where the graph does not have them. */
  private double givenLoss() {
    return validationLoss == null ? 0 : validationLoss.at(fetchWeights(ops.result().parameters()));
  }

  private static int fetch(Session.Runner runner, Operand<?> operand) {
    runner.fetch(operand);
    return 1;
  }

  /**
   * What training has reached.
   *
   * @param weights the present parameters
   * @param loss of them, over the rows that the model is measured on
   * @param scores of these rows, offsets included, one column an output
   */
  record Reached(LinearWeights weights, double loss, FloatMatrix scores) {}

  /** Reads the present parameters, and what they come to. */
  Reached reached(TrainingJob job) {
    TrainingRows rows = job.measured();
    TrainingGraph.Result<?> read = ops.result();
    if (read.loss() == null || !job.measuresAll()) {
      LinearWeights weights = fetchWeights(read.parameters());
      Trainer.Measured measured =
          lossOfRows == null
              ? Trainer.measure(job, weights, rows)
              : lossOfRows.measure(weights, rows, () -> scores(rows));
      return new Reached(weights, precision.round(measured.loss()), measured.scores());
    }
    try (Result result =
        session
            .runner()
            .fetch(read.parameters().get(0))
            .fetch(read.parameters().get(1))
            .fetch(read.loss())
            .run()) {
      return new Reached(
          weights(result.get(0), result.get(1)), Tensors.scalar(result.get(2)), scores(rows));
    }
  }

  /**
   * Makes the parameters of the lowest watched loss the present ones, unless the last step went
   * lower. Only for a training with patience.
   */
  void restoreBest() {
    TrainingGraph.Result<?> read = ops.result();
    if (read.watched() != null) {
      try (Result losses = session.runner().fetch(read.watched()).fetch(read.best().get(0)).run()) {
        if (Tensors.scalar(losses.get(0)) < Tensors.scalar(losses.get(1))) {
          return;
        }
      }
    }
    Session.Runner runner = session.runner();
    read.restoreBest().forEach(runner::addTarget);
    runner.run().close();
  }

  /** The parameters of the last epoch that started from a loss within bounds. */
  LinearWeights lastGoodWeights() {
    return fetchWeights(ops.result().lastGood());
  }

  private LinearWeights fetchWeights(List<? extends Operand<?>> parameters) {
    try (Result result = session.runner().fetch(parameters.get(0)).fetch(parameters.get(1)).run()) {
      return weights(result.get(0), result.get(1));
    }
  }

  /**
   * The scores of rows, offsets included. Few rows a call: what a call allocates counts beside the
   * rows, and stays in the caches.
   */
  private FloatMatrix scores(TrainingRows rows) {
    FloatMatrix raw = rows.rawFeatures();
    FloatMatrix scores = Scorer.blank(raw, outputs);
    int width = Math.max(1, Math.max(raw.columns(), outputs.size()));
    try (InOrder<Integer> threads = InOrder.beginningHere(count -> {})) {
      RowSlices.forEach(
          Math.max(1, PREDICTED_VALUES / width),
          List.of(raw, scores),
          (count, values) ->
              threads.add(
                  () -> {
                    predict(
                        Objects.requireNonNull(values.get(0)),
                        Objects.requireNonNull(values.get(1)));
                    return count;
                  }));
      threads.finish();
    }
    return rows.offsets() == null ? scores : Scorer.plus(scores, rows.offsets());
  }

  private void predict(FloatBlock block, FloatBlock to) {
    try (Tensor tensor = Tensors.matrix(block);
        Result result =
            session
                .runner()
                .feed(ops.prediction().rawBlock(), tensor)
                .fetch(ops.prediction().scores())
                .run()) {
      to.bytes().put(TensorMemory.of(result.get(0)));
    }
  }

  /** Idempotent. The session goes first: a graph's close waits for its sessions. */
  @Override
  public void close() {
    if (batches != null) {
      batches.close();
    }
    if (lossOfRows != null) {
      lossOfRows.close();
    }
    if (validationLoss != null) {
      validationLoss.close();
    }
    session.close();
    graph.close();
  }

  private LinearWeights weights(Tensor weights, Tensor intercepts) {
    return new LinearWeights(
        inputs, outputs, Tensors.doubles(weights), Tensors.doubles(intercepts));
  }
}
