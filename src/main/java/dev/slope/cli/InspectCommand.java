package dev.slope.cli;

import dev.slope.pipeline.Inspection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slope inspect MODEL}. */
@Command(
    name = "inspect",
    description =
        "Shows a model's equation, columns, metrics, origin and signatures; of a SavedModel that"
            + " Slope did not export its signatures, methods and variables.")
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "models/line or models/line/3.")
  private Path model;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Inspection inspection = Inspection.of(model);
    if (output.json()) {
      output.print(spec, inspection);
    } else {
      spec.commandLine().getOut().print(InspectionText.of(inspection));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
