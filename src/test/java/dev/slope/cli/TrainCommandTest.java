package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a training prints, writes and leaves as it was. */
class TrainCommandTest {
  private static final Path LINE = Path.of("configs", "line.json");

  @TempDir Path folder;

  @Test
  void aMissedExpectationKeepsTheExport() {
    CommandResult result = train("--set", "/training/epochs=1");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .containsPattern(
            "slope: expected mse must be <= 0\\.1, but was \\S+\n"
                + "slope: expected r2 must be >= 0\\.997, but was \\S+\n$");
    assertThat(result.out()).endsWith("  exported to " + models().resolve("line/1") + "\n");
    assertThat(models().resolve("line/1/saved_model.pb")).isNotEmptyFile();
  }

  /** 2859.69634759 is NumPy's least squares, which the rate from the curvature computes anyway. */
  @Test
  void saysHowFarTheOptimumIs() {
    Object[] arguments = {
      "train",
      Path.of("configs", "diabetes.json"),
      "--models",
      models(),
      "--set",
      "/training/optimizer/learning_rate=auto",
      "--set",
      "/training/epochs=20",
      "--set",
      "/report/plots=false"
    };
    CommandResult result = CommandResult.of(arguments);

    assertThat(result.out())
        .containsPattern("  the loss is \\d\\S* above the least there is, 2859\\.70\n")
        .contains("  ended because all epochs have run\n")
        .containsPattern("\n {25,}training +baseline\n")
        .containsPattern("\n  mse +\\S+ +5929\\.88\n")
        .contains("  described in " + models().resolve("diabetes/1/assets.extra") + "\n");
    Object[] asJson = Arrays.copyOf(arguments, arguments.length + 1);
    asJson[arguments.length] = "--json";
    JsonNode json = CommandResult.of(asJson).json();
    assertThat(json.get("optimal_loss").asDouble()).isCloseTo(2859.69634759, within(1e-4));
    // The variance of the labels, population form.
    assertThat(json.at("/baseline/mse").asDouble()).isCloseTo(5929.8848969, within(1e-4));
  }

  @Test
  void jsonIsAllOfStandardOutput() {
    CommandResult result = train("--json");

    assertThat(result.exitCode()).isZero();
    JsonNode json = result.json();
    assertThat(json.get("name").asString()).isEqualTo("line");
    assertThat(json.get("rows").asLong()).isEqualTo(11);
    assertThat(json.get("epochs").asLong()).isEqualTo(100);
    assertThat(json.get("stop_reason").asString()).isEqualTo("epochs_done");
    assertThat(result.err())
        .startsWith("data: y = 2*x + 1, 11 rows, 1 feature, 1 label\ntraining: 100 epochs, plan ");
  }

  @Test
  void everyOtherCommandPrintsOneJsonDocument() throws IOException {
    CommandResult dryRun = train("--dry-run", "--json");
    CommandResult trained = train();
    Path model = models().resolve("line");
    Path rows = Files.writeString(folder.resolve("rows.csv"), "x,y\n1,3\n2,5\n");
    CommandResult evaluated = CommandResult.of("evaluate", model, rows, "--json");

    assertThat(trained.exitCode()).isZero();
    assertThat(dryRun.json().get("objective").asString())
        .isEqualTo("mean over rows and labels of (prediction - label)^2");
    assertThat(evaluated.json().get("rows").asLong()).isEqualTo(2);
    assertThat(CommandResult.of("inspect", model, "--json").json().at("/model/name").asString())
        .isEqualTo("line");
    assertThat(CommandResult.of("validate", LINE, "--json").json().get("valid").asBoolean())
        .isTrue();
    assertThat(CommandResult.of("render", LINE, "--json").json().get("seed").asLong()).isZero();
    assertThat(CommandResult.of("schema", "--json").json().get("type").asString())
        .isEqualTo("object");
  }

  @Test
  void theRenderedConfigTrainsTheSame() throws IOException {
    Path rendered = folder.resolve("line.json");
    Files.writeString(rendered, CommandResult.of("render", LINE).out());

    train("--set", "/report/plots=false");
    CommandResult again =
        CommandResult.of("train", rendered, "--models", models(), "--set", "/report/plots=false");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertSameModel();
  }

  @Test
  void resumesNothingWhereNothingWasInterrupted() throws IOException {
    CommandResult first = train("--set", "/training/checkpoint/every_epochs=30");
    CommandResult resumed = train("--resume");

    assertThat(first.err()).doesNotContain("warning");
    assertThat(models().resolve(".checkpoints")).doesNotExist();
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.err())
        .contains(
            "warning: there is no checkpoint to continue from in '"
                + models().resolve(".checkpoints/line")
                + "'; training starts from the beginning");
  }

  @Test
  void asksNoSecondOrderTrainingToResume() {
    CommandResult resumed =
        train("--set", "/training/optimizer={\"type\": \"newton\"}", "--resume");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains(
            "warning: there is nothing to resume: newton and lbfgs keep no checkpoints, for they"
                + " take few iterations; training starts anew");
  }

  @Test
  void theSameConfigGivesTheSameBytes() throws IOException {
    train("--set", "/report/plots=false");
    train("--set", "/report/plots=false");

    assertSameModel();
  }

  @Test
  void anotherSeedGivesAnotherModel() throws IOException {
    train("--set", "/report/plots=false");
    train("--set", "/report/plots=false", "--set", "/seed=-1");

    assertThat(bytes(2, "variables/variables.data-00000-of-00001"))
        .isNotEqualTo(bytes(1, "variables/variables.data-00000-of-00001"));
  }

  @Test
  void manyEpochsAreFewLines() {
    CommandResult result = train("--set", "/training/epochs=2000", "--set", "/report/plots=false");

    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> epochs = result.err().lines().filter(line -> line.startsWith("epoch ")).toList();
    // One about every second, and the last.
    assertThat(epochs).hasSizeBetween(1, 10);
    assertThat(epochs.get(epochs.size() - 1)).startsWith("epoch 2000/2000  loss ");
    assertThat(models().resolve("line/1/assets.extra/history.csv"))
        .content(StandardCharsets.UTF_8)
        .satisfies(history -> assertThat(history.lines()).hasSize(2001));
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    CommandResult result = train("--dry-run");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            line: nothing was trained
              linear_regression of [y] from [x]
              minimises the mean over rows and labels of (prediction - label)^2
              y = 2*x + 1, 11 rows, 100 epochs, plan gram
              would be exported below %s
            """
                .formatted(models().resolve("line")));
    assertThat(Folders.contents(folder)).isEmpty();
  }

  @Test
  void aColumnThatNeverChangesIsAWarning() throws IOException {
    Path config = config("x,one,y\n1,1,2\n2,1,4\n");

    CommandResult result = CommandResult.of("train", config, "--models", models());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("warning: column 'one' has the same value in every row and is ignored; to use it")
        .doesNotContain("'x'");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("\"label\"", "\"features\": {\"*\": \"numeric\"}, \"label\""));
    assertThat(CommandResult.of("train", config, "--models", models()).err())
        .contains(
            "warning: column 'one' has the same value in every row and can't explain anything\n");
  }

  @Test
  void namesOfColumnsMayBeAnything() throws IOException {
    Path config =
        config("\uFEFF\"a \"\"q\"\" b\",size.m2,Größe,\"x,1\",y\r\n1,2,3,4,5\r\n\"3\",1,0,1,2\r\n");

    CommandResult result = CommandResult.of("train", config, "--models", models(), "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.json().at("/outputs/0/coefficients"))
        .extracting(coefficient -> coefficient.get("feature").asString())
        .containsExactly("a \"q\" b", "size.m2", "Größe", "x,1");
    CommandResult predicted =
        CommandResult.of("predict", models().resolve("rows"), folder.resolve("rows.csv"));
    assertThat(predicted.outLines()).hasSize(3);
  }

  @Test
  void aByteOrderMarkIsNoPartOfAConfig() throws IOException {
    Path config = config("x,y\n1,2\n2,4\n");
    Files.writeString(config, "\uFEFF" + Files.readString(config));

    assertThat(CommandResult.of("validate", config).exitCode()).isZero();
  }

  @Test
  void pathsMayBeAnything() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("it's; \"a\" b'; DROP TABLE t --"));
    Path config = config("x,y\n1,2\n2,4\n");
    Path moved = Files.move(config, odd.resolve("rows.json"));
    Files.move(folder.resolve("rows.csv"), odd.resolve("rows.csv"));

    CommandResult trained = CommandResult.of("train", moved, "--models", odd.resolve("m odels"));
    CommandResult predicted =
        CommandResult.of("predict", odd.resolve("m odels/rows"), odd.resolve("rows.csv"));

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(predicted.outLines()).hasSize(3);
  }

  @Test
  void aThousandColumnsTrain() throws IOException {
    StringBuilder csv = new StringBuilder("y");
    for (int column = 0; column < 1_000; column++) {
      csv.append(",c").append(column);
    }
    for (int row = 0; row < 4; row++) {
      csv.append('\n').append(row);
      for (int column = 0; column < 1_000; column++) {
        csv.append(',').append((row * 7 + column * 3) % 11);
      }
    }
    Path config = config(csv + "\n");

    CommandResult result =
        CommandResult.of(
            "train",
            config,
            "--models",
            models(),
            "--json",
            "--set",
            "/training/optimizer/learning_rate=0.0005");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.json().at("/outputs/0/coefficients")).hasSize(1_000);
  }

  @Test
  void aCommandLineThatIsWrongIsExplained() {
    CommandResult none = CommandResult.of();
    CommandResult unknown = CommandResult.of("trian", LINE);
    CommandResult missing = CommandResult.of("train");

    assertThat(List.of(none.exitCode(), unknown.exitCode(), missing.exitCode())).containsOnly(2);
    assertThat(unknown.err()).contains("'trian'").contains("slope train");
    assertThat(missing.err()).startsWith("Missing required parameter: 'CONFIG'\n");
    assertThat(none.out() + unknown.out() + missing.out()).isEmpty();
  }

  private void assertSameModel() throws IOException {
    for (String file :
        List.of(
            "variables/variables.index",
            "variables/variables.data-00000-of-00001",
            "assets.extra/model.json",
            "assets.extra/metrics.json")) {
      assertThat(bytes(2, file)).as(file).isEqualTo(bytes(1, file));
    }
  }

  private byte[] bytes(int version, String file) throws IOException {
    return Files.readAllBytes(models().resolve("line/" + version).resolve(file));
  }

  private CommandResult train(String... options) {
    Object[] arguments = new Object[options.length + 4];
    arguments[0] = "train";
    arguments[1] = LINE;
    arguments[2] = "--models";
    arguments[3] = models();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return CommandResult.of(arguments);
  }

  /** A config that predicts y from all else in a table, beside it. */
  private Path config(String csv) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), csv);
    return Files.writeString(
        folder.resolve("rows.json"),
        """
        {
          "data": {"train": "rows.csv"},
          "label": "y",
          "model": "linear_regression",
          "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 0.1}, "epochs": 3},
          "report": {"plots": false}
        }
        """);
  }

  private Path models() {
    return folder.resolve("models");
  }
}
