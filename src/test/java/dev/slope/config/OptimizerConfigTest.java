package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers, learning rates and schedules as configs write them. */
class OptimizerConfigTest {
  private static final ScheduleConfig CONSTANT = new ScheduleConfig.Constant();

  private static final String CONFIG =
      """
      {"data": {"train": "houses.csv"}, "label": "price", "model": "linear_regression",
       "training": {"epochs": 7}}
      """;

  @TempDir Path folder;

  // The defaults of keras.optimizers: SGD, Adagrad, Adam, RMSprop and Ftrl of Keras 3; momentum,
  // which is 0 there, is what the type is chosen for.
  static Stream<Arguments> defaults() {
    return Stream.of(
        Arguments.of(
            "gradient_descent",
            new OptimizerConfig.GradientDescent(new LearningRateConfig.Auto(), CONSTANT)),
        Arguments.of("momentum", new OptimizerConfig.Momentum(0.01, 0.9, false, CONSTANT)),
        Arguments.of("adagrad", new OptimizerConfig.Adagrad(0.001, 0.1, 1e-7, CONSTANT)),
        Arguments.of("adam", new OptimizerConfig.Adam(0.001, 0.9, 0.999, 1e-7, CONSTANT)),
        Arguments.of("rmsprop", new OptimizerConfig.RmsProp(0.001, 0.9, 0, 1e-7, CONSTANT)),
        Arguments.of("ftrl", new OptimizerConfig.Ftrl(0.001, -0.5, 0.1, CONSTANT)),
        Arguments.of("lbfgs", new OptimizerConfig.Lbfgs(10)),
        Arguments.of("newton", new OptimizerConfig.Newton()));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void aNameAloneHasEveryDefault(String type, OptimizerConfig expected) throws IOException {
    assertThat(optimizer("/training/optimizer=" + type)).isEqualTo(expected);
    assertThat(expected.typeName()).isEqualTo(type);
  }

  @Test
  void withoutAnOptimizerItIsGradientDescentAtTheAutomaticRate() throws IOException {
    assertThat(optimizer())
        .isEqualTo(new OptimizerConfig.GradientDescent(new LearningRateConfig.Auto(), CONSTANT));
  }

  static Stream<Arguments> full() {
    return Stream.of(
        Arguments.of(
            """
            {"type": "momentum", "learning_rate": 1, "momentum": 0.5, "nesterov": true,
             "schedule": {"type": "warmup", "warmup_epochs": 2.5}}""",
            new OptimizerConfig.Momentum(1, 0.5, true, new ScheduleConfig.Warmup(2.5))),
        Arguments.of(
            """
            {"type": "adagrad", "learning_rate": 1, "initial_accumulator_value": 0, "epsilon": 2,
             "schedule": {"type": "exponential", "decay_epochs": 3, "decay_rate": 0.5,
              "staircase": true, "warmup_epochs": 4}}""",
            new OptimizerConfig.Adagrad(1, 0, 2, new ScheduleConfig.Exponential(3, 0.5, true, 4))),
        Arguments.of(
            """
            {"type": "adam", "learning_rate": 1, "beta_1": 0.5, "beta_2": 0.25, "epsilon": 2,
             "schedule": {"type": "inverse_time", "decay_epochs": 3, "decay_rate": 0.5,
              "staircase": true, "warmup_epochs": 4}}""",
            new OptimizerConfig.Adam(
                1, 0.5, 0.25, 2, new ScheduleConfig.InverseTime(3, 0.5, true, 4))),
        Arguments.of(
            """
            {"type": "rmsprop", "learning_rate": 1, "rho": 0.5, "momentum": 0.25, "epsilon": 2,
             "schedule": {"type": "cosine", "decay_epochs": 3, "alpha": 0.5, "warmup_epochs": 4}}""",
            new OptimizerConfig.RmsProp(1, 0.5, 0.25, 2, new ScheduleConfig.Cosine(3, 0.5, 4))),
        Arguments.of(
            """
            {"type": "ftrl", "learning_rate": 1, "learning_rate_power": -1,
             "initial_accumulator_value": 2,
             "schedule": {"type": "step", "boundary_epochs": [3, 4.5], "factors": [1, 2, 3],
              "warmup_epochs": 4}}""",
            new OptimizerConfig.Ftrl(
                1, -1, 2, new ScheduleConfig.Step(List.of(3.0, 4.5), List.of(1.0, 2.0, 3.0), 4))),
        Arguments.of(
            """
            {"type": "gradient_descent", "learning_rate": 2,
             "schedule": {"type": "polynomial", "decay_epochs": 3, "end_learning_rate": 0.5,
              "power": 2, "warmup_epochs": 4}}""",
            new OptimizerConfig.GradientDescent(
                new LearningRateConfig.Constant(2), new ScheduleConfig.Polynomial(3, 0.5, 2, 4))),
        Arguments.of(
            """
            {"type": "gradient_descent", "learning_rate": {"type": "auto"},
             "schedule": {"type": "reduce_on_plateau", "factor": 0.5, "patience_epochs": 3,
              "min_delta": 0.25, "min_learning_rate": 0.125, "warmup_epochs": 4}}""",
            new OptimizerConfig.GradientDescent(
                new LearningRateConfig.Auto(),
                new ScheduleConfig.ReduceOnPlateau(0.5, 3, 0.25, 0.125, 4))),
        Arguments.of(
            """
            {"type": "gradient_descent", "learning_rate": "line_search", "schedule": "constant"}""",
            new OptimizerConfig.GradientDescent(new LearningRateConfig.LineSearch(), CONSTANT)),
        Arguments.of("{\"type\": \"lbfgs\", \"memory\": 3}", new OptimizerConfig.Lbfgs(3)));
  }

  @ParameterizedTest
  @MethodSource("full")
  void everyKeyIsRead(String json, OptimizerConfig expected) throws IOException {
    assertThat(optimizer("/training/optimizer=" + json)).isEqualTo(expected);
  }

  // The defaults of keras.optimizers.schedules.PolynomialDecay and CosineDecay and of
  // keras.callbacks.ReduceLROnPlateau.
  @Test
  void schedulesHaveDefaults() throws IOException {
    assertThat(schedule("\"reduce_on_plateau\""))
        .isEqualTo(new ScheduleConfig.ReduceOnPlateau(0.1, 10, 1e-4, 0, 0));
    assertThat(schedule("{\"type\": \"polynomial\", \"decay_epochs\": 3}"))
        .isEqualTo(new ScheduleConfig.Polynomial(3, 1e-4, 1, 0));
    assertThat(schedule("{\"type\": \"cosine\", \"decay_epochs\": 3}"))
        .isEqualTo(new ScheduleConfig.Cosine(3, 0, 0));
  }

  @Test
  void aRateCanBeOverriddenInEveryForm() throws IOException {
    OptimizerConfig expected = new OptimizerConfig.GradientDescent(0.02);

    assertThat(optimizer("/training/optimizer/learning_rate=0.02", TYPE)).isEqualTo(expected);
    assertThat(
            optimizer(
                "/training/optimizer={\"type\": \"gradient_descent\", \"learning_rate\": 1}",
                "/training/optimizer/learning_rate=0.02"))
        .isEqualTo(expected);
    assertThat(
            optimizer(
                "/training/optimizer={\"type\": \"gradient_descent\", \"learning_rate\":"
                    + " {\"type\": \"constant\", \"value\": 0.02}}"))
        .isEqualTo(expected);
  }

  private static final String TYPE = "/training/optimizer/type=gradient_descent";

  // A bare value is named where it was written, not where its written-out form would have it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      "learning_rate": 0 | /learning_rate must be > 0, but was 0
      "learning_rate": "fast" | /learning_rate must be a number or one of [auto, line_search], but was 'fast'
      "learning_rate": "constant" | /learning_rate/value is required and must be a number
      "learning_rate": {"type": "constant", "value": -1} | /learning_rate/value must be > 0, but was -1
      "learning_rate": "line_search", "schedule": {"type": "warmup", "warmup_epochs": 2} | /schedule must be left out where learning_rate is 'line_search', but was 'warmup'; the search chooses the rate of every epoch
      "schedule": {"type": "step", "boundary_epochs": [3, 3], "factors": [1, 2, 3]} | /schedule/boundary_epochs/1 must be > the one before it, 3.0, but was 3
      "schedule": {"type": "step", "boundary_epochs": [0], "factors": [1, 2]} | /schedule/boundary_epochs/0 must be > 0, but was 0
      "schedule": {"type": "step", "boundary_epochs": [3], "factors": [1]} | /schedule/factors must be one more than boundary_epochs, 2, but were 1
      "schedule": {"type": "step", "boundary_epochs": [3], "factors": [1, 0]} | /schedule/factors/1 must be > 0, but was 0
      "schedule": {"type": "step", "boundary_epochs": [], "factors": [1]} | /schedule/boundary_epochs must be not empty, but was empty
      "schedule": {"type": "warmup", "warmup_epochs": 0} | /schedule/warmup_epochs must be > 0, but was 0
      "schedule": {"type": "reduce_on_plateau", "factor": 1} | /schedule/factor must be < 1, but was 1
      "schedule": {"type": "cosine"} | /schedule/decay_epochs is required and must be a number
      "schedule": "cosin" | /schedule/type must be one of [constant, warmup, exponential, inverse_time, cosine, step, polynomial, reduce_on_plateau], but was 'cosin'; did you mean 'cosine'?
      """)
  void whatGradientDescentRefuses(String keys, String problem) throws IOException {
    assertRefused("{\"type\": \"gradient_descent\", " + keys + "}", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      "momentum", "nesterov": true, "momentum": 0 | /nesterov needs a momentum > 0, but it is 0
      "momentum", "momentum": 1 | /momentum must be < 1, but was 1
      "momentum", "learning_rate": "line_search" | /learning_rate must be a number, but was 'line_search'
      "adam", "learning_rate": "auto" | /learning_rate must be a number, but was 'auto'
      "adam", "beta_2": -0.1 | /beta_2 must be >= 0, but was -0.1
      "adagrad", "epsilon": 0 | /epsilon must be > 0, but was 0
      "rmsprop", "rho": 1.5 | /rho must be < 1, but was 1.5
      "ftrl", "learning_rate_power": 0.5 | /learning_rate_power must be <= 0, but was 0.5
      "ftrl", "initial_accumulator_value": 0 | /initial_accumulator_value must be > 0, but was 0
      "ftrl", "l1": 0.5 | /l1 is not a known key; known keys: [learning_rate, learning_rate_power, initial_accumulator_value, schedule]
      "lbfgs", "memory": 0 | /memory must be >= 1, but was 0
      """)
  void whatOtherOptimizersRefuse(String keys, String problem) throws IOException {
    assertRefused("{\"type\": " + keys + "}", problem);
  }

  private void assertRefused(String json, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("houses.json"), CONFIG);
    String override = "/training/optimizer=" + json;

    assertThatThrownBy(() -> ConfigLoader.load(file, List.of(override)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("1 problem in %s:\n  --set %s: /training/optimizer%s", file, override, problem);
  }

  private ScheduleConfig schedule(String json) throws IOException {
    OptimizerConfig optimizer = optimizer(TYPE, "/training/optimizer/schedule=" + json);
    return ((OptimizerConfig.FirstOrder) optimizer).schedule();
  }

  private OptimizerConfig optimizer(String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("houses.json"), CONFIG);
    return ConfigLoader.load(file, List.of(overrides)).run().training().optimizer();
  }
}
