package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitRulesTest {
  @TempDir Path folder;

  @Test
  void readsEveryKey() throws IOException {
    DataConfig data =
        load(
                "\"split\": {\"method\": \"random\", \"validation\": 0.3, \"test\": 0.1,"
                    + " \"stratified\": false}",
                "logistic_regression",
                "")
            .data();

    assertThat(data.split()).isEqualTo(new SplitConfig(SplitMethod.RANDOM, 0.3, 0.1, null, false));
    assertThat(data.validationFraction()).isEqualTo(0.3);
    assertThat(data.testFraction()).isEqualTo(0.1);
  }

  @Test
  void leftOutTheRowsDecide() throws IOException {
    RunConfig run = load("\"test\": \"test.csv\"", "logistic_regression", "");

    assertThat(run.data().split())
        .isEqualTo(new SplitConfig(SplitMethod.AUTO, null, null, null, null));
    assertThat(run.data().validation()).isNull();
    assertThat(run.data().test()).isEqualTo(DataSourceConfig.File.of("test.csv"));
    assertThat(run.data().split().isStratified(run.model())).isTrue();
  }

  @Test
  void aFifthValidatesUnlessItHasASource() throws IOException {
    assertThat(
            load("\"split\": {\"method\": \"random\"}", "linear_regression", "")
                .data()
                .validationFraction())
        .isEqualTo(0.2);
    assertThat(
            load(
                    "\"validation\": \"v.csv\", \"split\": {\"method\": \"random\", \"test\": 0.1}",
                    "linear_regression",
                    "")
                .data()
                .validationFraction())
        .isZero();
  }

  @Test
  void onlyClassifiersAreStratified() throws IOException {
    RunConfig run = load("\"split\": {\"method\": \"random\"}", "linear_regression", "");
    assertThat(run.data().split().isStratified(run.model())).isFalse();

    assertThat(split("{\"method\": \"random\", \"stratified\": true}"))
        .isEqualTo(
            "line 1: /data/split/stratified is for classifiers, which have classes to split one by"
                + " one; leave it out with linear_regression");
    assertThat(split("{\"method\": \"sequential\", \"stratified\": true}"))
        .isEqualTo(
            "line 1: /data/split/stratified is for the methods auto and random; leave it out with"
                + " 'sequential'");
  }

  @Test
  void fractionsMustLeaveRowsOnBothSides() throws IOException {
    assertThat(split("{\"method\": \"random\", \"validation\": 0.5, \"test\": 0.5}"))
        .isEqualTo(
            "line 1: /data/split must leave rows to train on: validation + test must be < 1, but"
                + " was 1.0");
    assertThat(split("{\"method\": \"sequential\", \"validation\": 0}"))
        .isEqualTo(
            "line 1: /data/split must split rows off: validation + test must be > 0 with the method"
                + " 'sequential', but was 0; or take the method 'none'");
    assertThat(split("{\"method\": \"random\", \"test\": 1}"))
        .isEqualTo("line 1: /data/split/test must be < 1, but was 1");
    assertThat(split("{\"validation\": 0.1}"))
        .isEqualTo(
            "line 1: /data/split/validation is for the methods random, hash and sequential; leave"
                + " it out with 'auto'");
  }

  @Test
  void rowsOfAPartComeFromOnePlace() throws IOException {
    assertThat(
            problem(
                "\"validation\": \"v.csv\", \"split\": {\"method\": \"random\", \"validation\":"
                    + " 0.1}",
                ""))
        .isEqualTo(
            "line 1: /data/split/validation must be 0 or left out, for /data/validation has the"
                + " rows; keep one of the two");
    assertThat(
            problem(
                "\"test\": \"t.csv\", \"split\": {\"method\": \"column\", \"column\": \"part\"}",
                ""))
        .isEqualTo(
            "line 1: /data/test must be left out with the split method 'column', whose column names"
                + " the test rows");
  }

  @Test
  void theColumnIsForTheMethodsThatGoByIt() throws IOException {
    assertThat(split("{\"method\": \"hash\"}"))
        .isEqualTo(
            "line 1: /data/split/column is required with the method 'hash': the column whose value"
                + " decides, such as an id");
    assertThat(split("{\"method\": \"random\", \"column\": \"id\"}"))
        .isEqualTo(
            "line 1: /data/split/column is for the methods hash and column; leave it out with"
                + " 'random'");
  }

  @Test
  void theColumnHasNoOtherUse() throws IOException {
    assertThat(
            problem(
                "\"split\": {\"method\": \"hash\", \"column\": \"id\"}",
                "\"weight_column\": \"id\", "))
        .isEqualTo(
            "line 1: /data/split/column must be a column with no other use, but 'id' is named by"
                + " /weight_column; take it out of one of the two");
  }

  @Test
  void columnsWithAnotherUseAreNoFeatures() throws IOException {
    Path file = folder.resolve("run.json");
    Files.writeString(
        file,
        """
        {"data": {"train": {"type": "inline", "columns": {"x": [1], "y": [1], "w": [1], "i": [1]}}},
         "label": "y", "weight_column": "w", "ignore": ["i"],
         "model": {"type": "linear_regression", "bounds": {"w": [0, 1]},
                   "initializer": {"type": "values", "weights": {"i": [1]}}},
         "training": {}}
        """);
    assertThat(problems(file))
        .containsExactly(
            "line 3: /model/bounds/w must be named after a feature, but 'w' is none; did you mean"
                + " 'x'?",
            "line 4: /model/initializer/weights/i must be named after a feature, but 'i' is none;"
                + " did you mean 'x'?");
  }

  @Test
  void expectationsAreOfRowsThatMayBe() throws IOException {
    assertThat(
            problem(
                "\"split\": {\"method\": \"none\"}",
                "\"expect\": {\"validation.mse\": {\"max\": 1}}, "))
        .isEqualTo(
            "line 1: /expect/validation.mse is a metric of validation rows, and there are none;"
                + " give /data/validation or /data/split");
    assertThat(problem("\"split\": {}", "\"expect\": {\"test.mse\": {\"max\": 1}}, "))
        .isEqualTo(
            "line 1: /expect/test.mse is a metric of test rows, and there are none; give /data/test"
                + " or /data/split");
    assertThat(
            load(
                    "\"test\": \"t.csv\"",
                    "linear_regression",
                    "\"expect\": {\"test.mse\": {\"max\": 1}}, ")
                .expect())
        .containsKey("test.mse");
  }

  @Test
  void aSourceOfItsOwnKeepsTheRulesOfSources() throws IOException {
    assertThat(
            problem(
                "\"validation\": {\"type\": \"inline\", \"columns\": {\"x\": [1, 2], \"y\": [1]}}",
                ""))
        .isEqualTo(
            "line 1: /data/validation/columns/y must have as many values as the first column, 2,"
                + " but has 1");
  }

  private String split(String json) throws IOException {
    return problem("\"split\": " + json, "");
  }

  private String problem(String data, String more) throws IOException {
    List<String> problems = problems(write(data, "linear_regression", more));
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static List<String> problems(Path file) {
    try {
      ConfigLoader.load(file, List.of());
      return List.of();
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage()).lines().skip(1).map(String::strip).toList();
    }
  }

  private RunConfig load(String data, String model, String more) throws IOException {
    return ConfigLoader.load(write(data, model, more), List.of()).run();
  }

  private Path write(String data, String model, String more) throws IOException {
    return Files.writeString(
        folder.resolve("run.json"),
        "{\"data\": {\"train\": \"rows.csv\", %s}, \"label\": \"y\", %s\"model\": \"%s\","
                .formatted(data, more, model)
            + " \"training\": {}}");
  }
}
