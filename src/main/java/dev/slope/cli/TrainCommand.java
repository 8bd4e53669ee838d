package dev.slope.cli;

import dev.slope.config.LoadedConfig;
import dev.slope.pipeline.DryRun;
import dev.slope.pipeline.Preloading;
import dev.slope.pipeline.TrainPipeline;
import dev.slope.pipeline.TrainResult;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slope train CONFIG}. */
@Command(name = "train", description = "Trains the model of a config and exports it.")
final class TrainCommand implements Callable<Integer> {
  @Mixin private ConfigArguments config;
  @Mixin private OutputOptions output;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "The folder of all models, in place of /export/directory.")
  private @Nullable Path models;

  @Option(
      names = "--resume",
      description = "Go on from the run's last checkpoint, to the very result it would have had.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description = "Check config and data, say what would be trained, and stop.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig loaded = config.load();
    TrainPipeline pipeline = new TrainPipeline(loaded, models, resume);
    if (dryRun) {
      DryRun plan = pipeline.dryRun();
      if (output.json()) {
        output.print(spec, plan);
      } else {
        spec.commandLine().getOut().print(TrainSummary.of(plan));
        spec.commandLine().getOut().flush();
      }
      return ExitCode.DONE;
    }
    if (loaded.run().tune() != null) {
      spec.commandLine()
          .getErr()
          .println("note: the section 'tune' is for slope tune; this trains the config as it is");
    }
    if (loaded.run().report().plots()) {
      Preloading.plots();
    }
    TrainResult result = train(pipeline);
    if (output.json()) {
      output.print(spec, result);
    } else {
      spec.commandLine().getOut().print(TrainSummary.of(result));
      spec.commandLine().getOut().flush();
    }
    return Misses.print(result, spec.commandLine().getErr());
  }

  private TrainResult train(TrainPipeline pipeline) {
    Interruption interruption = ((SlopeCommand) spec.root().userObject()).interruption();
    interruption.watch();
    try (ProgressPrinter progress =
        new ProgressPrinter(
            spec.commandLine().getErr(), Terminal.isStandardError(), interruption::isRequested)) {
      return pipeline.run(progress);
    }
  }
}
