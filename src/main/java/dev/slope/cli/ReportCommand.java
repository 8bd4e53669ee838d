package dev.slope.cli;

import dev.slope.pipeline.ReportPipeline;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slope report MODEL}. */
@Command(
    name = "report",
    description = "Writes a model's page: one HTML file with its pictures, for any browser.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "models/line or models/line/3.")
  private Path model;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Where it goes; by default report.html in the version's assets.extra.")
  private @Nullable Path file;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path written = ReportPipeline.run(model, file);
    if (output.json()) {
      output.print(spec, Map.of("report", written.toString()));
    } else {
      spec.commandLine().getOut().println(written);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
