package dev.slope.cli;

import dev.slope.pipeline.EvaluatePipeline;
import dev.slope.pipeline.RunMetrics;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slope evaluate MODEL DATA}. */
@Command(
    name = "evaluate",
    description = "Measures a SavedModel on a file that has the labels as well.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "models/line or models/line/3.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description =
          "A CSV, TSV, Parquet, JSON, JSON lines, LIBSVM or TFRecord file, a quoted pattern of files,"
              + " or - for standard input.")
  private Path data;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RunMetrics.OfRows metrics = EvaluatePipeline.run(model, data);
    if (output.json()) {
      output.print(spec, metrics);
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s on %s, %,d rows%n%s",
              model,
              data,
              metrics.rows(),
              MetricText.of(metrics));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
