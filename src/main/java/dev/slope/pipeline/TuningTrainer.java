package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.MetricName;
import dev.slope.config.RunConfig;
import dev.slope.config.UserException;
import dev.slope.data.BlockStore;
import dev.slope.data.RowFolds;
import dev.slope.evaluation.MetricValues;
import dev.slope.features.LinearWeights;
import dev.slope.training.Folds;
import dev.slope.training.InputScale;
import dev.slope.training.Setting;
import dev.slope.training.SettingsTrainer;
import dev.slope.training.StopReason;
import dev.slope.training.TrainedModel;
import dev.slope.training.TrainedSetting;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import dev.slope.tuning.FoldResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains settings over the same rows and measures each on the rows held out. Settings that differ
 * in learning rate and penalty alone train as columns of one matrix of weights, together with their
 * folds where those differ in the scale of the inputs alone; all others one after another.
 */
final class TuningTrainer {
  /** More columns than that take memory and bring nothing: rows are read once for all of these. */
  private static final int MOST_TOGETHER = 512;

  private final TuningRows rows;
  private final List<LoadedConfig> settings;
  private final MetricName metric;
  private final TuningProgress progress;

  /** By setting and part. */
  private final @Nullable Trained[][] trained;

  /**
   * A trainer.
   *
   * @param settings that read these rows
   * @param metric to measure
   */
  TuningTrainer(
      TuningRows rows, List<LoadedConfig> settings, MetricName metric, TuningProgress progress) {
    this.rows = rows;
    this.settings = settings;
    this.metric = metric;
    this.progress = progress;
    this.trained = new @Nullable Trained[settings.size()][rows.heldOutParts()];
  }

  /**
   * A training that has ended.
   *
   * @param weights on the scale of what its rows taught; null where it failed
   * @param epochs that ran
   * @param stopReason why it ended
   * @param failure why there are no weights
   */
  private record Trained(
      @Nullable LinearWeights weights,
      long epochs,
      StopReason stopReason,
      @Nullable String failure) {
    static Trained failed(String failure) {
      return new Trained(null, 0, StopReason.DIVERGED, failure);
    }
  }

  /**
   * Trains and measures.
   *
   * @return for each setting what it came to in each part that is held out
   * @throws TuningCancelledException where the listener asks for it
   */
  List<List<FoldResult>> results() {
    List<List<Integer>> left = new ArrayList<>();
    Optional<Folds> folds = folds();
    for (List<Integer> group : TuningColumns.groups(settings)) {
      if (!trainWithFolds(group, folds)) {
        left.add(group);
      }
    }
    List<List<FoldResult>> bySetting = new ArrayList<>();
    settings.forEach(setting -> bySetting.add(new ArrayList<>()));
    for (int part = 0; part < rows.heldOutParts(); part++) {
      try (BlockStore store = rows.newStore()) {
        if (!left.isEmpty()) {
          train(left, part, store);
        }
        List<FoldResult> results = measure(part, store);
        for (int i = 0; i < results.size(); i++) {
          bySetting.get(i).add(results.get(i));
        }
      }
    }
    return bySetting;
  }

  /** The folds of rows that are encoded once for all of them; empty where they can't be. */
  private Optional<Folds> folds() {
    RowFolds drawn = rows.folds();
    if (drawn == null) {
      return Optional.empty();
    }
    RunDataReader.Learnt all = rows.learntOfAll();
    FoldScales scales = new FoldScales(all.features(), rows.all().coded());
    List<InputScale> ofFolds = new ArrayList<>();
    for (int fold = 0; fold < drawn.count(); fold++) {
      RunDataReader.Learnt own = rows.learnt(fold);
      Optional<InputScale> scale = scales.of(own.features());
      if (scale.isEmpty()
          || !own.labels().equals(all.labels())
          || !own.rowWeights().isSame(all.rowWeights())) {
        return Optional.empty();
      }
      ofFolds.add(scale.get());
    }
    return Optional.of(new Folds(drawn.ofTrainingRows(), drawn.count(), ofFolds));
  }

  /** Trains settings with all their folds at once; false where they can't. */
  private boolean trainWithFolds(List<Integer> group, Optional<Folds> folds) {
    if (folds.isEmpty()) {
      return false;
    }
    int parts = rows.heldOutParts();
    TrainingJob job = job(settings.get(group.get(0)), rows.all());
    int together = Math.max(1, MOST_TOGETHER / parts);
    for (int first = 0; first < group.size(); first += together) {
      List<Integer> some = group.subList(first, Math.min(group.size(), first + together));
      List<Setting> columns = new ArrayList<>();
      for (int place : some) {
        for (int part = 0; part < parts; part++) {
          columns.add(TuningColumns.setting(settings.get(place), part));
        }
      }
      List<TrainedSetting> ended = trainTogether(job, columns, folds.get());
      if (ended.isEmpty()) {
        return false;
      }
      for (int i = 0; i < ended.size(); i++) {
        trained[some.get(i / parts)][i % parts] = trained(ended.get(i));
      }
    }
    return true;
  }

  /** Trains columns; none where they can't, or what is wrong is for one by itself to say. */
  private List<TrainedSetting> trainTogether(
      TrainingJob job, List<Setting> columns, @Nullable Folds folds) {
    progress.endIfCancelled();
    if (!SettingsTrainer.canTrain(job, columns)) {
      return List.of();
    }
    List<TrainedSetting> ended;
    try {
      ended = new SettingsTrainer().train(job, columns, folds, progress.watch(columns.size()));
    } catch (UserException e) {
      return List.of();
    }
    if (ended.stream().anyMatch(each -> each.stopReason() == StopReason.CANCELLED)) {
      throw progress.cancelled();
    }
    progress.add(columns.size());
    return ended;
  }

  private static Trained trained(TrainedSetting setting) {
    return setting.diverged()
        ? Trained.failed(
            "training diverged after epoch %,d: its learning rate is too large for the data"
                .formatted(setting.epochs()))
        : new Trained(setting.weights(), setting.epochs(), setting.stopReason(), null);
  }

  private void train(List<List<Integer>> groups, int part, BlockStore store) {
    RunData data = rows.training(part, store);
    for (List<Integer> group : groups) {
      List<Setting> columns =
          group.stream()
              .map(place -> TuningColumns.setting(settings.get(place), Setting.ALL_ROWS))
              .toList();
      List<TrainedSetting> ended =
          columns.size() == 1
              ? List.of()
              : trainTogether(job(settings.get(group.get(0)), data), columns, null);
      for (int i = 0; i < group.size(); i++) {
        int place = group.get(i);
        trained[place][part] =
            ended.isEmpty() ? train(settings.get(place), data, store) : trained(ended.get(i));
      }
    }
  }

  /** What must diverge, or can't be trained at all, is told of that setting and ends no other. */
  private Trained train(LoadedConfig setting, RunData data, BlockStore store) {
    progress.endIfCancelled();
    TrainedModel model;
    try {
      model = new Trainer(store).train(job(setting, data), progress.watch(1));
    } catch (UserException e) {
      progress.add(1);
      return Trained.failed(String.valueOf(e.getMessage()));
    }
    if (model.stopReason() == StopReason.CANCELLED) {
      throw progress.cancelled();
    }
    progress.add(1);
    return new Trained(model.weights(), model.timings().epochs(), model.stopReason(), null);
  }

  /** Validation rows are watched only where they end something. */
  private static TrainingJob job(LoadedConfig setting, RunData data) {
    TrainingJob job = TrainPipeline.job(setting, data);
    return setting.run().training().stop().patience() == null ? job.withoutValidation() : job;
  }

  private List<FoldResult> measure(int part, BlockStore store) {
    List<RunConfig> runs = new ArrayList<>();
    List<LinearWeights> models = new ArrayList<>();
    for (int place = 0; place < settings.size(); place++) {
      LinearWeights weights = trained(place, part).weights();
      if (weights != null) {
        runs.add(settings.get(place).run());
        models.add(weights);
      }
    }
    RunDataReader.Learnt learnt = rows.learnt(part);
    List<MetricValues> metrics =
        RunEvaluation.heldOut(
            runs, learnt.features(), learnt.labels(), rows.heldOut(part, store), models);
    List<FoldResult> results = new ArrayList<>();
    int next = 0;
    for (int place = 0; place < settings.size(); place++) {
      Trained each = trained(place, part);
      results.add(
          each.weights() == null
              ? FoldResult.failed(String.valueOf(each.failure()))
              : result(each, metrics.get(next++)));
    }
    return results;
  }

  private Trained trained(int place, int part) {
    Trained each = trained[place][part];
    if (each == null) {
      throw new IllegalStateException("setting " + place + " was not trained");
    }
    return each;
  }

  private FoldResult result(Trained each, MetricValues metrics) {
    Double value = metrics.byName().get(metric.key());
    return value == null
        ? FoldResult.failed(
            "%s has no value: %s"
                .formatted(metric.key(), metrics.undefined().getOrDefault(metric.key(), "?")))
        : FoldResult.measured(value, each.epochs(), each.stopReason());
  }
}
