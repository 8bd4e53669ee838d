package dev.slope.graph;

import java.util.List;
import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TFloating;

/**
 * {@code ln(sum_j exp(s_j)) - s_y} for scores s and the index y of the label's class, the negative
 * log-likelihood: scikit-learn's {@code log_loss}.
 *
 * <p>With the distances {@code d_j = s_j - s_y} and their maximum {@code m >= 0} it is {@code m +
 * ln(exp(-m) + sum_{j != y} exp(d_j - m))}: nothing overflows, and neither loss nor slope is the
 * difference of numbers that are almost equal where the right class is far ahead.
 *
 * @param classes the number of scores of a row; at least 2
 */
record SoftmaxLoss(int classes) implements Loss {
  SoftmaxLoss {
    if (classes < 2) {
      throw new IllegalArgumentException("classes must be at least 2, but were " + classes);
    }
  }

  @Override
  public <T extends TFloating> Operand<T> ofRows(Ops tf, Operand<T> scores, Operand<T> labels) {
    Terms<T> terms = Terms.of(tf, classes, scores, labels);
    Operand<T> logarithm =
        tf.math.log1p(tf.math.add(terms.ofOthers(), tf.math.expm1(tf.math.neg(terms.lead()))));
    return tf.squeeze(tf.math.add(terms.lead(), logarithm), Squeeze.axis(List.of(1L)));
  }

  @Override
  public <T extends TFloating> Operand<T> slopes(Ops tf, Operand<T> scores, Operand<T> labels) {
    Terms<T> terms = Terms.of(tf, classes, scores, labels);
    Operand<T> numerators =
        tf.math.sub(terms.others(), tf.math.mul(terms.isLabel(), terms.ofOthers()));
    return tf.math.div(numerators, terms.total(tf));
  }

  @Override
  public <T extends TFloating> Operand<T> curvatures(Ops tf, Operand<T> scores, Operand<T> labels) {
    Terms<T> terms = Terms.of(tf, classes, scores, labels);
    Operand<T> ofLabel = tf.math.mul(terms.isLabel(), tf.math.exp(tf.math.neg(terms.lead())));
    Operand<T> probabilities = tf.math.div(tf.math.add(terms.others(), ofLabel), terms.total(tf));
    Operand<T> products =
        tf.math.mul(
            tf.expandDims(probabilities, tf.constant(2)),
            tf.expandDims(probabilities, tf.constant(1)));
    Operand<T> identity = Constants.identity(tf, classes, scores);
    // p (1 - p) as the sum of p times the others: 1 - p would cancel.
    Operand<T> offDiagonal =
        tf.math.mul(products, tf.math.sub(Constants.scalar(tf, 1, scores), identity));
    Operand<T> diagonal = tf.math.mul(identity, sum(tf, offDiagonal, 2));
    return tf.math.sub(diagonal, offDiagonal);
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.of(0.5);
  }

  @Override
  public boolean isSmooth() {
    return true;
  }

  /**
   * The exponentials all derivatives are made of, {@code [rows, classes]} or {@code [rows, 1]}.
   *
   * @param isLabel 1 in the label's column, else 0
   * @param lead m, the largest score less the label's
   * @param others {@code exp(d_j - m)}, but 0 in the label's column
   * @param ofOthers the sum of {@code others} over a row
   */
  private record Terms<T extends TFloating>(
      Operand<T> isLabel, Operand<T> lead, Operand<T> others, Operand<T> ofOthers) {

    static <T extends TFloating> Terms<T> of(
        Ops tf, int classes, Operand<T> scores, Operand<T> labels) {
      double[] indices = new double[classes];
      for (int i = 0; i < classes; i++) {
        indices[i] = i;
      }
      Operand<T> isLabel =
          tf.dtypes.cast(
              tf.math.equal(labels, Constants.vector(tf, indices, labels)), scores.type());
      Operand<T> labelScore = sum(tf, tf.math.mul(isLabel, scores), 1);
      Operand<T> distances = tf.math.sub(scores, labelScore);
      Operand<T> lead =
          tf.reduceMax(distances, tf.constant(new int[] {1}), ReduceMax.keepDims(true));
      Operand<T> others =
          tf.math.mul(
              tf.math.sub(Constants.scalar(tf, 1, scores), isLabel),
              tf.math.exp(tf.math.sub(distances, lead)));
      return new Terms<>(isLabel, lead, others, sum(tf, others, 1));
    }

    Operand<T> total(Ops tf) {
      return tf.math.add(tf.math.exp(tf.math.neg(lead)), ofOthers);
    }
  }

  private static <T extends TFloating> Operand<T> sum(Ops tf, Operand<T> values, int axis) {
    return tf.sum(values, tf.constant(new int[] {axis}), Sum.keepDims(true));
  }
}
