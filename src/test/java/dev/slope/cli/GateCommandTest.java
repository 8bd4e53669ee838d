package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a model must be to be exported. The rows are y = 2x + 1 for x from 0 to 9: their mean is 10
 * and their variance 4 * 99 / 12 = 33.
 */
class GateCommandTest {
  private static final String GOOD = "/training/epochs=2000";
  private static final String POOR = "/training/epochs=1";

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void rows() throws IOException {
    StringBuilder csv = new StringBuilder("x,z,y,class\n");
    for (int x = 0; x < 10; x++) {
      csv.append(
          String.format(Locale.ROOT, "%d,%d,%d,%s%n", x, x % 3, 2 * x + 1, x < 6 ? "a" : "b"));
    }
    Files.writeString(folder.resolve("rows.csv"), csv);
    config =
        Files.writeString(
            folder.resolve("run.json"),
            """
            {
              "data": {"train": "rows.csv"}, "label": "y", "features": {"x": "numeric"},
              "model": "linear_regression",
              "training": {
                "optimizer": {"type": "gradient_descent", "learning_rate": 0.1}, "epochs": 2000
              },
              "report": {"plots": false}
            }
            """);
  }

  @Test
  void aMissedBoundExportsNothingAndSaysSo() throws IOException {
    CommandResult result =
        train(POOR, "/gate/metrics={\"r2\": {\"min\": 0.999}, \"rmse\": {\"max\": 100}}");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .containsPattern(
            "slope: the gate is closed, nothing was exported: r2 must be >= 0\\.999, but was \\S+\n$")
        .doesNotContain("rmse must");
    assertThat(result.out()).contains("  y = ").endsWith("  not exported: the gate was missed\n");
    assertThat(Folders.contents(folder.resolve("models"))).isEmpty();
  }

  @Test
  void jsonSaysWhatWasMissed() {
    CommandResult missed = train("--json", POOR, "/gate/metrics={\"r2\": {\"min\": 0.999}}");
    CommandResult passed = train("--json", GOOD, "/gate/metrics={\"r2\": {\"min\": 0.999}}");

    assertThat(missed.json().has("model")).isFalse();
    assertThat(missed.json().get("gate_missed").get(0).asString())
        .startsWith("r2 must be >= 0.999, but was ");
    assertThat(passed.exitCode()).as(passed.err()).isZero();
    assertThat(passed.json().get("gate_missed")).isEmpty();
    assertThat(passed.json().get("model").asString()).isEqualTo(version(1).toString());
  }

  /** A rate that is far too small: the model stays at 0, whose squared error is 33 + 10 * 10. */
  @Test
  void theBaselineIsTheBestConstant() {
    String slow = "/training/optimizer/learning_rate=1e-9";
    CommandResult poor = train(POOR, slow, "/gate/beats_baseline=true");
    CommandResult good = train(GOOD, "/gate/beats_baseline=true");

    assertThat(poor.exitCode()).isEqualTo(3);
    assertThat(poor.err())
        .containsPattern("mse must be below that of the baseline, 33, but was 132\\.99\\S*\n");
    assertThat(good.exitCode()).as(good.err()).isZero();
  }

  @Test
  void theBaselineOfClassesIsTheirShares() {
    List<String> classes =
        List.of("/label=[\"class\"]", "/model=logistic_regression", "/gate/beats_baseline=true");
    List<String> slow = new ArrayList<>(classes);
    slow.add("/training/optimizer/learning_rate=1e-9");
    CommandResult poor = train(slow.toArray(new String[0]));
    CommandResult good = train(classes.toArray(new String[0]));

    // -0.6 ln 0.6 - 0.4 ln 0.4 = 0.67301
    assertThat(poor.err())
        .containsPattern(
            "log_loss must be below that of the baseline, 0\\.67301\\d*, but was 0\\.6931\\d*\n");
    assertThat(good.exitCode()).as(good.err()).isZero();
  }

  @Test
  void aVersionMustBeBetterThanTheOneBefore() {
    CommandResult first = train("/training/epochs=30", "/gate/beats_current=true");
    CommandResult same = train("/training/epochs=30", "/gate/beats_current=true");
    CommandResult worse = train(POOR, "/gate/beats_current=true", "/gate/metric=r2");
    CommandResult better = train(GOOD, "/gate/beats_current=true");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(same.exitCode()).isEqualTo(3);
    assertThat(same.err())
        .containsPattern("mse must be below that of \\S*run/1, (\\S+), but was \\1\n");
    assertThat(worse.err())
        .containsPattern("r2 must be above that of \\S*run/1, 0\\.\\d+, but was ");
    assertThat(better.exitCode()).as(better.err()).isZero();
    assertThat(better.out()).endsWith("  exported to " + version(2) + "\n");
  }

  /** The version before is measured on the validation rows of this run, and has a column more. */
  @Test
  void theVersionBeforeMayHaveOtherColumns() {
    String split = "/data/split={\"method\": \"sequential\", \"validation\": 0.3}";
    CommandResult first =
        train(
            POOR,
            split,
            "/features={\"x\": \"numeric\", \"z\": {\"type\": \"hashed\", \"buckets\": 4}}");
    CommandResult second = train(GOOD, split, "/gate/beats_current=true");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(version(2)).isDirectory();
  }

  @Test
  void whatCantBeComparedIsSaidBeforeTraining() throws IOException {
    train(GOOD);
    CommandResult otherLabel =
        train("/label=[\"class\"]", "/model=logistic_regression", "/gate/beats_current=true");
    Files.writeString(folder.resolve("rows.csv"), "u,y\n1,2\n2,3\n3,4\n");
    CommandResult otherColumn = train("/features={\"u\": \"numeric\"}", "/gate/beats_current=true");

    assertThat(otherLabel.exitCode()).isEqualTo(1);
    assertThat(otherLabel.err())
        .contains(
            "/gate/beats_current: %s must predict 'class' of the classes [a, b] as this run does, but predicts [y]; set it to false or train under another name"
                .formatted(version(1)))
        .doesNotContain("epoch ");
    assertThat(otherColumn.exitCode()).isEqualTo(1);
    assertThat(otherColumn.err())
        .contains("'x'")
        .contains("/gate/beats_current compares with " + version(1) + ", which needs");
  }

  @Test
  void oldVersionsGoOnceTheNewOneIsThere() throws IOException {
    for (int version = 1; version <= 4; version++) {
      assertThat(train(POOR).exitCode()).isZero();
    }
    CommandResult fifth = train(POOR, "/export/keep=2");

    assertThat(fifth.exitCode()).as(fifth.err()).isZero();
    assertThat(fifth.err()).doesNotContain("warning");
    try (var children = Files.list(folder.resolve("models/run"))) {
      assertThat(children).containsExactlyInAnyOrder(version(4), version(5));
    }
  }

  private CommandResult train(String... settings) {
    List<Object> words =
        new ArrayList<>(List.of("train", config, "--models", folder.resolve("models")));
    for (String setting : settings) {
      if (!setting.startsWith("--")) {
        words.add("--set");
      }
      words.add(setting);
    }
    return CommandResult.of(words.toArray());
  }

  private Path version(int number) {
    return folder.resolve("models/run").resolve(Integer.toString(number));
  }
}
