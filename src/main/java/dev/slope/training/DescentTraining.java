package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.graph.LoopStatus;
import dev.slope.training.checkpoint.Checkpoints;
import dev.slope.training.checkpoint.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the compiled loop, call after call, until something ends the training. */
final class DescentTraining {
  /**
   * A loss this many times the larger of the starting loss and the loss of a model that answers 0
   * is a divergence: no descent that still arrives climbs a millionfold.
   */
  static final double EXPLOSION_FACTOR = 1e6;

  private final TrainingJob job;
  private final TrainingSession session;
  private final CallSize callSize;
  private final Checkpoints checkpoints;
  private final double learningRate;
  private final double lossLimit;
  private final TrainingHistory.Recorder history;
  private long done;
  private long firstCallEpochs;
  private double firstCallSeconds;
  private double seconds;

  /**
   * A training that is about to run its epochs.
   *
   * @param session holds the data and the state that the epochs start from
   */
  DescentTraining(
      TrainingJob job,
      TrainingSession session,
      CallSize callSize,
      TrainingStart start,
      Checkpoints checkpoints) {
    this.job = job;
    this.session = session;
    this.callSize = callSize;
    this.checkpoints = checkpoints;
    this.learningRate = start.learningRate();
    this.lossLimit = start.lossLimit();
    this.history = start.history();
    this.done = start.epochsDone();
    this.seconds = start.seconds();
  }

  /**
   * How it ended.
   *
   * @param reached the weights, and their loss and scores on the rows that they are measured on
   * @param stopReason why
   * @param warnings what the user should know
   */
  record End(
      TrainingSession.Reached reached,
      StopReason stopReason,
      TrainingHistory history,
      Timings timings,
      List<String> warnings) {}

  /** Trains. */
  End run(double setupSeconds, TrainingListener listener) {
    StopReason stopReason = epochs(listener);
    if (job.training().stop().patience() != null) {
      session.restoreBest();
    }
    TrainingSession.Reached reached = session.reached(job);
    if (!(reached.loss() <= lossLimit)) {
      throw diverged(done, reached.loss());
    }
    return new End(
        reached,
        stopReason,
        history.history(),
        new Timings(
            setupSeconds, firstCallSeconds, seconds - firstCallSeconds, done, firstCallEpochs),
        warnings(stopReason));
  }

  private StopReason epochs(TrainingListener listener) {
    long epochs = job.training().epochs();
    Double maxSeconds = job.training().stop().maxSeconds();
    long start = System.nanoTime() - (long) (seconds * 1e9);
    long next = callSize.first();
    while (done < epochs) {
      long count =
          Math.min(
              Math.min(next, checkpoints.epochsUntilDue(done)),
              Math.min(epochs - done, CallSize.MAX_EPOCHS));
      EpochCall call = session.run(count, learningRate, lossLimit);
      double now = (System.nanoTime() - start) / 1e9;
      int ran = call.losses().length;
      history.add(done + 1, call, learningRate, seconds, now);
      if (call.status() == LoopStatus.DIVERGED) {
        throw diverged(done + ran - 1, call.lastLoss());
      }
      next = callSize.next(ran, now - seconds);
      if (firstCallEpochs == 0) {
        firstCallSeconds = now - seconds;
        firstCallEpochs = ran;
      }
      seconds = now;
      listener.onEpochs(done + 1, call.losses());
      done += ran;
      if (call.status() != LoopStatus.RUNNING) {
        return StopReason.of(call.status());
      }
      if (done < epochs && isCancelled(listener)) {
        checkpoints.onCancel(done, this::state);
        return StopReason.CANCELLED;
      }
      if (done < epochs && isOver(maxSeconds, now)) {
        return StopReason.MAX_SECONDS;
      }
      if (done < epochs) {
        checkpoints.afterCall(done, this::state);
      }
    }
    return StopReason.EPOCHS_DONE;
  }

  private TrainingState state() {
    return new TrainingStart(done, learningRate, lossLimit, seconds, history).state(session);
  }

  private List<String> warnings(StopReason stopReason) {
    List<String> warnings = new ArrayList<>();
    boolean endless = stopReason == StopReason.EPOCHS_DONE || stopReason == StopReason.MAX_SECONDS;
    boolean awaited =
        job.training().stop().tolerance() != null || job.training().stop().minRelProgress() != null;
    if (endless && awaited) {
      warnings.add(
          ("did not converge: after %d epochs %s; raise /training/%s, scale the features"
                  + " ('scaling': 'standard'), or take the optimizer 'newton' or 'lbfgs'")
              .formatted(
                  done,
                  stopReason.clause(),
                  stopReason == StopReason.EPOCHS_DONE ? "epochs" : "stop/max_seconds"));
    }
    return warnings;
  }

  private TrainingDivergedException diverged(long epochs, double loss) {
    return new TrainingDivergedException(
        epochs, loss, learningRate, job.precision(), session.lastGoodWeights(), history.history());
  }

  private static boolean isOver(@Nullable Double maxSeconds, double now) {
    return maxSeconds != null && now >= maxSeconds;
  }

  private static boolean isCancelled(TrainingListener listener) {
    return listener.isCancelled() || Thread.currentThread().isInterrupted();
  }

  /** The largest loss that is no divergence. */
  static double lossLimit(TrainingSession.Beginning beginning, Precision precision) {
    double limit = EXPLOSION_FACTOR * Math.max(beginning.loss(), beginning.lossOfZero());
    return limit <= precision.largest() ? precision.round(limit) : precision.largest();
  }
}
