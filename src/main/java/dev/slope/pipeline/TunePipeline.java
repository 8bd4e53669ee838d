package dev.slope.pipeline;

import dev.slope.config.ConfigException;
import dev.slope.config.ConfigVariants;
import dev.slope.config.DataSourceConfig;
import dev.slope.config.Json;
import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.config.TuneConfig;
import dev.slope.export.ModelVersions;
import dev.slope.tuning.CandidateResult;
import dev.slope.tuning.Candidates;
import dev.slope.tuning.Ranking;
import dev.slope.tuning.TuningReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Settings, rows, folds, trainings, the best of them: in this order; then the best one's training.
 */
public final class TunePipeline {
  private final ConfigVariants variants;
  private final RunConfig run;
  private final TuneConfig tune;
  private final @Nullable Path givenModels;
  private final Path models;

  /**
   * A search that was read.
   *
   * @param variants the config and what can be made of it
   * @param models the folder of all models in place of the config's, where given
   * @throws ConfigException where the config has nothing to search for, or its rows can be read but
   *     once
   */
  public TunePipeline(ConfigVariants variants, @Nullable Path models) {
    this.variants = variants;
    this.run = variants.base().run();
    this.givenModels = models;
    this.models = models != null ? models : Path.of(run.export().directory());
    TuneConfig found = run.tune();
    if (found == null) {
      throw new ConfigException(
          "config %s has no section 'tune', which says what to search for, such as \"tune\": {\"parameters\": {\"/model/l2\": [0, 0.01, 0.1]}, \"folds\": 5}"
              .formatted(variants.base().file()));
    }
    this.tune = found;
    if (run.data().sources().stream().anyMatch(DataSourceConfig::isStandardInput)) {
      throw new ConfigException(
          "a search reads its rows and then those of the best setting once more, but standard input can be read but once; put the rows into a file");
    }
  }

  /**
   * What would be tried. Reads the data.
   *
   * @throws ConfigException where a setting is no valid config
   */
  public TunePlan plan() {
    TuningSearch search = search();
    search.resolve();
    return new TunePlan(
        run.name(),
        search.comparedBy().key(),
        tune.folds(),
        search.trainingRows(),
        search.heldOutRows(),
        IntStream.range(0, search.size()).mapToObj(search::values).toList());
  }

  /**
   * Tries every setting.
   *
   * @throws ConfigException where a setting is no valid config: before anything is read
   * @throws dev.slope.config.UserException where the data can't be used, or no setting has a metric
   * @throws TuningCancelledException where the listener asks for it
   */
  public TuneResult run(TuneListener listener) {
    long start = System.nanoTime();
    ModelVersions.checkWritable(models, run.name());
    TuningSearch search = search();
    Ranking ranking = search.run(listener);
    CandidateResult best = ranking.best();
    if (best == null) {
      throw search.failure(ranking);
    }
    LoadedConfig config = search.config(best.setting() - 1);
    TuningReport report =
        new TuningReport(
            run.name(),
            search.comparedBy().key(),
            tune.folds(),
            tune.isStratified(config.run().model()),
            search.trainingRows(),
            search.heldOutRows(),
            best.setting(),
            ranking.results());
    return new TuneResult(report, ranking, config, (System.nanoTime() - start) / 1e9);
  }

  /**
   * Trains the best setting on all its rows and exports it, as any config, with {@code tuning.json}
   * and {@code tuning.csv} beside it.
   */
  public TrainResult train(TuneResult result, RunListener listener) {
    return new TrainPipeline(result.best(), givenModels, false, files(result.report()))
        .run(listener);
  }

  /** The report by the names of its files. */
  public static Map<String, String> files(TuningReport report) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(TuningReport.JSON_FILE, Json.write(report));
    files.put(TuningReport.CSV_FILE, report.csv());
    return files;
  }

  private TuningSearch search() {
    return new TuningSearch(variants, tune, Candidates.of(tune, run.seed()), models);
  }
}
