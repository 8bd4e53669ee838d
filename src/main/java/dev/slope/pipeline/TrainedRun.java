package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.Background;
import dev.slope.data.SpareCores;
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
import dev.slope.report.NamedFile;
import dev.slope.report.ReportData;
import dev.slope.training.TrainedModel;
import dev.slope.training.TrainingJob;
import dev.slope.training.checkpoint.RunCheckpoints;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run whose model is trained: it is measured, held against its gate, exported and described. */
final class TrainedRun {
  private final RunConfig run;
  private final Path models;
  private final RunData data;
  private final TrainingJob job;
  private final TrainedModel trained;
  private final Background<ModelGraph> graph;
  private final @Nullable ModelStatistics statistics;
  private final ModelVersions versions;
  private final Gate gate;
  private final RunFiles files;
  private final RunWarnings warnings;

  /**
   * A run after its training.
   *
   * @param models the folder of all models
   * @param graph of the model, asked for when it is needed
   * @param more texts that stand beside the model, by their files' names
   */
  TrainedRun(
      LoadedConfig loaded,
      Path models,
      RunData data,
      TrainingJob job,
      TrainedModel trained,
      Background<ModelGraph> graph,
      Map<String, String> more,
      RunWarnings warnings) {
    this.run = loaded.run();
    this.models = models;
    this.data = data;
    this.job = job;
    this.trained = trained;
    this.graph = graph;
    this.warnings = warnings;
    this.versions = new ModelVersions(models, run.name());
    this.gate = new Gate(run, versions);
    RunEvents events =
        run.report().tensorboard() ? new RunEvents(loaded, job, trained, Instant.now()) : null;
    trained.warnings().forEach(warnings::add);
    this.statistics = run.report().statistics() ? RunStatistics.of(job, trained) : null;
    if (statistics != null && statistics.refused() != null) {
      warnings.add("no statistics of the coefficients: " + statistics.refused());
    }
    this.files = new RunFiles(loaded, data, trained, more, events);
  }

  /**
   * Exports the model, unless it misses its gate.
   *
   * @param checkpoints cleared once the model is exported: without one they stay, so that a longer
   *     training may go on from there
   */
  TrainResult finish(RunCheckpoints checkpoints) {
    try (SpareCores beside = new SpareCores("beside-export");
        Background<RunMetrics> metrics =
            new Background<>(beside, () -> RunEvaluation.of(job, data, trained))) {
      List<String> missed = gate.asksForMetrics() ? gate.misses(metrics.get()) : List.of();
      ExportedModel exported = null;
      if (missed.isEmpty()) {
        try {
          exported = export(metrics, beside);
          if (run.report().html()) {
            writeReport(exported);
          }
          checkpoints.clear();
        } catch (GateMissedException e) {
          missed = e.misses();
        }
      }
      return result(metrics.get(), exported, missed);
    }
  }

  /**
   * Writes the model while it is measured and its pictures are drawn, and removes versions that are
   * too old.
   */
  private ExportedModel export(Background<RunMetrics> metrics, SpareCores beside) {
    Path served = versions.newest();
    ExportedModel exported;
    try (Background<Optional<ReportData>> report =
            new Background<>("report", () -> files.report(job));
        Background<List<NamedFile>> plots =
            new Background<>("draw-plots", () -> files.plots(report.get()))) {
      exported =
          ModelExporter.export(
              request(
                  proven -> {
                    gate.requireBetter(proven, data);
                    return files.with(
                        proven.manifest(), metrics.get(), report, plots, warnings::add);
                  }),
              beside);
    }
    Integer keep = run.export().keep();
    if (keep != null) {
      versions.removeOld(keep, served).forEach(warnings::add);
    }
    return exported;
  }

  private ExportRequest request(ExtraFiles extraFiles) {
    return new ExportRequest(
        models,
        run.name(),
        graph.get(),
        trained.weights(),
        extraFiles,
        data.head(),
        run.export().warmupRows(),
        trained.trainPredictions().head(data.head().rows()),
        statistics);
  }

  /** The model is there already: without page and pictures it is still a model. */
  private void writeReport(ExportedModel exported) {
    try {
      ReportPipeline report = ReportPipeline.of(exported.directory());
      report.writePage(null);
      if (run.report().plots()) {
        report.writePictures(null);
      }
    } catch (ModelException e) {
      warnings.add(e.getMessage() + "; slope report makes page and pictures again");
    }
  }

  private TrainResult result(
      RunMetrics metrics, @Nullable ExportedModel exported, List<String> gateMissed) {
    ModelManifest manifest =
        exported == null
            ? ModelExporter.describe(request(proven -> Map.of()))
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
        metrics.train().rows(),
        metrics.validation(),
        metrics.test(),
        trained.timings().epochs(),
        trained.stopReason(),
        trained.optimalLoss(),
        trained.plan(),
        trained.device(),
        trained.timings().firstCallSeconds() + trained.timings().epochSeconds(),
        warnings.all(),
        gateMissed,
        ExpectationCheck.misses(RunEvaluation.byName(metrics), run.expect()));
  }
}
