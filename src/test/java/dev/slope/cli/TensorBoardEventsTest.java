package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Json;
import dev.slope.report.tensorboard.EventRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import tools.jackson.databind.JsonNode;

/** The events of a run beside the other files that tell of it: every number of one in the other. */
class TensorBoardEventsTest {
  @TempDir Path folder;

  private Path train(String config, String... sets) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", Path.of("configs", config + ".json"), "--models", folder));
    for (String set : sets) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(List.of("--set", "/report/plots=false"));
    CommandResult trained = CommandResult.of(arguments.toArray());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.err()).doesNotContain("warning");
    return folder.resolve(config + "/1/assets.extra");
  }

  private static List<Event> events(Path extra) throws Exception {
    return EventRecords.read(
        Files.readAllBytes(extra.resolve("tensorboard/events.out.tfevents.slope")));
  }

  /** A column of history.csv by its epochs. */
  private static SortedMap<Long, Float> history(Path extra, String column) throws IOException {
    List<String> lines = Files.readAllLines(extra.resolve("history.csv"));
    int place = List.of(lines.get(0).split(",")).indexOf(column);
    TreeMap<Long, Float> values = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      values.put(Long.valueOf(cells[0]), (float) Double.parseDouble(cells[place]));
    }
    return values;
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.mapper().readTree(Files.readString(file));
  }

  @Test
  void eventsAreHistoryWeightsAndMetrics() throws Exception {
    Path extra =
        train(
            "diamonds",
            "/report/tensorboard=true",
            "/training/optimizer=adam",
            "/training/epochs=20",
            "/expect={}");

    List<Event> events = events(extra);

    assertThat(history(extra, "loss")).hasSize(20);
    for (String column : List.of("loss", "validation_loss", "learning_rate")) {
      assertThat(EventRecords.scalars(events, column)).isEqualTo(history(extra, column));
    }
    JsonNode metrics = json(extra.resolve("metrics.json"));
    for (String part : List.of("train", "validation")) {
      JsonNode values = metrics.at("/" + part + "/metrics");
      assertThat(values.size()).isGreaterThan(5);
      values
          .properties()
          .forEach(
              metric ->
                  assertThat(
                          EventRecords.scalars(events, "metrics/" + part + "." + metric.getKey()))
                      .containsExactlyEntriesOf(
                          new TreeMap<>(Map.of(20L, (float) metric.getValue().doubleValue()))));
    }
  }

  @Test
  void weightsStandUnderTheNamesOfTheManifest() throws Exception {
    Path extra = train("linnerud", "/report/tensorboard=true");

    List<Event> events = events(extra);

    long last = history(extra, "loss").lastKey();
    int compared = 0;
    for (JsonNode output : json(extra.resolve("model.json")).get("outputs")) {
      String label = output.get("label").asString();
      assertThat(EventRecords.scalars(events, "intercept/" + label).get(last))
          .isEqualTo((float) output.get("standardized_intercept").doubleValue());
      for (JsonNode coefficient : output.get("coefficients")) {
        String tag = "weights/" + label + "/" + coefficient.get("feature").asString();
        SortedMap<Long, Float> weights = EventRecords.scalars(events, tag);
        assertThat(weights.keySet()).containsExactly(0L, last);
        assertThat(weights.get(0L)).isZero();
        assertThat(weights.get(last))
            .isEqualTo((float) coefficient.get("standardized").doubleValue());
        compared++;
      }
    }
    // Three labels of three features each.
    assertThat(compared).isEqualTo(9);
  }

  @Test
  void hyperparametersAreThoseOfTheEffectiveConfig() throws Exception {
    Path extra = train("line", "/report/tensorboard=true", "/training/epochs=7", "/expect={}");

    String start =
        EventRecords.at(events(extra), "_hparams_/session_start_info", 0)
            .getMetadata()
            .getPluginData()
            .getContent()
            .toString("ISO-8859-1");

    assertThat(start)
        .contains(
            "/training/epochs",
            "/training/optimizer/type",
            "gradient_descent",
            "/training/optimizer/learning_rate/value",
            "/model/l1",
            "/model/l2",
            "/model/type",
            "/training/batch_size/type",
            "/seed")
        .doesNotContain("/training/checkpoint", "/training/memory", "/report", "/export");
  }

  /** TensorFlow writes files alone, and there is no folder for them. */
  @Test
  void eventsThatCantBeWrittenAreAWarningAndTheModelIsThere() throws Exception {
    Path missing = folder.resolve("missing");
    Path err = folder.resolve("err.txt");

    int exitCode =
        new ProcessBuilder(
                SlopeProcess.command(
                    List.of("-Djava.io.tmpdir=" + missing),
                    List.of(
                        "train",
                        Path.of("configs/line.json").toString(),
                        "--models",
                        folder.toString(),
                        "--set",
                        "/report/tensorboard=true",
                        "--set",
                        "/report/plots=false")))
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start()
            .waitFor();

    assertThat(exitCode).as(Files.readString(err)).isZero();
    assertThat(Files.readString(err))
        .contains(
            "warning: the events for TensorBoard need a folder for temporary files, and none can be"
                + " made in '"
                + missing
                + "'; set /report/tensorboard to false to do without");
    assertThat(folder.resolve("line/1/saved_model.pb")).exists();
    assertThat(folder.resolve("line/1/assets.extra/history.csv")).exists();
    assertThat(folder.resolve("line/1/assets.extra/tensorboard")).doesNotExist();
  }

  @Test
  void nobodyAskedAndNothingIsThere() {
    assertThat(train("line").resolve("tensorboard")).doesNotExist();
  }
}
