package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code slope init}: a config that trains as it is. */
class InitCommandTest {
  @TempDir private Path folder;

  @Test
  void writesAConfigRelativeToItsFile() throws IOException {
    Path data = houses();
    Path config = Files.createDirectories(folder.resolve("configs")).resolve("houses.json");

    CommandResult result = CommandResult.of("init", data, "--label", "price", "-o", config);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            config
                + ": linear_regression of price from 2 features; train it with: slope train "
                + config
                + "\n");
    assertThat(result.err())
        .isEqualTo(
            "warning: column 'id' looks like an identifier (a value of its own in nearly every"
                + " row) and is ignored\n");
    assertThat(Files.readString(config))
        .isEqualTo(
            """
            {
              "name" : "houses",
              "description" : "houses.csv: 6 rows, 2 features. Ignored: 'id' looks like an identifier (a value of its own in nearly every row)",
              "data" : {
                "train" : "../data/houses.csv"
              },
              "label" : "price",
              "ignore" : [ "id" ],
              "features" : {
                "area" : "numeric",
                "kind" : "categorical"
              },
              "model" : "linear_regression",
              "training" : { }
            }
            """);
    assertThat(CommandResult.of("validate", config).exitCode()).isZero();
  }

  /** The iris of Fisher: three classes; a constant answer is right for a third of the rows. */
  @Test
  void whatItWritesTrains() throws IOException {
    Path config = folder.resolve("flowers.json");
    Path data = Path.of("configs", "data", "iris.csv").toAbsolutePath();

    assertThat(CommandResult.of("init", data, "--label", "species", "-o", config).exitCode())
        .isZero();
    CommandResult trained =
        CommandResult.of("train", config, "--models", folder.resolve("models"), "--json");

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.json().at("/rows").asInt()).isEqualTo(150);
    assertThat(trained.json().at("/metrics/accuracy").asDouble()).isGreaterThan(0.95);
  }

  @Test
  void printsAnAbsolutePathWhereThereIsNoFile() throws IOException {
    Path data = houses();

    CommandResult result = CommandResult.of("init", data, "--label", "price");

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().at("/data/train").asString()).isEqualTo(data.toRealPath().toString());
    assertThat(result.json().has("$schema")).isFalse();
  }

  @Test
  void namesTheSchemaWhereItIs() throws IOException {
    Path data = houses();
    Files.writeString(folder.resolve("slope.schema.json"), "{}");
    Path config = folder.resolve("houses.json");

    assertThat(CommandResult.of("init", data, "--label", "price", "-o", config).exitCode())
        .isZero();

    assertThat(Files.readString(config)).contains("\"$schema\" : \"slope.schema.json\"");
  }

  @Test
  void anExistingFileStaysUnlessForced() throws IOException {
    Path data = houses();
    Path config = Files.writeString(folder.resolve("mine.json"), "mine");

    CommandResult refused = CommandResult.of("init", data, "--label", "price", "-o", config);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "slope: %s can't be written: it exists; --force replaces it%n".formatted(config));
    assertThat(config).hasContent("mine");

    CommandResult forced =
        CommandResult.of("init", data, "--label", "price", "-o", config, "--force", "--json");
    assertThat(forced.exitCode()).isZero();
    JsonNode summary = forced.json();
    assertThat(summary.at("/model").asString()).isEqualTo("linear_regression");
    assertThat(summary.at("/ignored/id").asString()).startsWith("looks like an identifier");
    assertThat(config).content().contains("\"name\" : \"mine\"");
  }

  @Test
  void sayWhatIsWrong() throws IOException {
    Path data = houses();

    CommandResult unknown = CommandResult.of("init", data, "--label", "prize");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err())
        .isEqualTo(
            "slope: %s has no column 'prize', which --label names; did you mean 'price'?%n"
                .formatted(data));

    Path nowhere = folder.resolve("nowhere.csv");
    CommandResult missing = CommandResult.of("init", nowhere, "--label", "y", "-o", "y.json");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains(nowhere + " does not exist");
    assertThat(Path.of("y.json")).doesNotExist();

    assertThat(CommandResult.of("init", data).exitCode()).isEqualTo(2);
    CommandResult noFile = CommandResult.of("init", data, "--label", "price", "--force");
    assertThat(noFile.exitCode()).isEqualTo(2);
    assertThat(noFile.err()).startsWith("--force needs -o FILE");
  }

  private Path houses() throws IOException {
    return Files.writeString(
        Files.createDirectories(folder.resolve("data")).resolve("houses.csv"),
        """
        id,area,kind,price
        1,50,flat,100
        2,70,house,150
        3,90,house,180
        4,60,flat,115
        5,80,,160
        6,65,flat,122
        """);
  }
}
