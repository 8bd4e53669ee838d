package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.graph.Batches;
import dev.slope.graph.Descent;
import dev.slope.graph.RowsShape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;

/**
 * Trains models. The same job on the same machine gives the same bytes, whatever the clock does.
 */
public final class Trainer {
  private final CallSize callSize;
  private final int maxChunkValues;

  /** A trainer that reports about ten times a second. */
  public Trainer() {
    this(CallSize.forTenthOfSecond(), PackedChunks.MAX_VALUES);
  }

  Trainer(CallSize callSize) {
    this(callSize, PackedChunks.MAX_VALUES);
  }

  /**
   * A trainer for tests.
   *
   * @param maxChunkValues the most values of packed rows that the loop is fed at once
   */
  Trainer(CallSize callSize, int maxChunkValues) {
    this.callSize = callSize;
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
    long setupStart = System.nanoTime();
    Device device = DeviceSelection.select(job.training().device());
    if (!(job.training().optimizer() instanceof OptimizerConfig.FirstOrder optimizer)) {
      return new SecondOrderTraining(job, device, listener).train(setupStart);
    }
    Curvature curvature = new Curvature(job, device);
    Plan plan = PlanSelection.select(job);
    RowsFeed rows = new RowsFeed(job.features(), job.rows());
    Batches batches = plan == Plan.MINI_BATCH ? batches(job, rows.shape()) : null;
    double learningRate = LearningRates.first(job, optimizer, curvature, batches);
    boolean lineSearch = LearningRates.isSearched(optimizer, curvature);
    WatchedRows validation = WatchedRows.of(job, plan, device);
    Descent descent =
        Descents.of(
            job,
            plan == Plan.GRAM
                ? Descents.ofForm(job)
                : Descents.ofRows(job, batches == null ? rows.shape() : batches.batch()),
            validation == null ? null : validation.objective(),
            lineSearch,
            batches);
    DataFeed data =
        switch (plan) {
          case GRAM -> new QuadraticFeed(curvature.form());
          case FULL_BATCH -> rows;
          case MINI_BATCH -> packed(job, Objects.requireNonNull(batches), device);
        };
    return descend(
        job,
        plan,
        descent,
        learningRate,
        data,
        validation == null ? null : validation.feed(),
        device,
        listener,
        setupStart);
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
      return new Measured(
          loss.at(weights), new Scorer(job.features(), weights, device).scores(rows));
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
   * @param rows how many there are
   * @param inputs of the model
   * @param offset whether rows have an offset
   * @throws dev.slope.config.ConfigException where the config asks for a plan that can't be
   */
  public static Plan plan(
      ModelConfig model, TrainingConfig training, long rows, int inputs, boolean offset) {
    return PlanSelection.select(model, training, rows, inputs, offset);
  }

  /** The version of TensorFlow that trains. Loads its natives. */
  public static String tensorFlowVersion() {
    return TensorFlow.version();
  }

  private static Batches batches(TrainingJob job, RowsShape rows) {
    BatchSizeConfig.Rows wanted = (BatchSizeConfig.Rows) job.training().batchSize();
    return Batches.of(rows, (int) Math.min(wanted.rows(), rows.rows()));
  }

  private BatchFeed packed(TrainingJob job, Batches batches, Device device) {
    int epochs = job.training().epochs();
    return new BatchFeed(
        new ShuffledRows(job, batches, device, job.training().shuffle() ? job.seed() : null),
        PackedChunks.of(batches, Math.min(epochs, CallSize.MAX_EPOCHS), maxChunkValues),
        epochs);
  }

  private TrainedModel descend(
      TrainingJob job,
      Plan plan,
      Descent descent,
      double learningRate,
      DataFeed data,
      @Nullable ResidentFeed validation,
      Device device,
      TrainingListener listener,
      long setupStart) {
    int maxEpochs = Math.min(job.training().epochs(), CallSize.MAX_EPOCHS);
    try (TrainingSession session =
        new TrainingSession(job, descent, data, validation, device, maxEpochs)) {
      LinearWeights initial = Initializer.weights(job);
      TrainingSession.Beginning beginning =
          session.begin(job.model().fitIntercept() ? initial : withoutIntercepts(initial));
      double setupSeconds = (System.nanoTime() - setupStart) / 1e9;
      listener.onStart(plan, device.label(), job.training().epochs());
      DescentTraining.End end =
          new DescentTraining(job, session, callSize, learningRate)
              .run(beginning, setupSeconds, listener);
      FloatMatrix predictions = session.scores(job.rows());
      return new TrainedModel(
          end.reached().weights(),
          end.history(),
          end.reached().loss(),
          predictions,
          end.stopReason(),
          plan,
          device.label(),
          end.timings(),
          end.warnings());
    }
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
