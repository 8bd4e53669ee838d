package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.StopConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two categories between two numbers, coded; and the same rows with a number for each of
 * the model's inputs, as the other plans take them.
 *
 * @param coded a category's codes, a number, another category's, another number
 * @param written as many columns as the model has inputs
 */
record SparseFixtures(TrainingRows coded, TrainingRows written) {
  static final int LEVELS = 5;
  static final int BUCKETS = 7;
  static final int INPUTS = LEVELS + 1 + BUCKETS + 1;

  /** A value that is none of the five levels counts nothing. */
  static final FittedFeatures CODED_FEATURES =
      new FittedFeatures(
          List.of(
              new FittedFeature.Categorical(
                  new RawColumn("a", RawColumn.Type.STRING),
                  List.of("p", "q", "r", "s", "t"),
                  false,
                  false,
                  false),
              new FittedFeature.Numeric("u", Scaling.STANDARD, 0.5f, 2),
              new FittedFeature.Hashed(new RawColumn("b", RawColumn.Type.STRING), BUCKETS),
              new FittedFeature.Numeric("v", Scaling.NONE, 0, 1)));

  private static final FittedFeatures WRITTEN_FEATURES = new FittedFeatures(numbers());

  private static List<FittedFeature> numbers() {
    List<FittedFeature> numbers = new ArrayList<>();
    for (int input = 0; input < INPUTS; input++) {
      numbers.add(new FittedFeature.Numeric("x" + input, Scaling.NONE, 0, 1));
    }
    return numbers;
  }

  /** What the label of a row is. */
  interface Label {
    /**
     * The label.
     *
     * @param score of a model that fits the rows well
     * @param output from 0
     */
    double of(double score, int output, Random random);
  }

  /**
   * Draws rows.
   *
   * @param labels columns
   */
  static SparseFixtures draw(
      int seed, int count, int labels, boolean weighted, boolean offset, Label label) {
    Random random = new Random(seed);
    FloatBlock coded = new FloatBlock(count, 4);
    FloatBlock written = new FloatBlock(count, INPUTS);
    FloatBlock truth = new FloatBlock(count, labels);
    FloatBlock weights = new FloatBlock(count, 1);
    FloatBlock offsets = new FloatBlock(count, 1);
    for (int row = 0; row < count; row++) {
      int a = random.nextInt(LEVELS + 1) - 1;
      int b = (int) (BUCKETS * Math.pow(random.nextDouble(), 2));
      float u = (float) random.nextGaussian();
      float v = (float) random.nextGaussian();
      coded.set(row, 0, a);
      coded.set(row, 1, u);
      coded.set(row, 2, b);
      coded.set(row, 3, v);
      if (a >= 0) {
        written.set(row, a, 1);
      }
      written.set(row, LEVELS, (u - 0.5f) / 2);
      written.set(row, LEVELS + 1 + b, 1);
      written.set(row, INPUTS - 1, v);
      weights.set(row, 0, (float) (0.5 + random.nextDouble()));
      offsets.set(row, 0, (float) (0.3 * random.nextGaussian()));
      double score = 0.4 * a - 0.2 * b + 0.5 * u - 0.3 * v + offsets.get(row, 0);
      for (int output = 0; output < labels; output++) {
        truth.set(row, output, (float) label.of(score, output, random));
      }
    }
    FloatMatrix y = new FloatMatrix(labels == 1 ? List.of("y") : List.of("y", "z"), List.of(truth));
    FloatMatrix w = weighted ? TrainingFixtures.matrix("w", weights) : null;
    FloatMatrix o = offset ? TrainingFixtures.matrix("o", offsets) : null;
    return new SparseFixtures(
        new TrainingRows(new FloatMatrix(CODED_FEATURES.columns(), List.of(coded)), y, w, o),
        new TrainingRows(new FloatMatrix(WRITTEN_FEATURES.columns(), List.of(written)), y, w, o));
  }

  /** Positive with the score, and noise. */
  static SparseFixtures classes(int seed, int count) {
    return draw(
        seed, count, 1, false, false, (score, output, random) -> isPositive(score, random) ? 1 : 0);
  }

  static boolean isPositive(double score, Random random) {
    return score + random.nextGaussian() > 0;
  }

  /** A training of these rows with the plan sparse. */
  TrainingJob sparse(
      ModelConfig model,
      TrainingConfig training,
      List<String> outputs,
      @Nullable SparseFixtures by) {
    return new TrainingJob(
        model, training, CODED_FEATURES, outputs, coded, by == null ? null : by.coded(), 3);
  }

  /** The same training with another plan. */
  TrainingJob dense(
      ModelConfig model,
      TrainingConfig training,
      List<String> outputs,
      @Nullable SparseFixtures by) {
    return new TrainingJob(
        model, training, WRITTEN_FEATURES, outputs, written, by == null ? null : by.written(), 3);
  }

  /**
   * How to train.
   *
   * @param batch null for all rows in each step
   */
  static TrainingConfig training(
      OptimizerConfig optimizer,
      int epochs,
      @Nullable Integer batch,
      StopConfig stop,
      @Nullable Double clipNorm,
      PlanName plan) {
    return new TrainingConfig(
        optimizer,
        epochs,
        batch == null ? new BatchSizeConfig.Full() : new BatchSizeConfig.Rows(batch),
        true,
        stop,
        clipNorm,
        plan,
        "cpu",
        Precision.FLOAT32,
        true,
        0.5,
        TrainingFixtures.EVERY_MINUTE);
  }
}
