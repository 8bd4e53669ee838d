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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What commands take that answer every row of a file with a row of CSV. */
@SuppressWarnings("NullAway.Init") // picocli sets the parameters
final class CsvAnswers {
  /** Answers all rows. */
  @FunctionalInterface
  interface Run {
    /**
     * Writes one row of CSV for each row of the data.
     *
     * @param keep columns of the data to write in front
     */
    PredictPipeline.Counts to(Path model, Path data, List<String> keep, Writer out);
  }

  @Parameters(index = "0", paramLabel = "MODEL", description = "models/line or models/line/3.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description =
          "A CSV, TSV, Parquet, JSON, JSON lines, LIBSVM or TFRecord file, a quoted pattern of"
              + " files, or - for standard input.")
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
          "Columns of DATA to write before the answers, separated by commas; a name that has"
              + " one in double quotes, as in CSV.")
  private @Nullable String keep;

  /** Writes the answers where they are wanted, and says how many there are. */
  int run(CommandSpec spec, OutputOptions output, Run run) {
    if (output.json() && file == null) {
      throw new ParameterException(
          spec.commandLine(), "--json needs -o FILE: standard output can't hold both");
    }
    List<String> kept = kept(spec);
    PredictPipeline.Counts counts =
        file == null
            ? run.to(model, data, kept, spec.commandLine().getOut())
            : toFile(run, kept, file);
    spec.commandLine().getOut().flush();
    if (output.json()) {
      output.print(spec, counts);
    }
    if (counts.withoutPrediction() > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              "warning: %d of %d rows have no prediction: a value is missing, unreadable or unknown"
                  + " to the model%n",
              counts.withoutPrediction(), counts.rows());
    }
    return ExitCode.DONE;
  }

  private List<String> kept(CommandSpec spec) {
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
  private PredictPipeline.Counts toFile(Run run, List<String> kept, Path target) {
    try {
      if (Files.isDirectory(target)) {
        throw new OutputException(target, "it is a folder");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return write(run, kept, target, target);
      }
      // Through a link, whose target is replaced and which stays.
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      Path part = real.resolveSibling(".slope-" + UUID.randomUUID() + ".csv");
      part.toFile().deleteOnExit();
      try {
        PredictPipeline.Counts counts = write(run, kept, part, target);
        Files.move(part, real, StandardCopyOption.REPLACE_EXISTING);
        return counts;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new OutputException(target, e);
    }
  }

  private PredictPipeline.Counts write(Run run, List<String> kept, Path to, Path target)
      throws IOException {
    try (Writer out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
      return run.to(model, data, kept, out);
    } catch (UncheckedIOException e) {
      throw new OutputException(target, Objects.requireNonNull(e.getCause()));
    }
  }
}
