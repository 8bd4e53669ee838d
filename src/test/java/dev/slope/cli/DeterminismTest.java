package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bytes of weights with one core and with all: sums are taken in an order of their own,
 * whatever the threads are that take them.
 */
@EnabledOnOs(OS.LINUX)
class DeterminismTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/training/plan=gram",
        "/training/plan=full_batch",
        "/training/batch_size=256",
        "/training/plan=streaming",
        "/training/optimizer=lbfgs"
      })
  void oneCoreOrAll(String setting) throws Exception {
    Path config = directory.resolve("rows.json");
    // More rows than a block of any sum has.
    Files.writeString(
        config,
        """
        {"data": {"train": {"type": "synthetic", "equation": "y = a - 2*b + 0.5*c", "rows": 70000, "noise": 0.3,
                            "variables": {"a": {"type": "normal", "mean": 0, "standard_deviation": 1},
                                          "b": {"type": "normal", "mean": 1, "standard_deviation": 2},
                                          "c": {"type": "uniform", "low": -1, "high": 1}}}},
         "label": "y", "model": "linear_regression", "training": {"epochs": 20}, "report": {"plots": false}}
        """);

    assertSameOnOneCore(config, setting);
  }

  /** So many rows that their epochs are summed up in parts, one a core at a time. */
  @Test
  void partsOnOneCoreOrAll() throws Exception {
    Path config = directory.resolve("rows.json");
    Files.writeString(
        config,
        """
        {"data": {"train": {"type": "synthetic", "rows": 1100000, "variables": {%s},
                            "equation": "y = exp(0.2*x1 - 0.1*x2 + 0.1*x3 - 0.1*x4 + 0.2*x5 + 0.1*x6 - 0.2*x7 + 0.1*x8)"}},
         "label": "y", "model": "poisson_regression", "training": {"epochs": 3}, "report": {"plots": false}}
        """
            .formatted(
                IntStream.rangeClosed(1, 8)
                    .mapToObj(
                        "\"x%d\": {\"type\": \"uniform\", \"low\": -1, \"high\": 1}"::formatted)
                    .collect(Collectors.joining(", "))));

    assertSameOnOneCore(config, "/training/plan=full_batch");
  }

  private void assertSameOnOneCore(Path config, String setting) throws Exception {
    assertThat(weights("one", List.of("taskset", "-c", "0"), config, setting))
        .isEqualTo(weights("all", List.of(), config, setting));
  }

  private byte[] weights(String models, List<String> prefix, Path config, String setting)
      throws IOException, InterruptedException {
    Path folder = directory.resolve(models);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        SlopeProcess.command(
            List.of(),
            List.of("train", config.toString(), "--models", folder.toString(), "--set", setting)));
    Path output = directory.resolve(models + ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    return Files.readAllBytes(folder.resolve("rows/1/variables/variables.data-00000-of-00001"));
  }
}
