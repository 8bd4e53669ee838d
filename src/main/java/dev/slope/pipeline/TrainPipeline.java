package dev.slope.pipeline;

import dev.slope.config.CheckpointConfig;
import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.Background;
import dev.slope.data.BlockStore;
import dev.slope.data.RowPart;
import dev.slope.export.ModelGraph;
import dev.slope.export.ModelVersions;
import dev.slope.features.FittedFeature;
import dev.slope.training.StopReason;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingDivergedException;
import dev.slope.training.TrainingJob;
import dev.slope.training.checkpoint.RunCheckpoints;
import dev.slope.training.checkpoint.RunFingerprint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Config, data, features, training, metrics, pictures, export: in this order. */
public final class TrainPipeline {
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
    listener.onData(
        data.source(),
        data.sourceRows(),
        data.features().features().size(),
        data.labels().columns().size());
    if (data.validation() != null || data.test() != null) {
      listener.onParts(
          data.train().rows(), RunData.rows(data.validation()), RunData.rows(data.test()));
    }
    RunWarnings warnings = new RunWarnings(listener);
    data.warnings().forEach(warnings::add);
    try (RunCheckpoints checkpoints = checkpoints(data, warnings);
        Background<ModelGraph> graph =
            new Background<>(
                "build-graph",
                () -> new ModelGraph(run.model(), data.features(), data.labels(), data.offset()))) {
      TrainingJob job = job(loaded, data);
      TrainedModel trained = train(job, store, checkpoints, listener);
      return new TrainedRun(loaded, models, data, job, trained, graph, more, warnings)
          .finish(checkpoints);
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

  private RunCheckpoints checkpoints(RunData data, RunWarnings warnings) {
    CheckpointConfig checkpoint = run.training().checkpoint();
    return RunCheckpoints.of(
        checkpoint,
        RunCheckpoints.directory(checkpoint, models, run.name()),
        () -> fingerprint(data),
        resume,
        warnings::add);
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
        data.measuredTrain().trainingRows(),
        validation == null ? null : validation.trainingRows(),
        WarmStart.of(loaded, data.features(), data.labels()),
        run.seed());
  }
}
