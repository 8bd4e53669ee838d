package dev.slope.cli;

import dev.slope.pipeline.PredictPipeline;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slope predict MODEL DATA}. */
@Command(
    name = "predict",
    description =
        "Predicts every row of a file through the SavedModel and writes CSV: as many rows out as"
            + " in, in order. A regression writes 'prediction', a classifier 'class' and"
            + " 'probability_CLASS' for each class, a support vector machine 'class' and 'margin'."
            + " A row that can't be predicted has empty fields. Of a SavedModel that Slope did not"
            + " export each output of its signature is a column.")
final class PredictCommand implements Callable<Integer> {
  @Mixin private CsvAnswers answers;
  @Mixin private OutputOptions output;

  @Option(
      names = "--signature",
      paramLabel = "NAME",
      description =
          "Ask this signature, which takes a tensor for each column, and write its outputs as they"
              + " are.")
  private @Nullable String signature;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return answers.run(
        spec,
        output,
        (model, data, keep, out) -> PredictPipeline.run(model, data, signature, keep, out));
  }
}
