package dev.slope.graph;

import dev.slope.config.ModelConfig;
import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What training minimises, row by row, with its derivatives by hand: TensorFlow's own gradients
 * take another pass, miss some ops, and are wrong where a stable form has a kink that the function
 * has not.
 *
 * <p>Every op compiles with XLA. No loss or slope is NaN for scores up to 1e4 in magnitude: it is
 * finite, or the infinity that float32 has for its limit.
 */
public sealed interface Loss permits ElementwiseLoss, SoftmaxLoss {

  /**
   * Adds the loss of each row.
   *
   * @param scores {@code [rows, outputs]}
   * @param labels {@code [rows, outputs]}; for several classes {@code [rows, 1]}, the class's index
   * @return {@code [rows]}
   */
  <T extends TFloating> Operand<T> ofRows(Ops tf, Operand<T> scores, Operand<T> labels);

  /**
   * Adds the derivatives of {@link #ofRows} by the scores; at a kink, a subgradient.
   *
   * @return {@code [rows, outputs]}
   */
  <T extends TFloating> Operand<T> slopes(Ops tf, Operand<T> scores, Operand<T> labels);

  /**
   * Adds the second derivatives of {@link #ofRows} by the scores: positive semidefinite, and
   * expected over the labels (Fisher's information) where a loss says so.
   *
   * @return {@code [rows, outputs, outputs]}
   */
  <T extends TFloating> Operand<T> curvatures(Ops tf, Operand<T> scores, Operand<T> labels);

  /**
   * The largest eigenvalue that a row's second derivative has at any score; empty where there is no
   * largest one, or the loss is not smooth.
   */
  OptionalDouble curvatureBound();

  /** Whether the slope changes without jumps. */
  boolean isSmooth();

  /**
   * Adds the mean of {@link #ofRows}, a scalar.
   *
   * @param scores {@code [rows, outputs]}
   * @param labels as for {@link #ofRows}
   */
  default <T extends TFloating> Operand<T> mean(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.mean(ofRows(tf, scores, labels), tf.constant(new int[] {0}));
  }

  /**
   * The loss that fits a model.
   *
   * @param outputs the number of scores of a row
   */
  static Loss of(ModelConfig model, int outputs) {
    if (model instanceof ModelConfig.LinearRegression) {
      return new SquaredError(outputs);
    }
    if (model instanceof ModelConfig.HuberRegression huber) {
      return new HuberLoss(huber.delta(), outputs);
    }
    if (model instanceof ModelConfig.QuantileRegression quantile) {
      return new PinballLoss(quantile.quantile(), outputs);
    }
    if (model instanceof ModelConfig.AbsoluteRegression) {
      return new AbsoluteError(outputs);
    }
    if (model instanceof ModelConfig.SoftmaxRegression) {
      return new SoftmaxLoss(outputs);
    }
    return ofOneScore(model, outputs);
  }

  private static Loss ofOneScore(ModelConfig model, int outputs) {
    if (outputs != 1) {
      throw new IllegalArgumentException(
          "outputs of " + model.typeName() + " must be 1, but were " + outputs);
    }
    if (model instanceof ModelConfig.LogisticRegression logistic) {
      return switch (logistic.link()) {
        case LOGIT -> new LogisticLoss();
        case PROBIT -> new ProbitLoss();
        case CLOGLOG -> new CloglogLoss();
      };
    }
    if (model instanceof ModelConfig.PoissonRegression) {
      return new PoissonDeviance();
    }
    if (model instanceof ModelConfig.GammaRegression) {
      return new GammaDeviance();
    }
    if (model instanceof ModelConfig.TweedieRegression tweedie) {
      return new TweedieDeviance(tweedie.power());
    }
    if (model instanceof ModelConfig.LinearSvm svm) {
      return switch (svm.loss()) {
        case HINGE -> new Hinge();
        case SQUARED_HINGE -> new SquaredHinge();
      };
    }
    throw new AssertionError("no loss for " + model.getClass().getSimpleName());
  }
}
