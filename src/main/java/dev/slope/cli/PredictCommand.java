package dev.slope.cli;

import dev.slope.pipeline.PredictPipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slope predict MODEL DATA}. */
@Command(
    name = "predict",
    description =
        "Predicts every row of a file through the SavedModel and writes CSV: as many rows out as"
            + " in, in order. A row that can't be predicted has an empty field.")
final class PredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "models/line or models/line/3.")
  private Path model;

  @Parameters(index = "1", paramLabel = "DATA", description = "A CSV or Parquet file.")
  private Path data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write here in place of standard output.")
  private @Nullable Path file;

  @Option(
      names = "--keep",
      paramLabel = "COLUMNS",
      split = ",",
      description = "Columns of DATA to write before the predictions, separated by commas.")
  private List<String> keep = new ArrayList<>();

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (output.json() && file == null) {
      throw new ParameterException(
          spec.commandLine(), "--json needs -o FILE: standard output can't hold both");
    }
    PredictPipeline.Counts counts =
        file == null
            ? PredictPipeline.run(model, data, keep, spec.commandLine().getOut())
            : toFile(file);
    spec.commandLine().getOut().flush();
    if (output.json()) {
      output.print(spec, counts);
    }
    if (counts.withoutPrediction() > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              "warning: %d of %d rows have no prediction: a value is missing or no number%n",
              counts.withoutPrediction(), counts.rows());
    }
    return ExitCode.DONE;
  }

  /** The file appears whole or not at all. */
  private PredictPipeline.Counts toFile(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      Path part = Files.createTempFile(folder, ".slope-", ".csv");
      try {
        PredictPipeline.Counts counts;
        try (PrintWriter out =
            new PrintWriter(Files.newBufferedWriter(part, StandardCharsets.UTF_8))) {
          counts = PredictPipeline.run(model, data, keep, out);
          if (out.checkError()) {
            throw new OutputException(target, "no space is left");
          }
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        return counts;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new OutputException(target, e);
    }
  }
}
