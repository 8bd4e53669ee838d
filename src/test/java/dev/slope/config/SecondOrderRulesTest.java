package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On the written-out tree, as the loader has it. */
class SecondOrderRulesTest {
  @Test
  void aSmoothObjectiveWithoutBoundsIsFine() throws Exception {
    assertThat(problems("newton", "\"type\": \"logistic_regression\", \"l2\": 1, \"bounds\": {}"))
        .isEmpty();
    assertThat(
            problems("lbfgs", "\"type\": \"linear_svm\", \"loss\": \"squared_hinge\", \"l1\": 0"))
        .isEmpty();
  }

  @Test
  void otherOptimizersMayHaveAll() throws Exception {
    assertThat(
            problems(
                "adam",
                "\"type\": \"absolute_regression\", \"l1\": 1, \"bounds\": {\"x\": [0, 1]}"))
        .isEmpty();
  }

  @Test
  void l1AndBoundsAreRefused() throws Exception {
    assertThat(
            problems(
                "newton",
                "\"type\": \"poisson_regression\", \"l1\": 0.5, \"bounds\": {\"x\": [0, 1]}"))
        .containsExactly(
            "/model/l1 must be 0 for newton, but was 0.5; use l2, or the optimizer"
                + " 'gradient_descent'",
            "/model/bounds must be empty for newton, but was of [x]; use the optimizer"
                + " 'gradient_descent'");
  }

  @Test
  void kinksAreRefused() throws Exception {
    assertThat(problems("lbfgs", "\"type\": \"quantile_regression\""))
        .containsExactly(
            "/training/optimizer must be a first-order optimizer for quantile_regression, whose"
                + " loss has kinks, but was 'lbfgs'; use 'adam' or 'gradient_descent', or"
                + " huber_regression");
    assertThat(problems("newton", "\"type\": \"linear_svm\", \"loss\": \"hinge\""))
        .containsExactly(
            "/model/loss must be 'squared_hinge' for newton, but was 'hinge', which has a kink");
  }

  @Test
  void whatWouldDoNothingIsRefused() throws Exception {
    assertThat(
            problems(
                "lbfgs",
                "\"type\": \"linear_regression\"",
                ", \"stop\": {\"patience\": 3}, \"clip_norm\": 1"))
        .containsExactly(
            "/training/stop/patience has no meaning for lbfgs; use stop.tolerance and epochs",
            "/training/clip_norm has no meaning for lbfgs; use stop.tolerance and epochs");
  }

  private static List<String> problems(String optimizer, String model) throws Exception {
    return problems(optimizer, model, "");
  }

  private static List<String> problems(String optimizer, String model, String training)
      throws Exception {
    String text =
        "{\"model\": {%s}, \"training\": {\"optimizer\": {\"type\": \"%s\"}%s}}"
            .formatted(model, optimizer, training);
    List<ConfigProblem> problems = new ArrayList<>();
    SecondOrderRules.check(ConfigTreeReader.read(text, problems), problems);
    return problems.stream().map(problem -> problem.pointer() + " " + problem.message()).toList();
  }
}
