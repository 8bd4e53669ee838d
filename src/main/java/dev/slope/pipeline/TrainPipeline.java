package dev.slope.pipeline;

import dev.slope.config.CheckpointConfig;
import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.Background;
import dev.slope.data.BlockStore;
import dev.slope.data.RowPart;
import dev.slope.evaluation.ExpectationCheck;
import dev.slope.evaluation.MetricValues;
import dev.slope.evaluation.ModelStatistics;
import dev.slope.export.ExportRequest;
import dev.slope.export.ExportedModel;
import dev.slope.export.ExtraFiles;
import dev.slope.export.ModelException;
import dev.slope.export.ModelExporter;
import dev.slope.export.ModelGraph;
import dev.slope.export.ModelManifest;
import dev.slope.export.ModelVersions;
import dev.slope.features.FittedFeature;
import dev.slope.report.NamedFile;
import dev.slope.report.ReportData;
import dev.slope.training.StopReason;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingDivergedException;
import dev.slope.training.TrainingJob;
import dev.slope.training.checkpoint.RunCheckpoints;
import dev.slope.training.checkpoint.RunFingerprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Config, data, features, training, metrics, pictures, export: in this order. */
public final class TrainPipeline {
  /** On how many rows an export is proven. */
  private static final int PROOF_ROWS = 10_000;

  private final LoadedConfig loaded;
  private final RunConfig run;
  private final Path models;
  private final boolean resume;
  private final Map<String, String> more;

  /**
   * A run that was read.
   *
   * @param loaded the config
   * @param models the folder of all models in place of the config's, where given
   * @param resume whether it goes on from its last checkpoint
   */
  public TrainPipeline(LoadedConfig loaded, @Nullable Path models, boolean resume) {
    this(loaded, models, resume, Map.of());
  }

  /**
   * The same with more that stands beside the model.
   *
   * @param more texts by their files' names
   */
  TrainPipeline(
      LoadedConfig loaded, @Nullable Path models, boolean resume, Map<String, String> more) {
    this.more = Map.copyOf(more);
    this.loaded = loaded;
    this.run = loaded.run();
    this.resume = resume;
    this.models = models != null ? models : Path.of(run.export().directory());
  }

  /** Reads the data and says what would be trained. */
  public DryRun dryRun() {
    ModelVersions.checkWritable(models, run.name());
    try (BlockStore store = RowMemory.store(run.training(), models)) {
      return dryRun(read(store));
    }
  }

  private DryRun dryRun(RunData data) {
    return new DryRun(
        run.name(),
        data.source(),
        data.train().rows(),
        RunData.rows(data.validation()),
        RunData.rows(data.test()),
        data.features().features().stream().map(FittedFeature::name).toList(),
        data.labels().columns(),
        run.model().typeName(),
        run.model().objective(),
        run.training().epochs(),
        Trainer.plan(
            run.model(),
            run.training(),
            data.features(),
            data.train().rows(),
            data.offset() != null,
            data.coded().isInFile()),
        models.resolve(run.name()).toString());
  }

  /**
   * Trains and exports.
   *
   * @throws dev.slope.config.UserException where the user can mend what is wrong; nothing is
   *     exported then
   */
  public TrainResult run(RunListener listener) {
    ModelVersions.checkWritable(models, run.name());
    try (BlockStore store = RowMemory.store(run.training(), models)) {
      return run(read(store), store, listener);
    }
  }

  /** Reads the data, and early what the gate will compare with, so that nothing trains in vain. */
  private RunData read(BlockStore store) {
    CurrentVersion current =
        run.gate().beatsCurrent() ? CurrentVersion.of(new ModelVersions(models, run.name())) : null;
    RunData data = RunData.read(loaded, store, current);
    if (current != null) {
      current.requireLabels(data.labels());
    }
    return data;
  }

  private TrainResult run(RunData data, BlockStore store, RunListener listener) {
    List<String> warnings = new ArrayList<>();
    listener.onData(
        data.source(),
        data.sourceRows(),
        data.features().features().size(),
        data.labels().columns().size());
    if (data.validation() != null || data.test() != null) {
      listener.onParts(
          data.train().rows(), RunData.rows(data.validation()), RunData.rows(data.test()));
    }
    data.warnings().forEach(warning -> warn(warning, warnings, listener));
    try (RunCheckpoints checkpoints = checkpoints(data, warnings, listener)) {
      return run(data, store, checkpoints, warnings, listener);
    }
  }

  private TrainResult run(
      RunData data,
      BlockStore store,
      RunCheckpoints checkpoints,
      List<String> warnings,
      RunListener listener) {
    TrainingJob job = job(loaded, data);
    try (Background<ModelGraph> graph =
        new Background<>(
            "build-graph",
            () -> new ModelGraph(run.model(), data.features(), data.labels(), data.offset()))) {
      return run(
          job,
          data,
          train(job, store, checkpoints, listener),
          graph,
          checkpoints,
          warnings,
          listener);
    }
  }

  private TrainResult run(
      TrainingJob job,
      RunData data,
      TrainedModel trained,
      Background<ModelGraph> graph,
      RunCheckpoints checkpoints,
      List<String> warnings,
      RunListener listener) {
    RunEvents events =
        run.report().tensorboard() ? new RunEvents(loaded, job, trained, Instant.now()) : null;
    trained.warnings().forEach(warning -> warn(warning, warnings, listener));
    ModelStatistics statistics = run.report().statistics() ? RunStatistics.of(job, trained) : null;
    if (statistics != null && statistics.refused() != null) {
      warn("no statistics of the coefficients: " + statistics.refused(), warnings, listener);
    }
    ModelVersions versions = new ModelVersions(models, run.name());
    Gate gate = new Gate(run, versions);
    RunFiles files = new RunFiles(loaded, data, trained, more, events);
    try (Background<RunMetrics> metrics =
        new Background<>("measure", () -> RunEvaluation.of(job, data, trained))) {
      List<String> gateMissed = gate.asksForMetrics() ? gate.misses(metrics.get()) : List.of();
      ExportedModel exported = null;
      if (gateMissed.isEmpty()) {
        try {
          exported =
              export(
                  job,
                  data,
                  trained,
                  graph,
                  statistics,
                  files,
                  metrics,
                  versions,
                  gate,
                  warnings,
                  listener);
          if (run.report().html()) {
            writeReport(exported, warnings, listener);
          }
          // Without an export they stay, so that a longer training may go on from there.
          checkpoints.clear();
        } catch (GateMissedException e) {
          gateMissed = e.misses();
        }
      }
      return result(
          data, trained, graph, metrics.get(), statistics, exported, gateMissed, warnings);
    }
  }

  /** The model is there already: without page and pictures it is still a model. */
  private void writeReport(ExportedModel exported, List<String> warnings, RunListener listener) {
    try {
      ReportPipeline report = ReportPipeline.of(exported.directory());
      report.writePage(null);
      if (run.report().plots()) {
        report.writePictures(null);
      }
    } catch (ModelException e) {
      warn(e.getMessage() + "; slope report makes page and pictures again", warnings, listener);
    }
  }

  private TrainedModel train(
      TrainingJob job, BlockStore store, RunCheckpoints checkpoints, RunListener listener) {
    try {
      TrainedModel trained = new Trainer(store).train(job, listener, checkpoints);
      if (trained.stopReason() == StopReason.CANCELLED) {
        throw new RunCancelledException(trained.timings().epochs(), checkpoints.prospect());
      }
      return trained;
    } catch (TrainingDivergedException e) {
      // Whoever continued from there would diverge again.
      checkpoints.clear();
      throw e;
    }
  }

  private RunCheckpoints checkpoints(RunData data, List<String> warnings, RunListener listener) {
    CheckpointConfig checkpoint = run.training().checkpoint();
    return RunCheckpoints.of(
        checkpoint,
        RunCheckpoints.directory(checkpoint, models, run.name()),
        () -> fingerprint(data),
        resume,
        message -> warn(message, warnings, listener));
  }

  private RunFingerprint fingerprint(RunData data) {
    Map<String, String> facts = new HashMap<>();
    facts.put("slope", Versions.slope());
    data.origins()
        .forEach(
            (part, origin) -> {
              String prefix = part == RowPart.TRAIN ? "data " : part.adjective() + " data ";
              facts.put(prefix + "sha256", origin.fingerprint().sha256());
              facts.put(prefix + "rows", Long.toString(origin.fingerprint().rows()));
            });
    return RunFingerprint.ofConfig(loaded.values()).and(facts);
  }

  /** What a config trains of rows that were read for it. */
  static TrainingJob job(LoadedConfig loaded, RunData data) {
    RunConfig run = loaded.run();
    RowsOfPart validation = data.validation();
    return new TrainingJob(
        run.model(),
        run.training(),
        data.features(),
        data.labels().outputs(),
        data.train().trainingRows(),
        validation == null ? null : validation.trainingRows(),
        WarmStart.of(loaded, data.features(), data.labels()),
        run.seed());
  }

  /**
   * Writes the model while it is measured and its pictures are drawn, and removes versions that are
   * too old.
   */
  private ExportedModel export(
      TrainingJob job,
      RunData data,
      TrainedModel trained,
      Background<ModelGraph> graph,
      @Nullable ModelStatistics statistics,
      RunFiles files,
      Background<RunMetrics> metrics,
      ModelVersions versions,
      Gate gate,
      List<String> warnings,
      RunListener listener) {
    Path served = versions.newest();
    ExportedModel exported;
    try (Background<Optional<ReportData>> report =
            new Background<>("report", () -> files.report(job));
        Background<List<NamedFile>> plots =
            new Background<>("draw-plots", () -> files.plots(report.get()))) {
      exported =
          ModelExporter.export(
              request(
                  data,
                  trained,
                  graph.get(),
                  statistics,
                  proven -> {
                    gate.requireBetter(proven, data);
                    return files.with(
                        proven.manifest(),
                        metrics.get(),
                        report,
                        plots,
                        message -> warn(message, warnings, listener));
                  }));
    }
    Integer keep = run.export().keep();
    if (keep != null) {
      versions.removeOld(keep, served).forEach(problem -> warn(problem, warnings, listener));
    }
    return exported;
  }

  private ExportRequest request(
      RunData data,
      TrainedModel trained,
      ModelGraph graph,
      @Nullable ModelStatistics statistics,
      ExtraFiles files) {
    return new ExportRequest(
        models,
        run.name(),
        graph,
        trained.weights(),
        files,
        data.read().with(data.read().values().head(PROOF_ROWS)),
        run.export().warmupRows(),
        trained.trainPredictions().head(PROOF_ROWS),
        statistics);
  }

  private TrainResult result(
      RunData data,
      TrainedModel trained,
      Background<ModelGraph> graph,
      RunMetrics metrics,
      @Nullable ModelStatistics statistics,
      @Nullable ExportedModel exported,
      List<String> gateMissed,
      List<String> warnings) {
    ModelManifest manifest =
        exported == null
            ? ModelExporter.describe(
                request(data, trained, graph.get(), statistics, proven -> Map.of()))
            : exported.manifest();
    MetricValues train = metrics.train().values();
    return new TrainResult(
        run.name(),
        run.model().typeName(),
        exported == null ? null : exported.directory().toString(),
        exported == null ? null : exported.directory().resolve("assets.extra").toString(),
        manifest.outputs(),
        train.byName(),
        train.undefined(),
        metrics.train().baseline(),
        data.train().rows(),
        metrics.validation(),
        metrics.test(),
        trained.timings().epochs(),
        trained.stopReason(),
        trained.optimalLoss(),
        trained.plan(),
        trained.device(),
        trained.timings().firstCallSeconds() + trained.timings().epochSeconds(),
        List.copyOf(warnings),
        gateMissed,
        ExpectationCheck.misses(RunEvaluation.byName(metrics), run.expect()));
  }

  private static void warn(String message, List<String> warnings, RunListener listener) {
    warnings.add(message);
    listener.onWarning(message);
  }
}
