package dev.slope.cli;

import dev.slope.pipeline.PredictPipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private CsvAnswers answers;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return answers.run(spec, output, PredictPipeline::run);
  }
}
