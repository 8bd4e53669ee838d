package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.checkpoint.Checkpoints;
import dev.slope.training.checkpoint.TrainingState;
import dev.slope.training.secondorder.GramSums;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains models. The same job on the same machine gives the same bytes, whatever the clock does.
 */
public final class Trainer {
  private static final BlockStore IN_MEMORY = BlockStore.inMemory();

  private final CallSize callSize;
  private final int maxChunkValues;
  private final BlockStore store;

  /** A trainer that reports about ten times a second. */
  public Trainer() {
    this(IN_MEMORY);
  }

  /**
   * A trainer that reports about ten times a second.
   *
   * @param store keeps packed rows of the plan {@code streaming}; the caller closes it
   */
  public Trainer(BlockStore store) {
    this(CallSize.forTenthOfSecond(), PackedChunks.MAX_VALUES, store);
  }

  Trainer(CallSize callSize) {
    this(callSize, PackedChunks.MAX_VALUES, IN_MEMORY);
  }

  /**
   * A trainer for tests.
   *
   * @param maxChunkValues the most values of packed rows that the loop is fed at once
   */
  Trainer(CallSize callSize, int maxChunkValues, BlockStore store) {
    this.callSize = callSize;
    this.store = store;
    this.maxChunkValues = maxChunkValues;
  }

  /**
   * Trains until something ends it: its epochs, a stop rule, or the listener.
   *
   * @throws TrainingDivergedException where the loss is not finite any more, or a million times
   *     what it was
   * @throws TrainingRefusedException where a learning rate is sure to diverge
   * @throws DeviceException where the device that was asked for isn't there
   */
  public TrainedModel train(TrainingJob job, TrainingListener listener) {
    return train(job, listener, Checkpoints.NONE);
  }

  /**
   * Trains, or goes on with a training that was interrupted: it ends in the bytes of one that
   * wasn't.
   *
   * @param checkpoints where its state is kept; the caller's to close
   * @throws TrainingDivergedException where the loss is not finite any more, or a million times
   *     what it was
   * @throws TrainingRefusedException where a learning rate is sure to diverge
   * @throws DeviceException where the device that was asked for isn't there
   * @throws dev.slope.training.checkpoint.CheckpointException where it must go on and can't
   */
  public TrainedModel train(TrainingJob job, TrainingListener listener, Checkpoints checkpoints) {
    long setupStart = System.nanoTime();
    Device device = DeviceSelection.select(job.training().device(), PlanSelection.select(job));
    if (!(job.training().optimizer() instanceof OptimizerConfig.FirstOrder optimizer)) {
      checkpoints.beginWithout(
          "newton and lbfgs keep no checkpoints, for they take few iterations");
      return new SecondOrderTraining(job, device, listener).train(setupStart);
    }
    PreparedDescent prepared = PreparedDescent.of(job, optimizer, device, store, maxChunkValues);
    return descend(job, prepared, device, listener, checkpoints, setupStart);
  }

  /** What the result depends on besides config, data and the version of Slope. */
  private static Map<String, String> engine(TrainingJob job, Plan plan, Device device) {
    return Map.of(
        "tensorflow",
        tensorFlowVersion(),
        "device",
        device.isGpu() ? "gpu" : "cpu",
        "plan",
        plan.label(),
        "inputs",
        job.features().inputs().toString());
  }

  /**
   * Scores of rows, and the objective over them.
   *
   * @param loss what training minimises, penalty included, over these rows
   * @param scores one column an output, offsets included, in the blocks of the rows
   */
  public record Measured(double loss, FloatMatrix scores) {}

  /**
   * Measures a model on rows that it was not trained on.
   *
   * @param job that trained it
   * @param weights of the model, on the scale that it trained on
   */
  public static Measured measure(TrainingJob job, LinearWeights weights, TrainingRows rows) {
    Device device = DeviceSelection.select(job.training().device());
    try (LossOfRows loss = new LossOfRows(job.on(rows), device)) {
      return loss.measure(
          weights, rows, () -> new Scorer(job.features(), weights, device).scores(rows));
    }
  }

  /**
   * Scores of rows by several models over the same inputs, offsets included: one pass over the rows
   * for as many models as a matrix has room for.
   *
   * @param features whose scale the models are on
   * @param device where it runs, as {@link TrainingConfig#device}
   * @return one a model, each in the blocks of the rows
   */
  public static List<FloatMatrix> scores(
      FittedFeatures features, String device, List<LinearWeights> models, TrainingRows rows) {
    return ManyScorers.scores(features, models, rows, DeviceSelection.select(device));
  }

  /** The parameters that a job starts from, on the scale of its features. */
  public static LinearWeights initial(TrainingJob job) {
    LinearWeights initial = Initializer.weights(job);
    return job.model().fitIntercept() ? initial : withoutIntercepts(initial);
  }

  /**
   * The sums of squares and products of rows, in one pass, for what is computed of a model after
   * its training.
   *
   * @param job that trained it
   * @param rows their features as the job's; of these labels and weights
   */
  public static GramSums sums(TrainingJob job, TrainingRows rows) {
    try (GramPass pass =
        new GramPass(job.on(rows), DeviceSelection.select(job.training().device()))) {
      return pass.sums();
    }
  }

  /**
   * Loads TensorFlow and what a training builds with it, so that it is there when the first job
   * comes. For a background thread, while config and data are read.
   */
  public static void warmUp() {
    WarmUp.run();
  }

  /**
   * How a training would visit its rows.
   *
   * @param features of the model
   * @param rows how many there are
   * @param offset whether rows have an offset
   * @param inFile whether rows don't fit into memory
   * @throws dev.slope.config.ConfigException where the config asks for a plan that can't be
   */
  public static Plan plan(
      ModelConfig model,
      TrainingConfig training,
      FittedFeatures features,
      long rows,
      boolean offset,
      boolean inFile) {
    return PlanSelection.select(
        model,
        training,
        rows,
        features.inputs().size(),
        PlanSelection.oneHotInputs(features),
        offset,
        inFile);
  }

  /** The version of TensorFlow that trains. Loads its natives. */
  public static String tensorFlowVersion() {
    return TensorFlowRuntime.version();
  }

  private TrainedModel descend(
      TrainingJob job,
      PreparedDescent prepared,
      Device device,
      TrainingListener listener,
      Checkpoints checkpoints,
      long setupStart) {
    int maxEpochs =
        prepared.plan() == Plan.SPARSE ? 1 : Math.min(job.training().epochs(), CallSize.MAX_EPOCHS);
    try (TrainingSession session = new TrainingSession(job, prepared, device, maxEpochs)) {
      session.compile();
      double learningRate = prepared.learningRate().getAsDouble();
      Optional<TrainingState> saved =
          checkpoints.begin(() -> engine(job, prepared.plan(), device), job.training().epochs());
      if (saved.isEmpty()) {
        session.readAhead();
      }
      TrainingSession.Beginning beginning = session.begin(initial(job));
      TrainingStart start =
          saved
              .map(state -> continued(state, session, listener))
              .orElseGet(
                  () ->
                      TrainingStart.first(
                          learningRate, DescentTraining.lossLimit(beginning, job.precision())));
      double setupSeconds = (System.nanoTime() - setupStart) / 1e9;
      listener.onStart(prepared.plan(), device.label(), job.training().epochs());
      DescentTraining.End end =
          new DescentTraining(job, session, callSize, start, checkpoints)
              .run(setupSeconds, listener);
      return new TrainedModel(
          end.reached().weights(),
          end.history(),
          end.reached().loss(),
          end.reached().scores(),
          end.stopReason(),
          prepared.plan(),
          device.label(),
          end.timings(),
          end.warnings(),
          job.measuresAll() ? prepared.optimalLoss().get().orElse(null) : null);
    }
  }

  private static TrainingStart continued(
      TrainingState state, TrainingSession session, TrainingListener listener) {
    session.restore(state);
    listener.onContinue(state.epochsDone());
    return TrainingStart.of(state);
  }

  /** An intercept that isn't trained is 0, whatever the weights start from. */
  private static LinearWeights withoutIntercepts(LinearWeights initial) {
    return new LinearWeights(
        initial.inputs(),
        initial.outputs(),
        initial.weights(),
        new double[initial.outputs().size()]);
  }
}
