package dev.slope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slope}, which only has subcommands. */
@Command(
    name = "slope",
    description = "Trains linear models from a JSON file and exports each as a SavedModel.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      TrainCommand.class,
      TuneCommand.class,
      ValidateCommand.class,
      SchemaCommand.class,
      RenderCommand.class,
      InitCommand.class,
      PredictCommand.class,
      EvaluateCommand.class,
      ExplainCommand.class,
      InspectCommand.class,
      ReportCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the run failed: data, input or output",
      "2:the command line or the config is wrong",
      "3:training diverged, or a result missed what the config expects",
      "130:interrupted",
      "143:terminated"
    },
    footer = {"", "Start with: slope train configs/line.json"})
final class SlopeCommand implements Runnable {
  private final Interruption interruption;

  @Spec private CommandSpec spec;

  SlopeCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  /** Tells a subcommand when the process is asked to end. */
  Interruption interruption() {
    return interruption;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }
}
