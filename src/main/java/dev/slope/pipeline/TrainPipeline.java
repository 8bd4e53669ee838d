package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.ExpectationCheck;
import dev.slope.evaluation.MetricValues;
import dev.slope.export.ExportRequest;
import dev.slope.export.ExportedModel;
import dev.slope.export.ModelExporter;
import dev.slope.export.ModelVersions;
import dev.slope.features.FeatureFitter;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LabelDomain;
import dev.slope.training.StopReason;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Config, data, features, training, metrics, pictures, export: in this order. */
public final class TrainPipeline {
  /** On how many rows an export is proven. */
  private static final int PROOF_ROWS = 10_000;

  private final LoadedConfig loaded;
  private final RunConfig run;
  private final Path models;

  /**
   * A run that was read.
   *
   * @param loaded the config
   * @param models the folder of all models in place of the config's, where given
   */
  public TrainPipeline(LoadedConfig loaded, @Nullable Path models) {
    this.loaded = loaded;
    this.run = loaded.run();
    this.models = models != null ? models : Path.of(run.export().directory());
  }

  /** Reads the data and says what would be trained. */
  public DryRun dryRun() {
    ModelVersions.checkWritable(models, run.name());
    RunData data = RunData.read(loaded);
    return new DryRun(
        run.name(),
        data.source(),
        data.train().rows(),
        RunData.rows(data.validation()),
        RunData.rows(data.test()),
        data.features().names(),
        data.labels().columns(),
        run.model().typeName(),
        run.model().objective(),
        run.training().epochs(),
        Trainer.plan(
            run.model(),
            run.training(),
            data.features().rows(),
            data.features().columns(),
            data.offsets() != null),
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
    List<String> warnings = new ArrayList<>();
    RunData data = RunData.read(loaded);
    listener.onData(
        data.source(),
        data.sourceRows(),
        data.features().columns(),
        data.labels().columns().size());
    if (data.validation() != null || data.test() != null) {
      listener.onParts(
          data.train().rows(), RunData.rows(data.validation()), RunData.rows(data.test()));
    }
    for (String constant : FeatureFitter.constantColumns(data.features())) {
      warn(
          "column '" + constant + "' has the same value in every row and can't explain anything",
          warnings,
          listener);
    }
    if (data.labels() instanceof FittedLabels.Regression) {
      for (String constant : FeatureFitter.constantColumns(data.truth())) {
        warn(
            "label '"
                + constant
                + "' has the same value in every row, so there is nothing to explain",
            warnings,
            listener);
      }
    }
    LabelDomain.check(run.model(), data.truth());
    FittedFeatures features = FeatureFitter.fit(data.selection().features(), data.features());
    TrainingJob job = job(data, features);
    TrainedModel trained = new Trainer().train(job, listener);
    if (trained.stopReason() == StopReason.CANCELLED) {
      throw new RunCancelledException(trained.timings().epochs());
    }
    trained.warnings().forEach(warning -> warn(warning, warnings, listener));
    RunMetrics metrics = RunEvaluation.of(job, data, trained);
    RunFiles files = new RunFiles(loaded, data, trained, metrics);
    ExportedModel exported = export(data, features, trained, files, warnings, listener);
    return result(data, trained, metrics, exported, warnings);
  }

  private TrainingJob job(RunData data, FittedFeatures features) {
    RowsOfPart validation = data.validation();
    return new TrainingJob(
        run.model(),
        run.training(),
        features,
        data.labels().outputs(),
        data.train().trainingRows(),
        validation == null ? null : validation.trainingRows(),
        WarmStart.of(loaded, features, data.labels()),
        run.seed());
  }

  /** Writes the model while its pictures are drawn. */
  private ExportedModel export(
      RunData data,
      FittedFeatures features,
      TrainedModel trained,
      RunFiles files,
      List<String> warnings,
      RunListener listener) {
    FloatMatrix offsets = data.offsets();
    try (BackgroundPlots plots = new BackgroundPlots(files::plots)) {
      return ModelExporter.export(
          new ExportRequest(
              models,
              run.name(),
              run.model(),
              features,
              data.labels(),
              trained.weights(),
              () -> files.with(plots, message -> warn(message, warnings, listener)),
              data.features().head(PROOF_ROWS),
              offsets == null ? null : offsets.head(PROOF_ROWS),
              trained.trainPredictions().head(PROOF_ROWS)));
    }
  }

  private TrainResult result(
      RunData data,
      TrainedModel trained,
      RunMetrics metrics,
      ExportedModel exported,
      List<String> warnings) {
    MetricValues train = metrics.train().values();
    return new TrainResult(
        run.name(),
        exported.directory().toString(),
        exported.manifest().outputs(),
        train.byName(),
        train.undefined(),
        data.train().rows(),
        metrics.validation(),
        metrics.test(),
        trained.timings().epochs(),
        trained.stopReason(),
        trained.plan(),
        trained.device(),
        trained.timings().firstCallSeconds() + trained.timings().epochSeconds(),
        List.copyOf(warnings),
        ExpectationCheck.misses(RunEvaluation.byName(metrics), run.expect()));
  }

  private static void warn(String message, List<String> warnings, RunListener listener) {
    warnings.add(message);
    listener.onWarning(message);
  }
}
