package dev.slope.training.secondorder;

import dev.slope.training.secondorder.Objective.Evaluation;
import dev.slope.training.secondorder.SecondOrderResult.End;
import java.util.ArrayList;
import java.util.List;

/** What an optimization writes down as it goes. */
final class LossTrace {
  private final SecondOrderListener listener;
  private final List<Double> losses = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  LossTrace(SecondOrderListener listener) {
    this.listener = listener;
  }

  /** Begins an iteration; false where it is not to run. */
  boolean begin(Evaluation evaluation) {
    losses.add(evaluation.loss());
    return listener.onIteration(losses.size(), evaluation.loss(), evaluation.gradientNorm());
  }

  /** How many iterations have begun. */
  int iterations() {
    return losses.size();
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  SecondOrderResult end(double[] parameters, Evaluation evaluation, End end) {
    if (end == End.ITERATIONS_DONE) {
      warn(
          ("did not converge: after %d iterations the largest slope is %s; raise /training/epochs or"
                  + " scale the features ('scaling': 'standard')")
              .formatted(losses.size(), (float) evaluation.gradientNorm()));
    }
    return new SecondOrderResult(
        parameters,
        losses.stream().mapToDouble(Double::doubleValue).toArray(),
        evaluation.loss(),
        evaluation.gradientNorm(),
        end,
        warnings);
  }
}
