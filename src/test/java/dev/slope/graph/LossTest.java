package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every loss against its textbook formula in float64, which is written differently: plain, where
 * the ops are stable.
 */
class LossTest {
  private static final int ROWS = 40;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final ClassWeightConfig EVEN = new ClassWeightConfig.None();

  /** Every kind of loss; those of several labels with two of them. */
  private enum Kind {
    SQUARED(2),
    ABSOLUTE(2),
    PINBALL(2),
    HUBER(2),
    LOGISTIC(1),
    PROBIT(1),
    CLOGLOG(1),
    SOFTMAX(3),
    POISSON(1),
    GAMMA(1),
    TWEEDIE(1),
    HINGE(1),
    SQUARED_HINGE(1);

    private final int outputs;

    Kind(int outputs) {
      this.outputs = outputs;
    }

    Loss loss() {
      return switch (this) {
        case SQUARED -> new SquaredError(2);
        case ABSOLUTE -> new AbsoluteError(2);
        case PINBALL -> new PinballLoss(0.8, 2);
        case HUBER -> new HuberLoss(0.7, 2);
        case LOGISTIC -> new LogisticLoss();
        case PROBIT -> new ProbitLoss();
        case CLOGLOG -> new CloglogLoss();
        case SOFTMAX -> new SoftmaxLoss(3);
        case POISSON -> new PoissonDeviance();
        case GAMMA -> new GammaDeviance();
        case TWEEDIE -> new TweedieDeviance(1.3);
        case HINGE -> new Hinge();
        case SQUARED_HINGE -> new SquaredHinge();
      };
    }

    double textbook(double[] scores, float[] labels) {
      return switch (this) {
        case SQUARED -> mean(scores, labels, e -> e * e);
        case ABSOLUTE -> mean(scores, labels, Math::abs);
        case PINBALL -> mean(scores, labels, e -> e < 0 ? -0.8 * e : 0.2 * e);
        case HUBER ->
            mean(
                scores,
                labels,
                e -> Math.abs(e) <= 0.7 ? e * e / 2 : 0.7 * Math.abs(e) - 0.7 * 0.7 / 2);
        case LOGISTIC -> Math.log(1 + Math.exp(scores[0])) - labels[0] * scores[0];
        case PROBIT ->
            -labels[0] * Math.log(normal(scores[0]))
                - (1 - labels[0]) * Math.log(normal(-scores[0]));
        case CLOGLOG ->
            -labels[0] * Math.log(1 - Math.exp(-Math.exp(scores[0])))
                + (1 - labels[0]) * Math.exp(scores[0]);
        case SOFTMAX ->
            Math.log(Arrays.stream(scores).map(Math::exp).sum()) - scores[(int) labels[0]];
        case POISSON -> {
          double y = labels[0];
          double mean = Math.exp(scores[0]);
          yield mean - y + (y > 0 ? y * Math.log(y / mean) : 0);
        }
        case GAMMA -> labels[0] / Math.exp(scores[0]) - Math.log(labels[0]) + scores[0] - 1;
        case TWEEDIE -> {
          // Jorgensen: twice this is the unit deviance of power 1.3.
          double y = labels[0];
          double mean = Math.exp(scores[0]);
          yield Math.pow(y, 0.7) / (-0.3 * 0.7)
              - y * Math.pow(mean, -0.3) / -0.3
              + Math.pow(mean, 0.7) / 0.7;
        }
        case HINGE -> Math.max(0, 1 - (2 * labels[0] - 1) * scores[0]);
        case SQUARED_HINGE -> Math.pow(Math.max(0, 1 - (2 * labels[0] - 1) * scores[0]), 2);
      };
    }

    /** The standard normal distribution: Simpson's rule over its density beyond the score. */
    private static double normal(double score) {
      int steps = 4000;
      double step = 14.0 / steps;
      double far = Math.abs(score);
      double sum = 0;
      for (int i = 0; i <= steps; i++) {
        double t = i * step;
        int factor = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
        sum += factor * Math.exp(-far * t - t * t / 2);
      }
      double tail = Math.exp(-far * far / 2) / Math.sqrt(2 * Math.PI) * sum * step / 3;
      return score < 0 ? tail : 1 - tail;
    }

    private static double mean(double[] scores, float[] labels, DoubleUnaryOperator ofError) {
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        sum += ofError.applyAsDouble(scores[i] - labels[i]);
      }
      return sum / scores.length;
    }

    /** Labels that the loss is made for; every fifth count or amount is 0 where it may be. */
    float[][] labels(Random random) {
      float[][] labels = new float[ROWS][];
      for (int row = 0; row < ROWS; row++) {
        labels[row] =
            switch (this) {
              case SQUARED, ABSOLUTE, PINBALL, HUBER ->
                  new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
              case LOGISTIC, PROBIT, CLOGLOG, HINGE, SQUARED_HINGE ->
                  new float[] {random.nextInt(2)};
              case SOFTMAX -> new float[] {random.nextInt(3)};
              case POISSON -> new float[] {row % 5 == 0 ? 0 : random.nextInt(9)};
              case GAMMA -> new float[] {(float) Math.exp(random.nextGaussian())};
              case TWEEDIE ->
                  new float[] {row % 5 == 0 ? 0 : (float) Math.exp(random.nextGaussian())};
            };
      }
      return labels;
    }

    float[][] scores(Random random) {
      float[][] scores = new float[ROWS][outputs];
      for (float[] row : scores) {
        for (int output = 0; output < outputs; output++) {
          row[output] = (float) (2 * random.nextGaussian());
        }
      }
      return scores;
    }

    /** Fisher's information instead of the second derivative. */
    boolean expectedCurvature() {
      return this == GAMMA || this == TWEEDIE || this == PROBIT || this == CLOGLOG;
    }

    /** What the score says that the mean of the label is. */
    double mean(double score) {
      return switch (this) {
        case PROBIT -> normal(score);
        case CLOGLOG -> 1 - Math.exp(-Math.exp(score));
        default -> Math.exp(score);
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void rowsAreTheTextbooks(Kind kind) {
    Random random = new Random(1);
    float[][] scores = kind.scores(random);
    float[][] labels = kind.labels(random);

    float[] rows = LossValues.interpreted(kind.loss(), scores, labels).rows();

    assertThat(rows).hasSize(ROWS);
    for (int row = 0; row < ROWS; row++) {
      double expected = kind.textbook(doubles(scores[row]), labels[row]);
      assertThat((double) rows[row])
          .as("row %d", row)
          .isCloseTo(expected, within(3e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  // Central differences over 2e-5; random scores keep clear of every kink.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void slopesAreFiniteDifferencesOfTheTextbook(Kind kind) {
    Random random = new Random(2);
    float[][] scores = kind.scores(random);
    float[][] labels = kind.labels(random);

    float[] slopes = LossValues.interpreted(kind.loss(), scores, labels).slopes();

    assertThat(slopes).hasSize(ROWS * kind.outputs);
    for (int i = 0; i < slopes.length; i++) {
      int row = i / kind.outputs;
      double expected =
          (moved(kind, scores[row], labels[row], i % kind.outputs, 1e-5)
                  - moved(kind, scores[row], labels[row], i % kind.outputs, -1e-5))
              / 2e-5;
      assertThat((double) slopes[i])
          .as("row %d, output %d", row, i % kind.outputs)
          .isCloseTo(expected, within(3e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  // An expected curvature is the second derivative where the label is the mean that the score
  // says, because the second derivatives of such losses are linear in the label.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void curvaturesAreSecondDifferencesOfTheTextbook(Kind kind) {
    Random random = new Random(3);
    float[][] scores = kind.scores(random);
    float[][] labels = kind.labels(random);
    if (kind.expectedCurvature()) {
      for (int row = 0; row < ROWS; row++) {
        labels[row][0] = (float) kind.mean(scores[row][0]);
      }
    }

    float[] curvatures = LossValues.interpreted(kind.loss(), scores, labels).curvatures();

    int outputs = kind.outputs;
    assertThat(curvatures).hasSize(ROWS * outputs * outputs);
    for (int i = 0; i < curvatures.length; i++) {
      int row = i / (outputs * outputs);
      int one = i / outputs % outputs;
      int other = i % outputs;
      assertThat((double) curvatures[i])
          .as("row %d, outputs %d and %d", row, one, other)
          .isCloseTo(
              secondDifference(kind, scores[row], labels[row], one, other),
              within(2e-5 * Math.max(1, Math.abs(curvatures[i]))));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void slopesAreTensorFlowsOwnGradients(Kind kind) {
    Random random = new Random(4);
    float[][] scores = kind.scores(random);
    float[][] labels = kind.labels(random);

    float[] slopes = LossValues.interpreted(kind.loss(), scores, labels).slopes();

    float[] expected = LossValues.gradients(kind.loss(), scores, labels);
    for (int i = 0; i < expected.length; i++) {
      assertThat(slopes[i])
          .as("slope %d", i)
          .isCloseTo(expected[i], within(3e-6f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  // The probit link's tail is an approximation to seven digits.
  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "PROBIT")
  void inDoublesTheyHaveTheDigitsOfDoubles(Kind kind) {
    Random random = new Random(6);
    float[][] scores = kind.scores(random);
    float[][] labels = kind.labels(random);

    LossValues.InDoubles values = LossValues.InDoubles.of(kind.loss(), scores, labels);

    for (int row = 0; row < ROWS; row++) {
      double expected = kind.textbook(doubles(scores[row]), labels[row]);
      assertThat(values.rows()[row])
          .as("row %d", row)
          .isCloseTo(expected, within(1e-13 * Math.max(1, Math.abs(expected))));
    }
    for (int i = 0; i < values.slopes().length; i++) {
      double expected = values.gradients()[i];
      assertThat(values.slopes()[i])
          .as("slope %d", i)
          .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }
  }

  // TensorFlow's C++ gradients lack an op of the logistic slope.
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SQUARED", "HUBER", "SOFTMAX", "POISSON", "SQUARED_HINGE"})
  void curvaturesAreTensorFlowsOwnGradientsOfTheSlopes(Kind kind) {
    Random random = new Random(5);
    float[][] scores = kind.scores(random);
    float[][] labels = kind.labels(random);

    float[] curvatures = LossValues.interpreted(kind.loss(), scores, labels).curvatures();

    int outputs = kind.outputs;
    for (int output = 0; output < outputs; output++) {
      float[] expected = LossValues.gradientsOfSlopes(kind.loss(), output, scores, labels);
      for (int i = 0; i < expected.length; i++) {
        float actual = curvatures[(i / outputs * outputs + output) * outputs + i % outputs];
        assertThat(actual)
            .as("row %d, outputs %d and %d", i / outputs, output, i % outputs)
            .isCloseTo(expected[i], within(3e-6f * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void compiledIsAsInterpreted(Kind kind) {
    Random random = new Random(6);
    float[][] scores = kind.scores(random);
    float[][] labels = kind.labels(random);
    for (int output = 0; output < kind.outputs; output++) {
      scores[0][output] = output % 2 == 0 ? 1e4f : -1e4f;
      scores[1][output] = output % 2 == 0 ? -1e4f : 1e4f;
    }

    LossValues interpreted = LossValues.interpreted(kind.loss(), scores, labels);
    LossValues compiled = LossValues.compiled(kind.loss(), scores, labels);

    assertClose(compiled.rows(), interpreted.rows());
    assertClose(compiled.slopes(), interpreted.slopes());
    assertClose(compiled.curvatures(), interpreted.curvatures());
  }

  // Every combination of scores 1e4, -1e4 and 0 with every kind of label, among them a count of 0.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingIsEverNaN(Kind kind) {
    float[] far = {1e4f, -1e4f, 0};
    float[] truths = kind == Kind.GAMMA ? new float[] {1e-3f, 1, 1e5f} : new float[] {0, 1, 1, 0};
    int combinations = (int) Math.pow(far.length, kind.outputs);
    float[][] scores = new float[combinations * truths.length][kind.outputs];
    float[][] labels =
        new float[scores.length][kind.loss() instanceof SoftmaxLoss ? 1 : kind.outputs];
    for (int row = 0; row < scores.length; row++) {
      int combination = row / truths.length;
      for (int output = 0; output < kind.outputs; output++) {
        scores[row][output] = far[combination % far.length];
        combination /= far.length;
      }
      Arrays.fill(labels[row], truths[row % truths.length]);
    }

    for (LossValues values :
        List.of(
            LossValues.interpreted(kind.loss(), scores, labels),
            LossValues.compiled(kind.loss(), scores, labels))) {
      assertThat(values.rows()).doesNotContain(Float.NaN);
      assertThat(values.slopes()).doesNotContain(Float.NaN);
      assertThat(values.curvatures()).doesNotContain(Float.NaN);
    }
  }

  // ln(1 + exp(1e4)) is 1e4, ln(1 + exp(-1e4)) is less than any float32.
  @Test
  void logisticFarOut() {
    LossValues values =
        LossValues.compiled(
            new LogisticLoss(), column(1e4f, 1e4f, -1e4f, -1e4f), column(0, 1, 0, 1));

    assertThat(values.rows()).containsExactly(1e4f, 0, 0, 1e4f);
    assertThat(values.slopes()).containsExactly(1, -0f, 0, -1);
    assertThat(values.curvatures()).containsOnly(0);
  }

  // exp(-20) = 2.0611537e-9: sigmoid(20) - 1 in float32 would be 0.
  @Test
  void logisticKeepsItsDigitsFarOnTheRightSide() {
    LossValues values = LossValues.compiled(new LogisticLoss(), column(20, -20), column(1, 0));

    assertThat(values.rows()[0]).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(values.slopes()[0]).isCloseTo(-2.0611537e-9f, within(1e-15f));
    assertThat(values.slopes()[1]).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(values.curvatures()[0]).isCloseTo(2.0611537e-9f, within(1e-15f));
  }

  // ln Phi(-1e4) = -1e8/2 - ln 1e4 - ln(2 pi)/2 + ln(1 - 1e-8) = -50000010.129, and the slope is
  // the hazard 1e4 + 1e-4; on the right side both are less than any float32.
  @Test
  void probitFarOut() {
    LossValues values =
        LossValues.compiled(new ProbitLoss(), column(1e4f, 1e4f, -1e4f, -1e4f), column(0, 1, 0, 1));

    assertNear(values.rows(), new float[] {(float) 50000010.129, 0, 0, (float) 50000010.129}, 8);
    assertNear(values.slopes(), new float[] {1e4f, 0, 0, -1e4f}, 0.01f);
    assertThat(values.curvatures()).containsOnly(0);
  }

  // Phi(-8) = 6.22096057e-16 and its density 5.05227108e-15 (tables): -ln is 35.0134371597, the
  // hazard 8.1213681; on the right side they are the loss and the slope themselves.
  @Test
  void probitKeepsItsDigitsInTheTail() {
    LossValues values = LossValues.compiled(new ProbitLoss(), column(-8, 8, -8), column(1, 1, 0));

    assertThat((double) values.rows()[0]).isCloseTo(35.0134371599, within(1e-5));
    assertThat((double) values.slopes()[0]).isCloseTo(-8.1213681122, within(1e-5));
    assertThat(values.rows()[1]).isCloseTo(6.22096e-16f, within(6e-21f));
    assertThat(values.slopes()[1]).isCloseTo(-5.05227e-15f, within(5e-20f));
    assertThat(values.rows()[2]).isCloseTo(6.22096e-16f, within(6e-21f));
    assertThat((double) values.curvatures()[0])
        .isCloseTo(8.1213681122 * 5.05227108e-15, within(1e-18));
  }

  // r = exp(1e4) is float32's infinity, exp(-1e4) is 0: then -ln(1 - exp(-r)) is -s.
  @Test
  void cloglogFarOut() {
    LossValues values =
        LossValues.compiled(
            new CloglogLoss(), column(1e4f, 1e4f, -1e4f, -1e4f), column(0, 1, 0, 1));

    assertThat(values.rows()).containsExactly(INFINITY, 0, 0, 1e4f);
    assertThat(values.slopes()).containsExactly(INFINITY, -0f, 0, -1);
    assertNear(values.curvatures(), new float[4], 1e-29f);
  }

  // exp(-20) = 2.0611537e-9, which is the loss of label 0; of label 1 it is 20 + r/2. At s = 4 the
  // rate is 54.59815: exp(-r) = 1.9423e-24 is the loss of label 1, r exp(-r) its slope.
  @Test
  void cloglogKeepsItsDigitsAtBothEnds() {
    LossValues values =
        LossValues.compiled(new CloglogLoss(), column(-20, -20, 4), column(0, 1, 1));

    assertThat(values.rows()[0]).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(values.rows()[1]).isEqualTo(20);
    assertThat(values.slopes()[1]).isCloseTo(-1, within(1e-7f));
    assertThat(values.rows()[2]).isCloseTo(1.9423e-24f, within(5e-29f));
    assertThat(values.slopes()[2]).isCloseTo(-1.0604804e-22f, within(5e-27f));
  }

  // The same with a second class that scores 20 less, and a third that scores 1e4 less.
  @Test
  void softmaxKeepsItsDigitsFarOnTheRightSide() {
    LossValues values =
        LossValues.compiled(
            new SoftmaxLoss(3), new float[][] {{7, -13, -9993}}, new float[][] {{0}});

    assertThat(values.rows()[0]).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(values.slopes()[0]).isCloseTo(-2.0611537e-9f, within(1e-15f));
    assertThat(values.slopes()[1]).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(values.slopes()[2]).isZero();
    assertThat(values.curvatures()[0]).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(values.curvatures()[1]).isCloseTo(-2.0611537e-9f, within(1e-15f));
  }

  // A label 2e4 behind: the loss is the distance, the slopes are those of the two classes.
  @Test
  void softmaxFarOut() {
    LossValues values =
        LossValues.compiled(
            new SoftmaxLoss(3), new float[][] {{1e4f, -1e4f, 0}}, new float[][] {{1}});

    assertThat(values.rows()).containsExactly(2e4f);
    assertThat(values.slopes()).containsExactly(1, -1, 0);
  }

  // exp(1e4) is more than float32 holds: its infinity is the limit. exp(-1e4) is 0, and what is
  // left of the deviance for y = 2 is 2 * 1e4 + 2 ln 2 - 2 = 19999.386.
  @Test
  void poissonFarOut() {
    LossValues values =
        LossValues.compiled(
            new PoissonDeviance(), column(1e4f, 1e4f, -1e4f, -1e4f), column(0, 2, 0, 2));

    assertThat(values.rows()).containsExactly(INFINITY, INFINITY, 0, 19999.387f);
    assertThat(values.slopes()).containsExactly(INFINITY, INFINITY, 0, -2);
  }

  // s - ln y - 1 = 1e4 - ln 2 - 1 = 9998.307 above; y exp(1e4) below.
  @Test
  void gammaFarOut() {
    LossValues values = LossValues.compiled(new GammaDeviance(), column(1e4f, -1e4f), column(2, 2));

    assertThat(values.rows()).containsExactly(9998.307f, INFINITY);
    assertThat(values.slopes()).containsExactly(1, -INFINITY);
  }

  // y = 0: exp(0.5 s) / 0.5, which is infinite above and 0 below.
  @Test
  void tweedieFarOut() {
    LossValues values =
        LossValues.compiled(
            new TweedieDeviance(1.5), column(1e4f, 1e4f, -1e4f, -1e4f), column(0, 2, 0, 2));

    assertThat(values.rows()).containsExactly(INFINITY, INFINITY, 0, INFINITY);
    assertThat(values.slopes()).containsExactly(INFINITY, INFINITY, 0, -INFINITY);
  }

  // At the mean a deviance and its slope are 0, however large the label.
  @Test
  void deviancesVanishAtAPerfectFit() {
    float[][] scores = column(0, 10, -3);
    float[][] labels = column(1, (float) Math.exp(10), (float) Math.exp(-3));
    for (Loss loss :
        List.of(new PoissonDeviance(), new GammaDeviance(), new TweedieDeviance(1.5))) {
      assertArray(LossValues.interpreted(loss, scores, labels).rows(), 0, 0, 0);
    }
  }

  // (3 - 1)^2 = 4 and (0 - 2)^2 = 4, (1 - 0)^2 = 1 and 0: means 4 and 0.5; mean 2.25.
  @Test
  void meanIsOverRowsAndOutputs() {
    float[][] scores = {{3, 0}, {1, 5}};
    float[][] labels = {{1, 2}, {0, 5}};
    SquaredError loss = new SquaredError(2);

    LossValues values = LossValues.interpreted(loss, scores, labels);

    assertThat(values.rows()).containsExactly(4, 0.5f);
    assertThat(values.slopes()).containsExactly(2, -2, 1, 0);
    assertThat(values.curvatures()).containsExactly(1, 0, 0, 1, 1, 0, 0, 1);
    assertThat(LossValues.mean(loss, scores, labels)).isEqualTo(2.25f);
  }

  // Errors 0.5, -3 and 2 with delta 2: 0.125, 2 * (3 - 1) = 4, 2; slopes clipped to 2.
  @Test
  void huberByHand() {
    LossValues values =
        LossValues.interpreted(new HuberLoss(2, 1), column(0.5f, -3, 2), column(0, 0, 0));

    assertThat(values.rows()).containsExactly(0.125f, 4, 2);
    assertThat(values.slopes()).containsExactly(0.5f, -2, 2);
    assertThat(values.curvatures()).containsExactly(1, 0, 1);
  }

  // Quantile 0.25: 4 too low costs 1, 4 too high costs 3; at the kink the subgradient 0.
  @Test
  void pinballByHand() {
    LossValues values =
        LossValues.interpreted(new PinballLoss(0.25, 1), column(-4, 4, 0), column(0, 0, 0));

    assertArray(values.rows(), 1, 3, 0);
    assertThat(values.slopes()).containsExactly(-0.25f, 0.75f, 0);
  }

  // Margins 0.5, -2, 1, 3 of labels 1, 0, 1, 0.
  @Test
  void hingesByHand() {
    float[][] scores = column(0.5f, 2, 1, -3);
    float[][] labels = column(1, 0, 1, 0);

    LossValues hinge = LossValues.interpreted(new Hinge(), scores, labels);
    LossValues squared = LossValues.interpreted(new SquaredHinge(), scores, labels);

    assertThat(hinge.rows()).containsExactly(0.5f, 3, 0, 0);
    assertThat(hinge.slopes()).containsExactly(-1, 1, -0f, 0);
    assertThat(squared.rows()).containsExactly(0.25f, 9, 0, 0);
    assertThat(squared.slopes()).containsExactly(-1, 6, -0f, 0);
    assertThat(squared.curvatures()).containsExactly(2, 2, 0, 0);
  }

  // A score of 0 is no kink of the function, though the stable form has one there: ln 2, 1/2, 1/4.
  @Test
  void logisticAtZero() {
    LossValues values = LossValues.interpreted(new LogisticLoss(), column(0, 0), column(0, 1));
    float[] derived = LossValues.gradients(new LogisticLoss(), column(0, 0), column(0, 1));

    assertThat(values.rows()).containsOnly(0.6931472f);
    assertThat(values.slopes()).containsExactly(0.5f, -0.5f);
    assertThat(derived).as("why slopes are derived by hand").doesNotContain(0.5f, -0.5f);
    assertThat(values.curvatures()).containsOnly(0.25f);
  }

  // Probabilities 1/2, 1/4, 1/4 of scores ln 2, 0, 0; label 0: ln 2.
  @Test
  void softmaxByHand() {
    LossValues values =
        LossValues.interpreted(
            new SoftmaxLoss(3), new float[][] {{0.6931472f, 0, 0}}, new float[][] {{0}});

    assertThat(values.rows()[0]).isCloseTo(0.6931472f, within(1e-7f));
    assertArray(values.slopes(), -0.5f, 0.25f, 0.25f);
    assertArray(
        values.curvatures(),
        0.25f,
        -0.125f,
        -0.125f,
        -0.125f,
        0.1875f,
        -0.0625f,
        -0.125f,
        -0.0625f,
        0.1875f);
  }

  // Softmax of (0, s) is the sigmoid of s.
  @Test
  void softmaxOfTwoClassesIsLogistic() {
    float[][] pairs = {{0, 1.5f}, {0, -0.25f}, {0, 8}};
    float[][] labels = column(1, 0, 1);

    LossValues softmax = LossValues.interpreted(new SoftmaxLoss(2), pairs, labels);
    LossValues logistic =
        LossValues.interpreted(new LogisticLoss(), column(1.5f, -0.25f, 8), labels);

    assertClose(softmax.rows(), logistic.rows());
    for (int row = 0; row < pairs.length; row++) {
      assertThat(softmax.slopes()[2 * row + 1]).isCloseTo(logistic.slopes()[row], within(1e-7f));
      assertThat(softmax.curvatures()[4 * row + 3])
          .isCloseTo(logistic.curvatures()[row], within(1e-7f));
    }
  }

  // Half the unit deviance of power 1.001 is almost Poisson's, of 1.999 almost gamma's.
  @Test
  void tweedieTendsToPoissonAndGamma() {
    float[][] scores = column(0.5f, -1, 2);
    float[][] labels = column(1, 3, 0.5f);

    assertNear(
        LossValues.interpreted(new TweedieDeviance(1.001), scores, labels).rows(),
        LossValues.interpreted(new PoissonDeviance(), scores, labels).rows(),
        0.02f);
    assertNear(
        LossValues.interpreted(new TweedieDeviance(1.999), scores, labels).rows(),
        LossValues.interpreted(new GammaDeviance(), scores, labels).rows(),
        0.02f);
  }

  // A padding row of zeros must stay finite, so that weight 0 makes it 0.
  @Test
  void paddingRowsAreFinite() {
    for (Kind kind : Kind.values()) {
      int columns = kind.loss() instanceof SoftmaxLoss ? 1 : kind.outputs;
      LossValues values =
          LossValues.interpreted(kind.loss(), new float[1][kind.outputs], new float[1][columns]);

      assertFinite(kind, values.rows());
      assertFinite(kind, values.slopes());
      assertFinite(kind, values.curvatures());
    }
  }

  // The largest eigenvalue over a grid of scores comes up to the bound and not above it.
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SQUARED", "HUBER", "LOGISTIC", "SOFTMAX", "SQUARED_HINGE"})
  void theCurvatureBoundIsTheLeastOne(Kind kind) {
    int points = 41;
    float[][] scores = new float[points][kind.outputs];
    float[][] labels = new float[points][kind.loss() instanceof SoftmaxLoss ? 1 : kind.outputs];
    for (int i = 0; i < points; i++) {
      scores[i][0] = (i - 20) / 2f;
      if (kind == Kind.SOFTMAX) {
        // Two classes of 1/2 have the eigenvalue 1/2; the third must be far off for that.
        scores[i][2] = -30;
      }
    }

    float[] curvatures = LossValues.interpreted(kind.loss(), scores, labels).curvatures();

    double largest = 0;
    int size = kind.outputs * kind.outputs;
    for (int i = 0; i < points; i++) {
      largest =
          Math.max(
              largest, largestEigenvalue(Arrays.copyOfRange(curvatures, i * size, (i + 1) * size)));
    }
    assertThat(largest).isCloseTo(kind.loss().curvatureBound().orElseThrow(), within(1e-6));
  }

  // The bound is of the second derivative itself, not of the expected one, whose largest value is
  // 2 / pi: 1 - 1/m^2 + ... at the margin m = -12 is 0.9932.
  @Test
  void theProbitsCurvatureComesUpToItsBound() {
    double largest = 0;
    for (float score = -12; score <= 12; score += 0.5f) {
      largest =
          Math.max(
              largest, secondDifference(Kind.PROBIT, new float[] {score}, new float[] {1}, 0, 0));
    }
    assertThat(largest).isCloseTo(0.9932, within(1e-3));
    assertThat(new ProbitLoss().curvatureBound()).hasValue(1);
    assertThat(LossValues.interpreted(new ProbitLoss(), column(0), column(1)).curvatures()[0])
        .isCloseTo((float) (2 / Math.PI), within(1e-6f));
  }

  @Test
  void whatHasNoBoundSaysSo() {
    for (Kind kind :
        List.of(
            Kind.ABSOLUTE,
            Kind.PINBALL,
            Kind.CLOGLOG,
            Kind.HINGE,
            Kind.POISSON,
            Kind.GAMMA,
            Kind.TWEEDIE)) {
      assertThat(kind.loss().curvatureBound()).as("%s", kind).isEqualTo(OptionalDouble.empty());
    }
    assertThat(Stream.of(Kind.values()).filter(kind -> !kind.loss().isSmooth()))
        .containsExactly(Kind.ABSOLUTE, Kind.PINBALL, Kind.HINGE);
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelHasItsLossAndPrediction(ModelConfig model, Loss expected) {
    int outputs = expected instanceof SoftmaxLoss softmax ? softmax.classes() : 1;

    assertThat(Loss.of(model, outputs)).isEqualTo(expected);
    assertThat(model.objective()).startsWith("mean over rows");
  }

  static Stream<Object[]> models() {
    Map<String, List<Double>> free = Map.of();
    return Stream.of(
        pair(new ModelConfig.LinearRegression(ZEROS), new SquaredError(1)),
        pair(new ModelConfig.LogisticRegression(true, 0, 0, free, EVEN, ZEROS), new LogisticLoss()),
        pair(
            new ModelConfig.LogisticRegression(BinaryLink.PROBIT, true, 0, 0, free, EVEN, ZEROS),
            new ProbitLoss()),
        pair(
            new ModelConfig.LogisticRegression(BinaryLink.CLOGLOG, true, 0, 0, free, EVEN, ZEROS),
            new CloglogLoss()),
        pair(new ModelConfig.SoftmaxRegression(true, 0, 0, free, EVEN, ZEROS), new SoftmaxLoss(4)),
        pair(new ModelConfig.PoissonRegression(true, 0, 0, free, ZEROS), new PoissonDeviance()),
        pair(new ModelConfig.GammaRegression(true, 0, 0, free, ZEROS), new GammaDeviance()),
        pair(
            new ModelConfig.TweedieRegression(1.2, true, 0, 0, free, ZEROS),
            new TweedieDeviance(1.2)),
        pair(new ModelConfig.HuberRegression(3, true, 0, 0, free, ZEROS), new HuberLoss(3, 1)),
        pair(
            new ModelConfig.QuantileRegression(0.9, true, 0, 0, free, ZEROS),
            new PinballLoss(0.9, 1)),
        pair(new ModelConfig.AbsoluteRegression(true, 0, 0, free, ZEROS), new AbsoluteError(1)),
        pair(
            new ModelConfig.LinearSvm(ModelConfig.SvmLoss.HINGE, true, 0, 0, free, EVEN, ZEROS),
            new Hinge()),
        pair(
            new ModelConfig.LinearSvm(
                ModelConfig.SvmLoss.SQUARED_HINGE, true, 0, 0, free, EVEN, ZEROS),
            new SquaredHinge()));
  }

  @Test
  void noLossOfOneScoreTakesSeveral() {
    ModelConfig poisson = new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), ZEROS);

    assertThatThrownBy(() -> Loss.of(poisson, 2))
        .hasMessage("outputs of poisson_regression must be 1, but were 2");
    assertThatThrownBy(() -> new SoftmaxLoss(1))
        .hasMessage("classes must be at least 2, but were 1");
  }

  private static Object[] pair(ModelConfig model, Loss loss) {
    return new Object[] {model, loss};
  }

  private static double moved(Kind kind, float[] scores, float[] labels, int output, double by) {
    double[] moved = doubles(scores);
    moved[output] += by;
    return kind.textbook(moved, labels);
  }

  private static double secondDifference(
      Kind kind, float[] scores, float[] labels, int one, int other) {
    double step = 1e-4;
    double sum = 0;
    for (int first : new int[] {1, -1}) {
      for (int second : new int[] {1, -1}) {
        double[] moved = doubles(scores);
        moved[one] += first * step;
        moved[other] += second * step;
        sum += first * second * kind.textbook(moved, labels);
      }
    }
    return sum / (4 * step * step);
  }

  /** Of a symmetric positive semidefinite matrix, by power iteration. */
  private static double largestEigenvalue(float[] matrix) {
    int size = (int) Math.sqrt(matrix.length);
    double[] vector = new double[size];
    for (int i = 0; i < size; i++) {
      vector[i] = 1 + 0.3 * i;
    }
    double eigenvalue = 0;
    for (int iteration = 0; iteration < 300; iteration++) {
      double[] next = new double[size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          next[i] += matrix[i * size + j] * vector[j];
        }
      }
      eigenvalue = Math.sqrt(Arrays.stream(next).map(each -> each * each).sum());
      if (eigenvalue == 0) {
        return 0;
      }
      for (int i = 0; i < size; i++) {
        vector[i] = next[i] / eigenvalue;
      }
    }
    return eigenvalue;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[][] column(float... values) {
    float[][] column = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      column[i] = new float[] {values[i]};
    }
    return column;
  }

  private static void assertFinite(Kind kind, float[] values) {
    for (float value : values) {
      assertThat(Float.isFinite(value)).as("%s is finite, for %s", value, kind).isTrue();
    }
  }

  private static void assertArray(float[] actual, float... expected) {
    assertNear(actual, expected, 1e-6f);
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Float.isInfinite(expected[i])) {
        assertThat(actual[i]).as("value %d", i).isEqualTo(expected[i]);
      } else {
        assertThat(actual[i])
            .as("value %d", i)
            .isCloseTo(expected[i], within(3e-6f * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }

  private static void assertNear(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }
}
