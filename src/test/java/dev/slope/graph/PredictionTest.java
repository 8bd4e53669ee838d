package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class PredictionTest {
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();
  private static final ClassWeightConfig EVEN = new ClassWeightConfig.None();
  private static final Map<String, List<Double>> FREE = Map.of();

  @Test
  void anIdentityLinkCostsNoOp() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> scores = tf.constant(new float[][] {{3}});
      for (ModelConfig model :
          List.of(
              new ModelConfig.LinearRegression(ZEROS),
              new ModelConfig.HuberRegression(1, true, 0, 0, FREE, ZEROS),
              new ModelConfig.QuantileRegression(0.5, true, 0, 0, FREE, ZEROS),
              new ModelConfig.AbsoluteRegression(true, 0, 0, FREE, ZEROS),
              new ModelConfig.LinearSvm(
                  ModelConfig.SvmLoss.HINGE, true, 0, 0, FREE, EVEN, ZEROS))) {
        assertThat(model.linkName()).isEqualTo("identity");
        assertThat(Prediction.of(tf, model, scores)).isSameAs(scores);
      }
    }
  }

  // exp(0) = 1, exp(1) = 2.71828182.
  @Test
  void aLogarithmicLinkIsUndoneByTheExponential() {
    for (ModelConfig model :
        List.of(
            new ModelConfig.PoissonRegression(true, 0, 0, FREE, ZEROS),
            new ModelConfig.GammaRegression(true, 0, 0, FREE, ZEROS),
            new ModelConfig.TweedieRegression(1.5, true, 0, 0, FREE, ZEROS))) {
      assertThat(model.linkName()).isEqualTo("log");
      assertThat(predict(model, new float[][] {{0}, {1}}))
          .containsExactly(new float[] {1, 2.7182817f}, within(1e-6f));
    }
  }

  // 1 / (1 + exp(-ln 3)) = 3/4.
  @Test
  void twoClassesHaveTheProbabilityOfThePositiveOne() {
    ModelConfig model = new ModelConfig.LogisticRegression(true, 0, 0, FREE, EVEN, ZEROS);

    assertThat(model.linkName()).isEqualTo("logit");
    assertThat(model.isClassifier()).isTrue();
    assertThat(predict(model, new float[][] {{0}, {1.0986123f}, {1e4f}, {-1e4f}}))
        .containsExactly(new float[] {0.5f, 0.75f, 1, 0}, within(1e-6f));
  }

  // Phi(1.959964) = 0.975 and Phi(-5) = 2.866516e-7 (tables).
  @Test
  void theProbitIsUndoneByTheNormalDistribution() {
    ModelConfig model =
        new ModelConfig.LogisticRegression(BinaryLink.PROBIT, true, 0, 0, FREE, EVEN, ZEROS);

    assertThat(model.linkName()).isEqualTo("probit");
    float[] predictions = predict(model, new float[][] {{0}, {1.959964f}, {1e4f}, {-1e4f}, {-5}});
    assertThat(predictions).containsExactly(new float[] {0.5f, 0.975f, 1, 0, 0}, within(4e-7f));
    assertThat(predictions[4]).isCloseTo(2.866516e-7f, within(1e-12f));
  }

  // 1 - exp(-exp(ln ln 2)) = 1/2, 1 - exp(-1) = 0.6321206, and exp(-20) = 2.0611537e-9.
  @Test
  void theComplementaryLogLogIsUndoneByTheRateOfEvents() {
    ModelConfig model =
        new ModelConfig.LogisticRegression(BinaryLink.CLOGLOG, true, 0, 0, FREE, EVEN, ZEROS);

    assertThat(model.linkName()).isEqualTo("cloglog");
    float[] predictions =
        predict(model, new float[][] {{-0.36651292f}, {0}, {1e4f}, {-1e4f}, {-20}});
    assertThat(predictions).containsExactly(new float[] {0.5f, 0.6321206f, 1, 0, 0}, within(1e-6f));
    assertThat(predictions[4]).isCloseTo(2.0611537e-9f, within(1e-15f));
  }

  // Each class's own tail: Phi(-8) = 6.22096e-16, exp(-exp(4)) = 1.9423e-24, 1/(1 + e^20).
  @Test
  void bothProbabilitiesAreExactWhereTheyAreSmall() {
    assertThat(both(BinaryLink.LOGIT, 20)).containsExactly(new float[] {0, 1}, within(3e-9f));
    assertThat(both(BinaryLink.LOGIT, 20)[0]).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(both(BinaryLink.PROBIT, 8)[0]).isCloseTo(6.22096e-16f, within(1e-20f));
    assertThat(both(BinaryLink.PROBIT, -8)[1]).isCloseTo(6.22096e-16f, within(1e-20f));
    assertThat(both(BinaryLink.CLOGLOG, 4)[0]).isCloseTo(1.9423e-24f, within(1e-28f));
    assertThat(both(BinaryLink.CLOGLOG, -20)[1]).isCloseTo(2.0611537e-9f, within(1e-15f));
  }

  private static float[] both(BinaryLink link, float score) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      return LossValues.floats(
          session, Prediction.ofBoth(tf, link, tf.constant(new float[][] {{score}})));
    }
  }

  // exp of ln 2, 0, 0 by their sum 4; scores far apart leave one class.
  @Test
  void severalClassesHaveAProbabilityEach() {
    ModelConfig model = new ModelConfig.SoftmaxRegression(true, 0, 0, FREE, EVEN, ZEROS);

    assertThat(model.linkName()).isEqualTo("multinomial_logit");
    assertThat(predict(model, new float[][] {{0.6931472f, 0, 0}, {-1e4f, 1e4f, 0}}))
        .containsExactly(new float[] {0.5f, 0.25f, 0.25f, 0, 1, 0}, within(1e-6f));
  }

  private static float[] predict(ModelConfig model, float[][] scores) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      return LossValues.floats(session, Prediction.of(tf, model, tf.constant(scores)));
    }
  }
}
