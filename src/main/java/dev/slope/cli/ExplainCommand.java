package dev.slope.cli;

import dev.slope.pipeline.ExplainPipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code slope explain MODEL DATA}. */
@Command(
    name = "explain",
    description =
        "Tells what the score of every row of a file is made of and writes CSV: as many rows out as"
            + " in, in order. 'score' is the model's raw score (a classifier's logit, the logarithm"
            + " of an expected count), 'intercept' what every row has, and 'contribution_FEATURE'"
            + " what a feature adds; with the 'offset' where there is one they sum to the score."
            + " A row that can't be predicted has empty fields.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private CsvAnswers answers;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return answers.run(spec, output, ExplainPipeline::run);
  }
}
