package dev.slope.features;

import dev.slope.config.ClassWeightConfig;
import dev.slope.config.ModelConfig;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How much each row counts in training: its own weight times that of its class. */
public final class RowWeights {
  private final double @Nullable [] byClass;

  private RowWeights(double @Nullable [] byClass) {
    this.byClass = byClass;
  }

  /**
   * Checks a column of weights.
   *
   * @param weights one column
   * @param source what messages call the data
   * @throws DataException where one is negative, or all are 0
   */
  public static void check(FloatMatrix weights, String source) {
    String column = weights.names().get(0);
    boolean anyPositive = false;
    long before = 0;
    for (FloatBlock block : weights.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        double weight = block.get(row, 0);
        if (!(weight >= 0)) {
          throw new DataException(
              "%s, row %d: weight '%s' must be >= 0, but was %s"
                  .formatted(source, before + row + 1, column, ClassText.of(weight)));
        }
        anyPositive |= weight > 0;
      }
      before += block.rows();
    }
    if (!anyPositive) {
      throw new DataException(
          "%s: weight '%s' must be > 0 in a row, but is 0 in all %d rows"
              .formatted(source, column, weights.rows()));
    }
  }

  /**
   * Learns the weights of the classes from the training rows.
   *
   * @param model may weigh classes
   * @param labels what the labels are
   * @param encoded the labels of the training rows as the trainer takes them, where they are needed
   * @param weights a checked column of weights of the same rows; null where every row counts the
   *     same
   * @param source what messages call the data
   * @throws DataException where a class that is weighed doesn't occur, or one has no weight left
   */
  public static RowWeights fit(
      ModelConfig model,
      FittedLabels labels,
      Supplier<FloatMatrix> encoded,
      @Nullable FloatMatrix weights,
      String source) {
    if (!(model instanceof ModelConfig.Classifier classifier)
        || !(labels instanceof FittedLabels.Classes classes)) {
      return new RowWeights(null);
    }
    if (weights != null) {
      requireEveryClass(classes, encoded.get(), weights, source);
    }
    return new RowWeights(byClass(classifier.classWeight(), classes, encoded, source));
  }

  /** Whether classes have the weights that they have in another. */
  public boolean isSame(RowWeights other) {
    return Arrays.equals(byClass, other.byClass);
  }

  /**
   * The weights of training rows or of any others.
   *
   * @param encoded their labels as the trainer takes them
   * @param weights a checked column of weights; null where every row counts the same
   * @return one column, rows and blocks as the labels; null where every row counts the same
   */
  public @Nullable FloatMatrix of(FloatMatrix encoded, @Nullable FloatMatrix weights) {
    return byClass == null ? weights : multiplied(byClass, encoded, weights);
  }

  /** The factor of each class; null where all are 1. */
  private static double @Nullable [] byClass(
      ClassWeightConfig config,
      FittedLabels.Classes labels,
      Supplier<FloatMatrix> encoded,
      String source) {
    if (config instanceof ClassWeightConfig.None) {
      return null;
    }
    if (config instanceof ClassWeightConfig.Balanced) {
      return balanced(labels.classes().size(), encoded.get());
    }
    if (config instanceof ClassWeightConfig.ByClass given) {
      return given(given.weights(), labels, source);
    }
    throw new AssertionError("no class weights for " + config.getClass().getSimpleName());
  }

  /** {@code rows / (classes * rows of the class)}. */
  private static double[] balanced(int classes, FloatMatrix encoded) {
    double[] factors = new double[classes];
    for (FloatBlock block : encoded.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        factors[(int) block.get(row, 0)]++;
      }
    }
    for (int place = 0; place < classes; place++) {
      factors[place] = encoded.rows() / (classes * factors[place]);
    }
    return factors;
  }

  private static double[] given(
      Map<String, Double> weights, FittedLabels.Classes labels, String source) {
    List<String> classes = labels.classes();
    double[] factors = new double[classes.size()];
    Arrays.fill(factors, 1);
    weights.forEach(
        (name, weight) -> {
          String found =
              ClassNames.find(name, classes)
                  .orElseThrow(
                      () ->
                          new DataException(
                              "/model/class_weight names '%s', but the classes of '%s' in %s are %s%s"
                                  .formatted(
                                      name,
                                      labels.column(),
                                      source,
                                      classes,
                                      ClassNames.suggestion(name, classes))));
          factors[classes.indexOf(found)] = weight;
        });
    return factors;
  }

  private static FloatMatrix multiplied(
      double[] byClass, FloatMatrix encoded, @Nullable FloatMatrix weights) {
    List<FloatBlock> blocks = new ArrayList<>();
    for (int b = 0; b < encoded.blocks().size(); b++) {
      FloatBlock labels = encoded.blocks().get(b);
      FloatBlock products = new FloatBlock(labels.precision(), labels.rows(), 1);
      for (int row = 0; row < labels.rows(); row++) {
        double weight = weights == null ? 1 : weights.blocks().get(b).get(row, 0);
        products.set(row, 0, weight * byClass[(int) labels.get(row, 0)]);
      }
      blocks.add(products);
    }
    return new FloatMatrix(weights == null ? List.of("class_weight") : weights.names(), blocks);
  }

  private static void requireEveryClass(
      FittedLabels.Classes labels, FloatMatrix encoded, FloatMatrix weights, String source) {
    boolean[] weighed = new boolean[labels.classes().size()];
    for (int b = 0; b < encoded.blocks().size(); b++) {
      FloatBlock block = encoded.blocks().get(b);
      for (int row = 0; row < block.rows(); row++) {
        weighed[(int) block.get(row, 0)] |= weights.blocks().get(b).get(row, 0) > 0;
      }
    }
    for (int place = 0; place < weighed.length; place++) {
      if (!weighed[place]) {
        throw new DataException(
            "%s: weight '%s' must be > 0 in a row of each class, but is 0 in all rows of class '%s'"
                .formatted(source, weights.names().get(0), labels.classes().get(place)));
      }
    }
  }
}
