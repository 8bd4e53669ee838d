package dev.slope.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.slope.pipeline.PredictPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
            + " in, in order. A regression writes 'prediction', a classifier 'class' and"
            + " 'probability_CLASS' for each class, a support vector machine 'class' and 'margin'."
            + " A row that can't be predicted has empty fields.")
final class PredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "models/line or models/line/3.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description =
          "A CSV, TSV, Parquet, JSON, JSON lines, LIBSVM or TFRecord file, a quoted pattern of files,"
              + " or - for standard input.")
  private Path data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write here in place of standard output.")
  private @Nullable Path file;

  @Option(
      names = "--keep",
      paramLabel = "COLUMNS",
      description =
          "Columns of DATA to write before the predictions, separated by commas; a name that has"
              + " one in double quotes, as in CSV.")
  private @Nullable String keep;

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
            ? PredictPipeline.run(model, data, kept(), spec.commandLine().getOut())
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

  private List<String> kept() {
    if (keep == null) {
      return List.of();
    }
    try (CsvReader<CsvRecord> names = CsvReader.builder().ofCsvRecord(keep)) {
      return names.stream().findFirst().map(CsvRecord::getFields).orElseGet(List::of);
    } catch (CsvParseException | IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--keep must be names separated by commas, but was '" + keep + "'");
    }
  }

  /** A regular file appears whole or not at all; a pipe or a device is written as it is. */
  private PredictPipeline.Counts toFile(Path target) {
    try {
      if (Files.isDirectory(target)) {
        throw new OutputException(target, "it is a folder");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return write(target, target);
      }
      // Through a link, whose target is replaced and which stays.
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      Path part = real.resolveSibling(".slope-" + UUID.randomUUID() + ".csv");
      part.toFile().deleteOnExit();
      try {
        PredictPipeline.Counts counts = write(part, target);
        Files.move(part, real, StandardCopyOption.REPLACE_EXISTING);
        return counts;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new OutputException(target, e);
    }
  }

  private PredictPipeline.Counts write(Path to, Path target) throws IOException {
    try (Writer out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
      return PredictPipeline.run(model, data, kept(), out);
    } catch (UncheckedIOException e) {
      throw new OutputException(target, Objects.requireNonNull(e.getCause()));
    }
  }
}
