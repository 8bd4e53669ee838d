package dev.slope.pipeline;

import dev.slope.config.ConfigException;
import dev.slope.config.ConfigVariants;
import dev.slope.config.JsonValue;
import dev.slope.config.LoadedConfig;
import dev.slope.config.MetricName;
import dev.slope.config.ModelConfig;
import dev.slope.config.TuneConfig;
import dev.slope.config.UserException;
import dev.slope.training.LargestPenalty;
import dev.slope.training.TrainingJob;
import dev.slope.tuning.Candidate;
import dev.slope.tuning.CandidateResult;
import dev.slope.tuning.FoldResult;
import dev.slope.tuning.Ranking;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings on their way from candidates to results, group by group of those that read the same. */
final class TuningSearch {
  /** What rows, and what is learnt of them alone, depend on. */
  private static final List<String> OF_ROWS =
      List.of(
          "/seed",
          "/data",
          "/label",
          "/positive_class",
          "/threshold",
          "/weight_column",
          "/offset_column",
          "/ignore",
          "/features",
          "/model/type",
          "/model/link",
          "/model/class_weight",
          "/training/precision",
          "/training/memory");

  private final ConfigVariants variants;
  private final TuneConfig tune;
  private final Path models;
  private final List<Candidate> candidates;
  private final List<LoadedConfig> settings;
  private final List<Map<String, JsonValue>> values;
  private final MetricName metric;
  private @Nullable UserException firstFailure;
  private long trainingRows;
  private long heldOutRows;

  /**
   * Checks every setting.
   *
   * @throws ConfigException where one is no valid config, or has no metric that all have
   */
  TuningSearch(ConfigVariants variants, TuneConfig tune, List<Candidate> candidates, Path models) {
    this.variants = variants;
    this.tune = tune;
    this.models = models;
    this.candidates = candidates;
    this.values = new ArrayList<>(candidates.stream().map(Candidate::withoutRows).toList());
    this.settings = new ArrayList<>(variants.with(values));
    this.metric = metric();
  }

  /** The metric that all settings have and are compared by. */
  private MetricName metric() {
    MetricName first = tune.metricOrDefault(settings.get(0).run().model());
    for (int i = 0; i < settings.size(); i++) {
      ModelConfig model = settings.get(i).run().model();
      if (tune.metricOrDefault(model) != first) {
        throw new ConfigException(
            "/tune/metric is required where models of several types are compared, of which one has %s by default and %s, of setting %s, %s"
                .formatted(
                    first.key(),
                    model.typeName(),
                    ConfigVariants.shown(values.get(i)),
                    tune.metricOrDefault(model).key()));
      }
      if (!MetricName.of(model.typeName()).contains(first)) {
        throw new ConfigException(
            "/tune/metric must be a metric of %s, of setting %s, but was %s; its metrics: %s"
                .formatted(
                    model.typeName(),
                    ConfigVariants.shown(values.get(i)),
                    first.key(),
                    MetricName.of(model.typeName()).stream().map(MetricName::key).toList()));
      }
    }
    return first;
  }

  MetricName comparedBy() {
    return metric;
  }

  /** How many settings there are. */
  int size() {
    return settings.size();
  }

  /** The values of a setting, with the penalties of paths once rows are read. */
  Map<String, JsonValue> values(int setting) {
    return values.get(setting);
  }

  /** How many rows train, as the first setting reads them. */
  long trainingRows() {
    return trainingRows;
  }

  /** How many rows measure a setting, as the first one reads them. */
  long heldOutRows() {
    return heldOutRows;
  }

  /** Reads the rows of every setting and computes the penalties of its paths; nothing trains. */
  void resolve() {
    for (List<Integer> group : groups()) {
      try (TuningRows rows = rows(group)) {
        resolve(group, rows);
      }
    }
  }

  /**
   * Trains and measures every setting.
   *
   * @throws UserException where none of them can be trained
   */
  Ranking run(TuneListener listener) {
    int trainings = settings.size() * (tune.folds() == null ? 1 : tune.folds());
    listener.onSearch(settings.size(), trainings, metric.key());
    TuningProgress progress = new TuningProgress(listener, trainings);
    List<List<FoldResult>> bySetting =
        new ArrayList<>(Collections.nCopies(settings.size(), List.of()));
    for (List<Integer> group : groups()) {
      progress.endIfCancelled();
      List<List<FoldResult>> results = results(group, progress);
      for (int i = 0; i < group.size(); i++) {
        bySetting.set(group.get(i), results.get(i));
      }
    }
    List<CandidateResult> results = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      results.add(CandidateResult.of(i + 1, values.get(i), bySetting.get(i)));
    }
    return new Ranking(
        results, settings.stream().map(setting -> setting.run().model()).toList(), metric);
  }

  /** Why no setting could be chosen. */
  UserException failure(Ranking ranking) {
    CandidateResult first = ranking.results().get(0);
    return firstFailure != null
        ? firstFailure
        : new TuningFailedException(
            settings.size(),
            metric.key(),
            ConfigVariants.shown(first.values()),
            String.valueOf(first.failure()));
  }

  /** The config of a setting. */
  LoadedConfig config(int setting) {
    return settings.get(setting);
  }

  /** Rows that can't be read as some settings ask for end no others. */
  private List<List<FoldResult>> results(List<Integer> group, TuningProgress progress) {
    try (TuningRows rows = rows(group)) {
      resolve(group, rows);
      List<LoadedConfig> ofGroup = group.stream().map(settings::get).toList();
      return new TuningTrainer(rows, ofGroup, metric, progress).results();
    } catch (TuningCancelledException e) {
      throw e;
    } catch (UserException e) {
      if (firstFailure == null) {
        firstFailure = e;
      }
      FoldResult failed = FoldResult.failed(String.valueOf(e.getMessage()));
      return new ArrayList<>(Collections.nCopies(group.size(), List.of(failed)));
    }
  }

  private TuningRows rows(List<Integer> group) {
    boolean watched =
        group.stream()
            .anyMatch(place -> settings.get(place).run().training().stop().patience() != null);
    TuningRows rows =
        new TuningRows(
            settings.get(group.get(0)), tune, models, watched, variants.base().run().seed());
    if (trainingRows == 0) {
      trainingRows = rows.all().train().rows();
      heldOutRows = rows.heldOutRows();
    }
    return rows;
  }

  /** The penalties of paths, computed once for all settings that begin at the same ones. */
  private void resolve(List<Integer> group, TuningRows rows) {
    Map<ModelConfig, Map<String, Double>> byModel = new HashMap<>();
    for (int place : group) {
      Candidate candidate = candidates.get(place);
      if (candidate.hasPath()) {
        TrainingJob job = TrainPipeline.job(settings.get(place), rows.all());
        Map<String, Double> largest = byModel.computeIfAbsent(job.model(), any -> new HashMap<>());
        values.set(
            place,
            candidate.known(pointer -> largest.computeIfAbsent(pointer, of -> largest(of, job))));
        settings.set(place, variants.with(values.get(place)));
      }
    }
  }

  private static double largest(String pointer, TrainingJob job) {
    return pointer.equals(TuneConfig.L1) ? LargestPenalty.ofL1(job) : LargestPenalty.ofL2(job);
  }

  /** The places of settings that read the same rows and learn the same of them. */
  private List<List<Integer>> groups() {
    Map<SortedMap<String, String>, List<Integer>> groups = new LinkedHashMap<>();
    Function<SortedMap<String, String>, List<Integer>> made = any -> new ArrayList<>();
    for (int place = 0; place < settings.size(); place++) {
      SortedMap<String, String> ofRows = new TreeMap<>();
      settings
          .get(place)
          .values()
          .forEach(
              (pointer, value) -> {
                if (isOfRows(pointer)) {
                  ofRows.put(pointer, value);
                }
              });
      groups.computeIfAbsent(ofRows, made).add(place);
    }
    return List.copyOf(groups.values());
  }

  private static boolean isOfRows(String pointer) {
    return OF_ROWS.stream().anyMatch(key -> pointer.equals(key) || pointer.startsWith(key + "/"));
  }
}
