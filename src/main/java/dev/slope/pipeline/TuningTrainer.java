package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.MetricName;
import dev.slope.config.UserException;
import dev.slope.evaluation.MetricValues;
import dev.slope.features.LinearWeights;
import dev.slope.training.StopReason;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import dev.slope.training.TrainingListener;
import dev.slope.tuning.FoldResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains settings over the same rows, fold by fold, and measures each on the rows held out. */
final class TuningTrainer {
  private final TuningRows rows;
  private final MetricName metric;
  private final Progress progress;

  /**
   * A trainer.
   *
   * @param metric to measure
   */
  TuningTrainer(TuningRows rows, MetricName metric, Progress progress) {
    this.rows = rows;
    this.metric = metric;
    this.progress = progress;
  }

  /** Counts trainings for all rows of a search, and tells its listener. */
  static final class Progress {
    private final TuneListener listener;
    private final int trainings;
    private int done;

    Progress(TuneListener listener, int trainings) {
      this.listener = listener;
      this.trainings = trainings;
    }

    void add(int count) {
      done += count;
      listener.onTrained(done, trainings);
    }

    boolean isCancelled() {
      return listener.isCancelled();
    }

    void endIfCancelled() {
      if (isCancelled()) {
        throw cancelled();
      }
    }

    TuningCancelledException cancelled() {
      return new TuningCancelledException(done, trainings);
    }
  }

  /**
   * A training of a setting.
   *
   * @param job of what it learnt
   * @param weights on the scale of the job's features; null where it failed
   * @param epochs that ran
   * @param stopReason why it ended
   * @param failure why there are no weights
   */
  private record Trained(
      TrainingJob job,
      @Nullable LinearWeights weights,
      long epochs,
      @Nullable StopReason stopReason,
      @Nullable String failure) {}

  /**
   * Trains and measures.
   *
   * @param settings that read these rows
   * @return for each setting what it came to in each fold
   * @throws TuningCancelledException where the listener asks for it
   */
  List<List<FoldResult>> results(List<LoadedConfig> settings) {
    List<List<FoldResult>> bySetting = new ArrayList<>();
    settings.forEach(setting -> bySetting.add(new ArrayList<>()));
    for (int part = 0; part < rows.heldOutParts(); part++) {
      try (TuningRows.HeldOut heldOut = rows.heldOut(part)) {
        List<Trained> trained = train(settings, heldOut);
        List<FoldResult> results = measure(trained, heldOut);
        for (int i = 0; i < results.size(); i++) {
          bySetting.get(i).add(results.get(i));
        }
      }
    }
    return bySetting;
  }

  private List<Trained> train(List<LoadedConfig> settings, TuningRows.HeldOut heldOut) {
    List<Trained> trained = new ArrayList<>();
    for (LoadedConfig setting : settings) {
      trained.add(train(setting, heldOut));
      progress.add(1);
    }
    return trained;
  }

  /** What must diverge, or can't be trained at all, is told of that setting and ends no other. */
  private Trained train(LoadedConfig setting, TuningRows.HeldOut heldOut) {
    progress.endIfCancelled();
    TrainingJob job = job(setting, heldOut.data());
    TrainedModel model;
    try {
      model = new Trainer(heldOut.store()).train(job, new Watch(progress));
    } catch (UserException e) {
      return new Trained(job, null, 0, null, String.valueOf(e.getMessage()));
    }
    if (model.stopReason() == StopReason.CANCELLED) {
      throw progress.cancelled();
    }
    return new Trained(
        job, model.weights(), model.timings().epochs(), model.stopReason(), null);
  }

  /** Validation rows are watched only where they end something. */
  private static TrainingJob job(LoadedConfig setting, RunData data) {
    TrainingJob job = TrainPipeline.job(setting, data);
    return setting.run().training().stop().patience() == null ? job.withoutValidation() : job;
  }

  private List<FoldResult> measure(List<Trained> trained, TuningRows.HeldOut heldOut) {
    List<TrainingJob> jobs = new ArrayList<>();
    List<LinearWeights> weights = new ArrayList<>();
    for (Trained each : trained) {
      if (each.weights() != null) {
        jobs.add(each.job());
        weights.add(each.weights());
      }
    }
    List<MetricValues> metrics =
        RunEvaluation.heldOut(jobs, heldOut.data(), heldOut.rows(), weights);
    List<FoldResult> results = new ArrayList<>();
    int next = 0;
    for (Trained each : trained) {
      results.add(
          each.weights() == null
              ? FoldResult.failed(String.valueOf(each.failure()))
              : result(each, metrics.get(next++)));
    }
    return results;
  }

  private FoldResult result(Trained trained, MetricValues metrics) {
    Double value = metrics.byName().get(metric.key());
    StopReason stopReason = trained.stopReason();
    return value == null || stopReason == null
        ? FoldResult.failed(
            "%s has no value: %s"
                .formatted(metric.key(), metrics.undefined().getOrDefault(metric.key(), "?")))
        : FoldResult.measured(value, trained.epochs(), stopReason);
  }

  /** Ends a training with its search. */
  private record Watch(Progress progress) implements TrainingListener {
    @Override
    public boolean isCancelled() {
      return progress.isCancelled();
    }
  }
}
