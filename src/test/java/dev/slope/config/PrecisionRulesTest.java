package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On the written-out tree, as the loader has it. */
class PrecisionRulesTest {
  private static List<String> problems(String precision, String plan, String link)
      throws Exception {
    String text =
        """
        {"training": {"precision": "%s", "plan": "%s"}, "model": {"link": "%s"}}
        """
            .formatted(precision, plan, link);
    List<ConfigProblem> problems = new ArrayList<>();
    PrecisionRules.check(ConfigTreeReader.read(text, problems), problems);
    return problems.stream().map(problem -> problem.pointer() + " " + problem.message()).toList();
  }

  @Test
  void float32GoesWithEverything() throws Exception {
    assertThat(problems("float32", "sparse", "probit")).isEmpty();
  }

  @Test
  void float64GoesWithEveryOtherPlanAndLink() throws Exception {
    for (String plan : List.of("auto", "gram", "full_batch", "mini_batch", "streaming")) {
      assertThat(problems("float64", plan, "logit")).isEmpty();
    }
    assertThat(problems("float64", "auto", "cloglog")).isEmpty();
  }

  @Test
  void whatHasNoMoreDigitsIsRefused() throws Exception {
    assertThat(problems("float64", "sparse", "probit"))
        .containsExactly(
            "/training/precision must be 'float32' for the plan 'sparse', which keeps places in"
                + " float32's bits, but was 'float64'; use the plan 'mini_batch' or 'full_batch'",
            "/training/precision must be 'float32' for the link 'probit', whose normal tail is"
                + " computed to 7 digits, but was 'float64'; use the link 'logit' or 'cloglog'");
  }
}
