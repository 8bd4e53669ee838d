package dev.slope.training;

import dev.slope.config.LearningRateConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.ScheduleConfig;
import dev.slope.features.LinearWeights;
import org.tensorflow.TensorFlow;

/**
 * Trains models. The same job on the same machine gives the same bytes, whatever the clock does.
 */
public final class Trainer {
  /**
   * A loss this many times the larger of the starting loss and the loss of a model that answers 0
   * is a divergence: no descent that still arrives climbs a millionfold.
   */
  static final float EXPLOSION_FACTOR = 1e6f;

  private final CallSize callSize;

  /** A trainer that reports about ten times a second. */
  public Trainer() {
    this(CallSize.forTenthOfSecond());
  }

  Trainer(CallSize callSize) {
    this.callSize = callSize;
  }

  /**
   * Trains until its epochs have run or the listener asks to stop.
   *
   * @throws TrainingDivergedException where the loss is not finite any more, or a million times
   *     what it was
   * @throws DeviceException where the device that was asked for isn't there
   */
  public TrainedModel train(TrainingJob job, TrainingListener listener) {
    long setupStart = System.nanoTime();
    Device device = DeviceSelection.select(job.training().device());
    int maxEpochs = Math.min(job.training().epochs(), CallSize.MAX_EPOCHS);
    try (TrainingSession session = new TrainingSession(job, device, maxEpochs)) {
      TrainingSession.Beginning beginning =
          session.begin(
              Initializer.weights(
                  job.model().initializer(),
                  job.features().inputs(),
                  job.labels().names(),
                  job.seed()));
      return train(job, session, beginning, device, listener, secondsSince(setupStart));
    }
  }

  /**
   * Loads TensorFlow and what a training builds with it, so that it is there when the first job
   * comes. For a background thread, while config and data are read.
   */
  public static void warmUp() {
    WarmUp.run();
  }

  /** The version of TensorFlow that trains. Loads its natives. */
  public static String tensorFlowVersion() {
    return TensorFlow.version();
  }

  private TrainedModel train(
      TrainingJob job,
      TrainingSession session,
      TrainingSession.Beginning beginning,
      Device device,
      TrainingListener listener,
      double setupSeconds) {
    long epochs = job.training().epochs();
    double learningRate = learningRate(job.training().optimizer());
    TrainingHistory.Recorder history = new TrainingHistory.Recorder();
    float limit = lossLimit(beginning);
    listener.onStart(Plan.FULL_BATCH, device.label(), epochs);

    StopReason stopReason = StopReason.EPOCHS_DONE;
    long start = System.nanoTime();
    long done = 0;
    long firstCallEpochs = 0;
    double firstCallSeconds = 0;
    double seconds = 0;
    long next = callSize.first();
    while (done < epochs) {
      long count = Math.min(next, Math.min(epochs - done, CallSize.MAX_EPOCHS));
      TrainingSession.Call call = session.run(count, (float) learningRate, limit);
      double now = secondsSince(start);
      history.add(done + 1, call.losses(), learningRate, seconds, now);
      if (!call.healthy()) {
        long before = done + call.losses().length - 1;
        throw diverged(
            before, call.losses()[call.losses().length - 1], learningRate, session, history);
      }
      next = callSize.next(count, now - seconds);
      if (done == 0) {
        firstCallSeconds = now;
        firstCallEpochs = count;
      }
      seconds = now;
      listener.onEpochs(done + 1, call.losses());
      done += count;
      if (done < epochs && isCancelled(listener)) {
        stopReason = StopReason.CANCELLED;
        break;
      }
    }

    TrainingSession.Reached reached = session.reached();
    if (!(reached.loss() <= limit)) {
      throw diverged(done, reached.loss(), learningRate, session, history);
    }
    return new TrainedModel(
        reached.weights(),
        history.history(),
        reached.loss(),
        session.predict(job.rawFeatures()),
        stopReason,
        Plan.FULL_BATCH,
        device.label(),
        new Timings(
            setupSeconds, firstCallSeconds, seconds - firstCallSeconds, done, firstCallEpochs));
  }

  private static TrainingDivergedException diverged(
      long epochs,
      float loss,
      double learningRate,
      TrainingSession session,
      TrainingHistory.Recorder history) {
    LinearWeights lastGood = session.lastGoodWeights();
    return new TrainingDivergedException(epochs, loss, learningRate, lastGood, history.history());
  }

  private static boolean isCancelled(TrainingListener listener) {
    return listener.isCancelled() || Thread.currentThread().isInterrupted();
  }

  private static float lossLimit(TrainingSession.Beginning beginning) {
    float limit = EXPLOSION_FACTOR * Math.max(beginning.loss(), beginning.lossOfZero());
    return limit <= Float.MAX_VALUE ? limit : Float.MAX_VALUE;
  }

  private static double learningRate(OptimizerConfig optimizer) {
    if (optimizer instanceof OptimizerConfig.FirstOrder rule
        && rule.schedule() instanceof ScheduleConfig.Constant
        && rule.baseLearningRate() instanceof LearningRateConfig.Constant constant) {
      return constant.value();
    }
    throw new AssertionError("the engine can't run " + optimizer);
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
