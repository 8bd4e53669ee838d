package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.evaluation.ExpectationCheck;
import dev.slope.evaluation.MetricValues;
import dev.slope.evaluation.RegressionEvaluator;
import dev.slope.evaluation.RegressionMetrics;
import dev.slope.export.ExportRequest;
import dev.slope.export.ExportedModel;
import dev.slope.export.ModelExporter;
import dev.slope.export.ModelVersions;
import dev.slope.features.FeatureFitter;
import dev.slope.features.FittedFeatures;
import dev.slope.training.Plan;
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
        data.features().rows(),
        data.features().names(),
        data.labels().names(),
        run.model().typeName(),
        run.model().objective(),
        run.training().epochs(),
        Plan.FULL_BATCH,
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
        data.source(), data.features().rows(), data.features().columns(), data.labels().columns());
    for (String constant : FeatureFitter.constantColumns(data.features())) {
      warn(
          "column '" + constant + "' has the same value in every row and can't explain anything",
          warnings,
          listener);
    }
    FittedFeatures features = FeatureFitter.fit(data.selection().features(), data.features());
    TrainedModel trained =
        new Trainer()
            .train(
                new TrainingJob(
                    run.model(),
                    run.training(),
                    features,
                    data.features(),
                    data.labels(),
                    run.seed()),
                listener);
    if (trained.stopReason() == StopReason.CANCELLED) {
      throw new RunCancelledException(trained.timings().epochs());
    }
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(data.labels(), trained.trainPredictions());
    RunFiles files = new RunFiles(loaded, data, trained, metrics);
    ExportedModel exported = export(data, features, trained, files, warnings, listener);
    return result(data, trained, metrics, exported, warnings);
  }

  /** Writes the model while its pictures are drawn. */
  private ExportedModel export(
      RunData data,
      FittedFeatures features,
      TrainedModel trained,
      RunFiles files,
      List<String> warnings,
      RunListener listener) {
    try (BackgroundPlots plots = new BackgroundPlots(files::plots)) {
      return ModelExporter.export(
          new ExportRequest(
              models,
              run.name(),
              run.model(),
              features,
              trained.weights(),
              () -> files.with(plots, message -> warn(message, warnings, listener)),
              data.features().head(PROOF_ROWS),
              trained.trainPredictions().head(PROOF_ROWS)));
    }
  }

  private TrainResult result(
      RunData data,
      TrainedModel trained,
      RegressionMetrics metrics,
      ExportedModel exported,
      List<String> warnings) {
    MetricValues values = RunMetrics.values(metrics, trained.finalLoss());
    return new TrainResult(
        run.name(),
        exported.directory().toString(),
        exported.manifest().outputs(),
        values.byName(),
        values.undefined(),
        data.features().rows(),
        trained.timings().epochs(),
        trained.stopReason(),
        trained.plan(),
        trained.device(),
        trained.timings().firstCallSeconds() + trained.timings().epochSeconds(),
        List.copyOf(warnings),
        ExpectationCheck.misses(values.and(values.withPrefix("train.")), run.expect()));
  }

  private static void warn(String message, List<String> warnings, RunListener listener) {
    warnings.add(message);
    listener.onWarning(message);
  }
}
