package dev.slope.cli;

import dev.slope.pipeline.ReportPipeline;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
    description =
        "Writes a model's page, one HTML file for any browser, and its pictures as PNG and SVG.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "models/line or models/line/3.")
  private Path model;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Where the page goes; by default report.html in the version's assets.extra.")
  private @Nullable Path file;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description =
          "Where the pictures go, made where it is missing; by default the version's assets.extra.")
  private @Nullable Path plots;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ReportPipeline report = ReportPipeline.of(model);
    Path page = report.writePage(file);
    List<Path> pictures = report.writePictures(plots);
    if (output.json()) {
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("report", page.toString());
      written.put("plots", pictures.stream().map(Path::toString).toList());
      output.print(spec, written);
    } else {
      spec.commandLine().getOut().println(page);
      pictures.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
