package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README's table that translates the penalties of other tools: at any parameters, their
 * objective, as their documentation states it, is that of Slope times a constant, so that both have
 * the same minimum.
 */
class TranslationTest {
  private static final int ROWS = 40;
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final ClassWeightConfig EVEN = new ClassWeightConfig.None();

  /** Alphas and the like, all different so that no two can be mistaken for each other. */
  private static final double ALPHA = 0.3;

  private static final double RATIO = 0.25;
  private static final double C = 1.75;

  /**
   * A row of the table.
   *
   * @param named as in the README
   * @param model with the penalty as the README says
   * @param label of a row
   * @param loss of a row, from its score and its label
   * @param sum whether they minimise a sum over rows, else a mean
   * @param lossFactor in front of it
   * @param l1 in front of the sum of absolute weights
   * @param l2 in front of the sum of squared weights
   * @param constant their objective over Slope's
   */
  private record Row(
      String named,
      ModelConfig model,
      Label label,
      DoubleBinaryOperator loss,
      boolean sum,
      double lossFactor,
      double l1,
      double l2,
      double constant) {
    @Override
    public String toString() {
      return named;
    }
  }

  private enum Label {
    NUMBER,
    CLASS,
    COUNT,
    AMOUNT
  }

  private static double squared(double score, double y) {
    return (y - score) * (y - score);
  }

  private static double logistic(double score, double y) {
    return Math.log1p(Math.exp(y == 1 ? -score : score));
  }

  private static double squaredHinge(double score, double y) {
    return Math.pow(Math.max(0, 1 - (y == 1 ? score : -score)), 2);
  }

  private static double poisson(double score, double y) {
    return 2 * ((y == 0 ? 0 : y * (Math.log(y) - score)) - y + Math.exp(score));
  }

  private static double gamma(double score, double y) {
    return 2 * (score - Math.log(y) + y * Math.exp(-score) - 1);
  }

  private static double pinball(double score, double y) {
    return Math.max(0.25 * (y - score), -0.75 * (y - score));
  }

  static Stream<Row> rows() {
    double n = ROWS;
    return Stream.of(
        row(
            "Ridge(alpha)",
            linear(0, 2 * ALPHA / n),
            TranslationTest::squared,
            true,
            1,
            0,
            ALPHA,
            n),
        row(
            "Lasso(alpha)",
            linear(2 * ALPHA, 0),
            TranslationTest::squared,
            false,
            0.5,
            ALPHA,
            0,
            0.5),
        row(
            "ElasticNet(alpha, l1_ratio)",
            linear(2 * ALPHA * RATIO, 2 * ALPHA * (1 - RATIO)),
            TranslationTest::squared,
            false,
            0.5,
            ALPHA * RATIO,
            ALPHA * (1 - RATIO) / 2,
            0.5),
        row(
            "SGDRegressor(alpha)",
            linear(0, 2 * ALPHA),
            TranslationTest::squared,
            false,
            0.5,
            0,
            ALPHA / 2,
            0.5),
        classes(
            "LogisticRegression(C)",
            logisticModel(0, 1 / (C * n)),
            TranslationTest::logistic,
            true,
            C,
            0,
            0.5,
            C * n),
        classes(
            "LogisticRegression(C, l1_ratio=1)",
            logisticModel(1 / (C * n), 0),
            TranslationTest::logistic,
            true,
            C,
            1,
            0,
            C * n),
        classes(
            "SGDClassifier(alpha)",
            logisticModel(0, ALPHA),
            TranslationTest::logistic,
            false,
            1,
            0,
            ALPHA / 2,
            1),
        classes(
            "LinearSVC(C)",
            svm(1 / (C * n)),
            TranslationTest::squaredHinge,
            true,
            C,
            0,
            0.5,
            C * n),
        new Row(
            "PoissonRegressor(alpha)",
            new ModelConfig.PoissonRegression(true, 0, ALPHA, Map.of(), ZEROS),
            Label.COUNT,
            TranslationTest::poisson,
            false,
            0.5,
            0,
            ALPHA / 2,
            1),
        new Row(
            "GammaRegressor(alpha)",
            new ModelConfig.GammaRegression(true, 0, ALPHA, Map.of(), ZEROS),
            Label.AMOUNT,
            TranslationTest::gamma,
            false,
            0.5,
            0,
            ALPHA / 2,
            1),
        row(
            "QuantileRegressor(alpha)",
            new ModelConfig.QuantileRegression(0.25, true, ALPHA, 0, Map.of(), ZEROS),
            TranslationTest::pinball,
            false,
            1,
            ALPHA,
            0,
            1),
        row("L2(l2)", linear(0, 2 * ALPHA), TranslationTest::squared, false, 1, 0, ALPHA, 1),
        row("L1(l1)", linear(ALPHA, 0), TranslationTest::squared, false, 1, ALPHA, 0, 1),
        classes(
            "L2(l2), BinaryCrossentropy",
            logisticModel(0, 2 * ALPHA),
            TranslationTest::logistic,
            false,
            1,
            0,
            ALPHA,
            1),
        row(
            "regParam, elasticNetParam",
            linear(2 * ALPHA * RATIO, 2 * ALPHA * (1 - RATIO)),
            TranslationTest::squared,
            false,
            0.5,
            ALPHA * RATIO,
            ALPHA * (1 - RATIO) / 2,
            0.5),
        classes(
            "regParam, elasticNetParam, logistic",
            logisticModel(ALPHA * RATIO, ALPHA * (1 - RATIO)),
            TranslationTest::logistic,
            false,
            1,
            ALPHA * RATIO,
            ALPHA * (1 - RATIO) / 2,
            1));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theirObjectiveIsAMultipleOfSlopes(Row row) {
    for (double[] at : new double[][] {{0.5, -0.25, 0.125}, {0, 1, -0.5}, {-0.75, 0.375, 0}}) {
      double theirs = 0;
      for (int i = 0; i < ROWS; i++) {
        double score = at[0] * first(i) + at[1] * second(i) + at[2];
        theirs += row.loss.applyAsDouble(score, label(row.label, i));
      }
      theirs =
          row.lossFactor * (row.sum ? theirs : theirs / ROWS)
              + row.l1 * (Math.abs(at[0]) + Math.abs(at[1]))
              + row.l2 * (at[0] * at[0] + at[1] * at[1]);

      double slopes = slopesObjective(row, at);

      assertThat(slopes * row.constant).isCloseTo(theirs, within(2e-6 * theirs));
    }
  }

  /** Each row of the README's table is in this test, but those that say there is no translation. */
  @Test
  void theReadmeNamesEveryRow() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    List<String> named =
        rows().map(row -> row.named.replaceAll(", (BinaryCrossentropy|logistic)$", "")).toList();
    assertThat(named).allSatisfy(each -> assertThat(readme).contains("`" + each + "`"));
  }

  private static double slopesObjective(Row row, double[] at) {
    FloatBlock features = new FloatBlock(ROWS, 2);
    FloatBlock labels = new FloatBlock(ROWS, 1);
    for (int i = 0; i < ROWS; i++) {
      features.set(i, 0, (float) first(i));
      features.set(i, 1, (float) second(i));
      labels.set(i, 0, (float) label(row.label, i));
    }
    FloatMatrix raw = new FloatMatrix(List.of("a", "b"), List.of(features));
    TrainingRows data = new TrainingRows(raw, TrainingFixtures.matrix("y", labels));
    TrainingJob job =
        new TrainingJob(
            row.model,
            TrainingFixtures.descent(0.1, 1),
            TrainingFixtures.features(raw, Scaling.NONE),
            List.of("y"),
            data,
            null,
            0);
    LinearWeights weights =
        new LinearWeights(
            raw.names(), List.of("y"), new double[] {at[0], at[1]}, new double[] {at[2]});
    return Trainer.measure(job, weights, data).loss();
  }

  private static double first(int i) {
    return (i * 37 % 41 - 20) / 8.0;
  }

  private static double second(int i) {
    return (i * 17 % 23 - 11) / 8.0;
  }

  private static double label(Label label, int i) {
    return switch (label) {
      case NUMBER -> first(i) - 2 * second(i) + (i * 7 % 5 - 2) / 2.0;
      case CLASS -> (i * 7 % 5 - 2) / 2.0 + first(i) > 0 ? 1 : 0;
      case COUNT -> i * i % 4;
      case AMOUNT -> (i * 11 % 7 + 1) / 4.0;
    };
  }

  private static ModelConfig linear(double l1, double l2) {
    return new ModelConfig.LinearRegression(true, l1, l2, Map.of(), ZEROS);
  }

  private static ModelConfig logisticModel(double l1, double l2) {
    return new ModelConfig.LogisticRegression(true, l1, l2, Map.of(), EVEN, ZEROS);
  }

  private static ModelConfig svm(double l2) {
    return new ModelConfig.LinearSvm(
        ModelConfig.SvmLoss.SQUARED_HINGE, true, 0, l2, Map.of(), EVEN, ZEROS);
  }

  private static Row row(
      String named,
      ModelConfig model,
      DoubleBinaryOperator loss,
      boolean sum,
      double factor,
      double l1,
      double l2,
      double constant) {
    return new Row(named, model, Label.NUMBER, loss, sum, factor, l1, l2, constant);
  }

  private static Row classes(
      String named,
      ModelConfig model,
      DoubleBinaryOperator loss,
      boolean sum,
      double factor,
      double l1,
      double l2,
      double constant) {
    return new Row(named, model, Label.CLASS, loss, sum, factor, l1, l2, constant);
  }
}
