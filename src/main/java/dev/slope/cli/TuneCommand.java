package dev.slope.cli;

import dev.slope.config.ConfigVariants;
import dev.slope.pipeline.Preloading;
import dev.slope.pipeline.TrainResult;
import dev.slope.pipeline.TunePipeline;
import dev.slope.pipeline.TunePlan;
import dev.slope.pipeline.TuneResult;
import dev.slope.tuning.TuningReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slope tune CONFIG}. */
@Command(
    name = "tune",
    description =
        "Tries the settings that a config's section 'tune' names, by cross-validation or on its"
            + " validation rows, and trains and exports the best one.")
final class TuneCommand implements Callable<Integer> {
  private static final String JSON = ".json";

  @Mixin private ConfigArguments config;
  @Mixin private OutputOptions output;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "The folder of all models, in place of /export/directory.")
  private @Nullable Path models;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write the config of the best setting here too, and beside it FILE.tuning.json and"
              + " FILE.tuning.csv, before it trains; its paths are then relative to FILE.")
  private @Nullable Path file;

  @Option(names = "--force", description = "Replace FILE where there is one.")
  private boolean force;

  @Option(
      names = "--dry-run",
      description = "Check config and data, print the settings that would be tried, and stop.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (force && file == null) {
      throw new ParameterException(spec.commandLine(), "--force needs -o FILE");
    }
    ConfigVariants variants = config.variants();
    TunePipeline pipeline = new TunePipeline(variants, models);
    if (dryRun) {
      TunePlan plan = pipeline.plan();
      print(plan, () -> TuneText.of(plan));
      return ExitCode.DONE;
    }
    List<Path> files = new ArrayList<>();
    Path target = file;
    if (target != null) {
      variants.base().jsonFor(target);
      files.addAll(List.of(target, beside(target, JSON), beside(target, ".csv")));
      files.forEach(each -> OutputFile.requireWritable(each, force));
    }
    if (variants.base().run().report().plots()) {
      Preloading.plots();
    }
    Interruption interruption = ((SlopeCommand) spec.root().userObject()).interruption();
    interruption.watch();
    return run(pipeline, target, interruption);
  }

  private int run(TunePipeline pipeline, @Nullable Path target, Interruption interruption) {
    PrintWriter err = spec.commandLine().getErr();
    TuneResult tuned;
    try (TuneProgressPrinter progress =
        new TuneProgressPrinter(err, Terminal.isStandardError(), interruption::isRequested)) {
      tuned = pipeline.run(progress);
    }
    if (!output.json()) {
      spec.commandLine().getOut().print(TuneText.of(tuned));
      spec.commandLine().getOut().flush();
    }
    if (target != null) {
      write(target, tuned);
    }
    TrainResult trained;
    try (ProgressPrinter progress =
        new ProgressPrinter(err, Terminal.isStandardError(), interruption::isRequested)) {
      trained = pipeline.train(tuned, progress);
    }
    if (output.json()) {
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("tuning", tuned.report());
      both.put("training", trained);
      output.print(spec, both);
    } else {
      spec.commandLine().getOut().print(TrainSummary.of(trained));
      spec.commandLine().getOut().flush();
    }
    return Misses.print(trained, err);
  }

  private void write(Path target, TuneResult tuned) {
    Map<String, String> files = TunePipeline.files(tuned.report());
    OutputFile.write(target, tuned.best().jsonFor(target));
    files.forEach(
        (name, text) ->
            OutputFile.write(
                beside(target, name.equals(TuningReport.JSON_FILE) ? JSON : ".csv"), text));
    spec.commandLine().getErr().println("the config of the best setting is in " + target);
  }

  /** {@code best.tuning.csv} beside {@code best.json}. */
  private static Path beside(Path target, String extension) {
    String name = String.valueOf(target.getFileName());
    String stem = name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
    return target.resolveSibling(stem + ".tuning" + extension);
  }

  private void print(Object document, Supplier<String> text) {
    if (output.json()) {
      output.print(spec, document);
    } else {
      spec.commandLine().getOut().print(text.get());
      spec.commandLine().getOut().flush();
    }
  }
}
