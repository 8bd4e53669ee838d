package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On the written-out tree, as the loader has it. */
class BatchRulesTest {
  private static final String ROWS = "\"batch_size\": {\"type\": \"rows\", \"rows\": 256}";
  private static final String FULL = "\"batch_size\": {\"type\": \"full\"}";

  private static List<String> problems(String... training) throws Exception {
    String text = "{\"training\": {" + String.join(", ", training) + "}}";
    List<ConfigProblem> problems = new ArrayList<>();
    BatchRules.check(ConfigTreeReader.read(text, problems), problems);
    return problems.stream().map(problem -> problem.pointer() + " " + problem.message()).toList();
  }

  @Test
  void batchesOfAFirstOrderOptimizerAreFine() throws Exception {
    assertThat(
            problems(
                ROWS,
                "\"plan\": \"mini_batch\"",
                "\"shuffle\": false",
                "\"stop\": {\"patience\": 3}",
                "\"optimizer\": {\"type\": \"adam\"}"))
        .isEmpty();
  }

  @Test
  void whatLooksAtAllRowsIsRefused() throws Exception {
    assertThat(
            problems(
                ROWS,
                "\"optimizer\": {\"type\": \"gradient_descent\", \"learning_rate\": {\"type\":"
                    + " \"line_search\"}}",
                "\"stop\": {\"tolerance\": 1e-3}",
                "\"plan\": \"gram\""))
        .containsExactly(
            "/training/optimizer/learning_rate must be a number or 'auto' where batch_size is 256,"
                + " but was 'line_search', which compares losses over all rows",
            "/training/stop/tolerance has no meaning where batch_size is 256: the gradient of a"
                + " batch never comes to rest; use stop.min_rel_progress or stop.patience",
            "/training/plan must be 'auto' or 'mini_batch' where batch_size is 256, but was 'gram'");
    assertThat(problems(ROWS, "\"optimizer\": {\"type\": \"lbfgs\"}"))
        .containsExactly(
            "/training/batch_size must be 'full' for lbfgs, whose steps look at all rows, but was"
                + " 256; use the optimizer 'adam'");
  }

  @Test
  void aPlanOfBatchesNeedsTheirSize() throws Exception {
    assertThat(problems("\"plan\": \"mini_batch\"", FULL))
        .containsExactly(
            "/training/plan must be 'auto', 'gram' or 'full_batch' where batch_size is 'full', but"
                + " was 'mini_batch'; give /training/batch_size a number of rows, such as 256");
  }

  @Test
  void anOrderNeedsBatches() throws Exception {
    assertThat(problems(FULL, "\"shuffle\": false"))
        .containsExactly(
            "/training/shuffle has no meaning where batch_size is 'full': every step looks at all"
                + " rows; leave it out");
  }
}
