package dev.slope.features;

import dev.slope.config.ModelConfig;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.nio.FloatBuffer;

/** Which numbers a model's loss takes as labels. */
public enum LabelDomain {
  /** Every finite number, or a class, which is checked where classes are made indices. */
  ANY,
  /** Zero and above: the logarithm of the mean is the score, and the mean may be small. */
  ZERO_OR_ABOVE,
  /** Above zero: the loss has the label's logarithm. */
  ABOVE_ZERO;

  /** The domain of a model's labels. */
  public static LabelDomain of(ModelConfig model) {
    if (model instanceof ModelConfig.PoissonRegression
        || model instanceof ModelConfig.TweedieRegression) {
      return ZERO_OR_ABOVE;
    }
    return model instanceof ModelConfig.GammaRegression ? ABOVE_ZERO : ANY;
  }

  /**
   * Checks all labels of a training.
   *
   * @param labels one column
   * @throws DataException where a label is outside, naming its row, or all are 0 so that no finite
   *     intercept is best
   */
  public static void check(ModelConfig model, FloatMatrix labels) {
    if (of(model) == ANY) {
      return;
    }
    long rowsBefore = 0;
    boolean anyAboveZero = false;
    for (FloatBlock block : labels.blocks()) {
      anyAboveZero |= check(model, labels.names().get(0), block, rowsBefore);
      rowsBefore += block.rows();
    }
    if (!anyAboveZero) {
      throw new DataException(
          "label '%s' must be above 0 in some row for %s, but is 0 in all %d; the logarithm of"
                  .formatted(labels.names().get(0), model.typeName(), rowsBefore)
              + " a mean of 0 is minus infinity");
    }
  }

  /**
   * Checks some labels, where data comes in blocks.
   *
   * @param label the column's name
   * @param block one column
   * @param rowsBefore how many rows came before the block
   * @return whether any label is above 0
   * @throws DataException where a label is outside, naming its row
   */
  public static boolean check(ModelConfig model, String label, FloatBlock block, long rowsBefore) {
    LabelDomain domain = of(model);
    boolean anyAboveZero = false;
    FloatBuffer values = block.values();
    while (values.hasRemaining()) {
      float value = values.get();
      anyAboveZero |= value > 0;
      if (!domain.contains(value)) {
        throw new DataException(
            "row %d, label '%s' must be %s for %s, but was %s; correct or leave out such rows, or"
                    .formatted(
                        rowsBefore + values.position(),
                        label,
                        domain == ABOVE_ZERO ? "> 0" : ">= 0",
                        model.typeName(),
                        value)
                + (domain == ABOVE_ZERO && value == 0
                    ? " take tweedie_regression, which allows 0"
                    : " take linear_regression, which allows any number"));
      }
    }
    return anyAboveZero;
  }

  private boolean contains(float value) {
    return switch (this) {
      case ANY -> true;
      case ZERO_OR_ABOVE -> value >= 0;
      case ABOVE_ZERO -> value > 0;
    };
  }
}
