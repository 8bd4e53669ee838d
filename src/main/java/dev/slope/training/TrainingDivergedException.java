package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.config.UserException;
import dev.slope.features.LinearWeights;
import java.io.Serial;

/** The loss left all bounds: the steps are too long for the data. */
public final class TrainingDivergedException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  private final long epochs;
  private final double loss;
  private final transient LinearWeights lastGoodWeights;
  private final transient TrainingHistory history;

  TrainingDivergedException(
      long epochs,
      double loss,
      double learningRate,
      Precision precision,
      LinearWeights lastGoodWeights,
      TrainingHistory history) {
    super(message(epochs, loss, learningRate, precision));
    this.epochs = epochs;
    this.loss = loss;
    this.lastGoodWeights = lastGoodWeights;
    this.history = history;
  }

  private static String message(
      long epochs, double loss, double learningRate, Precision precision) {
    if (epochs == 0) {
      return "training can't start: the loss before the first epoch is "
          + Precision.text(loss)
          + "; scale the features ('scaling': 'standard') and the label to values whose squares "
          + precision.key()
          + " holds";
    }
    return "training diverged: the loss is "
        + Precision.text(loss)
        + " after epoch "
        + epochs
        + "; lower /training/optimizer/learning_rate, now "
        + learningRate
        + ", or scale the features ('scaling': 'standard')";
  }

  /** After how many epochs the loss was out of bounds. */
  public long epochs() {
    return epochs;
  }

  /** The loss there. */
  public double loss() {
    return loss;
  }

  /** The weights of the last epoch whose loss was within bounds. */
  public LinearWeights lastGoodWeights() {
    return lastGoodWeights;
  }

  /** The losses up to and including the one out of bounds. */
  public TrainingHistory history() {
    return history;
  }
}
