package dev.slope.cli;

import dev.slope.pipeline.InitPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slope init DATA --label NAME}. */
@Command(
    name = "init",
    description =
        "Writes a config from the columns of a file, which trains as it is and lists every feature"
            + " with its type.")
final class InitCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DATA",
      description =
          "A CSV, TSV, Parquet, JSON, JSON lines, LIBSVM or TFRecord file, a quoted pattern of"
              + " files, or - for standard input.")
  private Path data;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "NAME",
      description = "The column to predict; may be repeated.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write here in place of standard output; the path of DATA is then relative to it.")
  private @Nullable Path file;

  @Option(names = "--force", description = "Replace FILE where there is one.")
  private boolean force;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (force && file == null) {
      throw new ParameterException(spec.commandLine(), "--force needs -o FILE");
    }
    Path target = file;
    if (target != null) {
      OutputFile.requireWritable(target, force);
    }
    InitPipeline.Result result = InitPipeline.run(data, labels, target);
    result
        .starter()
        .ignored()
        .forEach(
            (column, reason) ->
                spec.commandLine()
                    .getErr()
                    .printf("warning: column '%s' %s and is ignored%n", column, reason));
    if (target == null) {
      spec.commandLine().getOut().print(result.json());
    } else {
      OutputFile.write(target, result.json());
      if (output.json()) {
        output.print(spec, summary(target, result));
      } else {
        spec.commandLine()
            .getOut()
            .printf(
                "%s: %s of %s from %d features; train it with: slope train %s%n",
                target,
                result.starter().model(),
                String.join(", ", labels),
                result.starter().features().size(),
                target);
      }
    }
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private static Map<String, Object> summary(Path target, InitPipeline.Result result) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("config", target.toString());
    summary.put("model", result.starter().model());
    summary.put("label", result.starter().label());
    summary.put("features", result.starter().features());
    summary.put("ignored", result.starter().ignored());
    return summary;
  }
}
