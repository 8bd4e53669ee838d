package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuneRulesTest {
  @TempDir Path folder;

  @Test
  void leftOutItIsAGridOnValidationRows() throws IOException {
    TuneConfig tune = tune("\"parameters\": {\"/model/l2\": [0, 1e-3]}");

    assertThat(tune)
        .isEqualTo(
            new TuneConfig(
                Map.of(
                    "/model/l2",
                    new ParameterConfig.Values(List.of(new JsonValue("0"), new JsonValue("1e-3")))),
                new SearchConfig.Grid(),
                null,
                null,
                null));
    ModelConfig model = new ModelConfig.LinearRegression(new InitializerConfig.Zeros());
    assertThat(tune.metricOrDefault(model)).isEqualTo(MetricName.MSE);
    assertThat(tune.isStratified(model)).isFalse();
  }

  @Test
  void shorthandsAreWrittenOut() throws IOException {
    TuneConfig tune =
        tune(
            "\"parameters\": {\"/model/l1\": \"path\", \"/model/l2\": {\"from\": 0, \"to\": 1}},"
                + " \"search\": \"random\", \"folds\": 3");

    assertThat(tune.parameters())
        .containsExactly(
            Map.entry("/model/l1", new ParameterConfig.PenaltyPath(50, null)),
            Map.entry(
                "/model/l2", new ParameterConfig.Range(0, 1, null, ValueScale.LINEAR, false)));
    assertThat(tune.search()).isEqualTo(new SearchConfig.RandomDraws(60));
    ParameterConfig.PenaltyPath path = new ParameterConfig.PenaltyPath(50, null);
    assertThat(path.ratioOrDefault("/model/l1")).isEqualTo(1e-3);
    assertThat(path.ratioOrDefault("/model/l2")).isEqualTo(1e-5);
  }

  /** What a value may be is any JSON but null; its order and its digits are kept. */
  @Test
  void theEffectiveConfigKeepsValuesAsTheyAre() throws IOException {
    String values = "[1.50, \"a\", true, {\"type\": \"newton\", \"z\": [1, {\"b\": 2}], \"a\": 0}]";
    LoadedConfig loaded = load("\"parameters\": {\"/training/optimizer\": " + values + "}");
    Path again = Files.writeString(folder.resolve("again.json"), loaded.effectiveJson());

    assertThat(ConfigLoader.load(again, List.of()).run().tune()).isEqualTo(loaded.run().tune());
    assertThat(tune(loaded).parameters().get("/training/optimizer"))
        .isEqualTo(
            new ParameterConfig.Values(
                List.of(
                    new JsonValue("1.50"),
                    new JsonValue("\"a\""),
                    new JsonValue("true"),
                    new JsonValue("{\"type\":\"newton\",\"z\":[1,{\"b\":2}],\"a\":0}"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | /tune/parameters must be not empty, but was empty",
        "{\"model/l2\": [1]} | /tune/parameters/model~1l2 must have a JSON pointer for its name, such as /model/l2, but has 'model/l2'",
        "{\"/modl/l2\": [1]} | /tune/parameters/~1modl~1l2 must point to a value of the config, but there is no key 'modl'; did you mean 'model'?",
        "{\"/name\": [\"a\"]} | /tune/parameters/~1name can't be tried: no model depends on /name",
        "{\"/tune/folds\": [2]} | /tune/parameters/~1tune~1folds can't be tried: no model depends on /tune",
        "{\"/label\": [\"y\", \"x\"]} | /tune/parameters/~1label can't be tried: errors of different labels can't be compared",
        "{\"/model/l2\": [1], \"/model\": [\"linear_regression\"]} | /tune/parameters/~1model would overwrite '/model/l2', which is written before it; write it first",
        "{\"/model/l2\": [1, 0.1, 1.0]} | /tune/parameters/~1model~1l2/2 names 1.0 a second time",
        "{\"/model/l2\": [1, null]} | /tune/parameters/~1model~1l2/1 must be a value without null; leave null out",
        "{\"/model/l2\": []} | /tune/parameters/~1model~1l2 must be not empty, but was empty",
        "{\"/training/epochs\": \"path\"} | /tune/parameters/~1training~1epochs can't be a path, which only /model/l1 and /model/l2 have; give it values or a range",
        "{\"/model/l2\": {\"type\": \"path\", \"ratio\": 1}} | /tune/parameters/~1model~1l2/ratio must be < 1, but was 1",
        "{\"/model/l2\": {\"from\": 1, \"to\": 1, \"count\": 3}} | /tune/parameters/~1model~1l2 must have from < to, but was 1.0 and 1.0",
        "{\"/model/l2\": {\"from\": 0, \"to\": 1, \"count\": 3, \"scale\": \"log\"}} | /tune/parameters/~1model~1l2/from must be > 0 on the scale 'log', but was 0.0; take the scale 'linear'",
        "{\"/model/l2\": {\"from\": 0, \"to\": 1}} | /tune/parameters/~1model~1l2/count is required for a grid: how many numbers to try; or take the search 'random'",
        "{\"/model/l2\": {\"from\": 0, \"to\": 1, \"count\": 101}, \"/model/l1\": {\"from\": 0, \"to\": 1, \"count\": 100}} | /tune/parameters must make at most 10,000 settings, but make 10100; take fewer values, or the search 'random'",
        "{\"/model/l2\": [1, 2]}, \"search\": \"random\" | /tune/search/trials must be at most 2, as many settings as there are, but was 60; take fewer, or the search 'grid'",
        "{\"/model/l2\": [1]}, \"metric\": \"loss\" | /tune/metric must not be loss, which contains the penalty; take a metric of the predictions",
        "{\"/model/l2\": [1]}, \"folds\": 1 | /tune/folds must be >= 2, but was 1",
        "{\"/model/l2\": [1]}, \"stratified\": true | /tune/stratified is for folds; leave it out where the validation rows measure (/data/split/stratified)",
        "{\"/model/l2\": [1]}, \"folds\": 2, \"stratified\": true | /tune/stratified is for classifiers, which have classes to spread one by one; leave it out with linear_regression"
      })
  void refuses(String parameters, String message) {
    assertThat(problems("\"parameters\": " + parameters, "\"auto\"")).containsExactly(message);
  }

  @Test
  void needsRowsThatMeasure() {
    assertThat(problems("\"parameters\": {\"/model/l2\": [1]}", "\"none\""))
        .containsExactly(
            "/tune/folds is required where there are no validation rows: without rows that are"
                + " held out nothing can be compared; or give /data/validation or /data/split");
  }

  private List<String> problems(String tune, String split) {
    try {
      load(tune, split);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(problem -> problem.pointer() + " " + problem.message())
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private TuneConfig tune(String tune) throws IOException {
    return tune(load(tune));
  }

  private static TuneConfig tune(LoadedConfig loaded) {
    return Objects.requireNonNull(loaded.run().tune());
  }

  private LoadedConfig load(String tune) throws IOException {
    return load(tune, "\"auto\"");
  }

  private LoadedConfig load(String tune, String split) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.json"),
            """
            {"data": {"train": "rows.csv", "split": {"method": %s}}, "label": "y",
             "model": "linear_regression", "training": {}, "tune": {%s}}
            """
                .formatted(split, tune));
    return ConfigLoader.load(file, List.of());
  }
}
