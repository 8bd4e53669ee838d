package dev.slope.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
