package dev.slope.training;

import dev.slope.config.Scaling;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Coded rows of eight categories of 10 to 100,000 values, low ones common, and eight numbers, with
 * a label that a logistic model gives: drawn as {@code src/jmh/python/make_data.py} draws them.
 *
 * @param features of the model; a category's vocabulary is what the training rows hold
 * @param training 900,000 rows
 * @param heldOut 100,000 rows
 * @param logLoss of the held-out rows under the true probabilities
 */
record CategoricalRows(
    FittedFeatures features, TrainingRows training, TrainingRows heldOut, double logLoss) {
  private static final int[] VALUES = {10, 30, 100, 1_000, 5_000, 10_000, 50_000, 100_000};
  private static final int NUMBERS = 8;
  private static final int ROWS = 1_000_000;
  private static final int HELD_OUT = ROWS / 10;

  /** The same rows each time. */
  static CategoricalRows draw() {
    Random random = new Random(21);
    FloatMatrix coded = matrix(names(), VALUES.length + NUMBERS);
    FloatMatrix labels = matrix(List.of("y"), 1);
    double[] logits = new double[ROWS];
    Arrays.fill(logits, -1);
    List<FittedFeature> features = new ArrayList<>();
    for (int column = 0; column < VALUES.length; column++) {
      features.add(categories(column, coded, logits, random));
    }
    for (int column = VALUES.length; column < VALUES.length + NUMBERS; column++) {
      double effect = 0.3 * random.nextGaussian();
      for (int row = 0; row < ROWS; row++) {
        float value = (float) random.nextGaussian();
        set(coded, row, column, value);
        logits[row] += effect * value;
      }
      features.add(new FittedFeature.Numeric(coded.names().get(column), Scaling.NONE, 0, 1));
    }
    double logLoss = 0;
    for (int row = 0; row < ROWS; row++) {
      double probability = 1 / (1 + Math.exp(-logits[row]));
      boolean positive = random.nextDouble() < probability;
      set(labels, row, 0, positive ? 1 : 0);
      if (row >= ROWS - HELD_OUT) {
        logLoss -= Math.log(positive ? probability : 1 - probability) / HELD_OUT;
      }
    }
    return new CategoricalRows(
        new FittedFeatures(features),
        new TrainingRows(part(coded, 0, 9), part(labels, 0, 9)),
        new TrainingRows(part(coded, 9, 10), part(labels, 9, 10)),
        logLoss);
  }

  private static FittedFeature categories(
      int column, FloatMatrix coded, double[] logits, Random random) {
    int values = VALUES[column];
    double[] effects = new double[values];
    for (int value = 0; value < values; value++) {
      effects[value] = 0.5 * random.nextGaussian();
    }
    int[] places = new int[values];
    Arrays.fill(places, -1);
    List<String> vocabulary = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double uniform = random.nextDouble();
      int value = (int) (values * uniform * uniform * uniform);
      logits[row] += effects[value];
      if (places[value] < 0 && row < ROWS - HELD_OUT) {
        places[value] = vocabulary.size();
        vocabulary.add("v" + value);
      }
      set(coded, row, column, places[value]);
    }
    RawColumn raw = new RawColumn(coded.names().get(column), RawColumn.Type.STRING);
    return new FittedFeature.Categorical(raw, vocabulary, false, false, false);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int column = 0; column < VALUES.length + NUMBERS; column++) {
      names.add(column < VALUES.length ? "c" + column : "n" + (column - VALUES.length));
    }
    return names;
  }

  /** Ten blocks, the last of which is held out. */
  private static FloatMatrix matrix(List<String> names, int columns) {
    List<FloatBlock> blocks = new ArrayList<>();
    for (int block = 0; block < 10; block++) {
      blocks.add(new FloatBlock(ROWS / 10, columns));
    }
    return new FloatMatrix(names, blocks);
  }

  private static FloatMatrix part(FloatMatrix matrix, int from, int to) {
    return new FloatMatrix(matrix.names(), matrix.blocks().subList(from, to));
  }

  private static void set(FloatMatrix matrix, int row, int column, float value) {
    matrix.blocks().get(row / (ROWS / 10)).set(row % (ROWS / 10), column, value);
  }
}
