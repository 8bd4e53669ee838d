package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scores of rows are made of. */
class ExplainCommandTest {
  @TempDir static Path models;

  @TempDir Path folder;

  /** The line is trained until it is exact: 2x + 1. */
  @BeforeAll
  static void train() {
    for (String config : List.of("line", "linnerud")) {
      CommandResult trained =
          CommandResult.of(
              "train",
              Path.of("configs", config + ".json"),
              "--models",
              models,
              "--set",
              "/training/epochs=" + (config.equals("line") ? 200_000 : 10),
              "--set",
              "/report/plots=false");
      assertThat(trained.exitCode()).as(trained.err()).isIn(ExitCode.DONE, 3);
    }
  }

  @Test
  void contributionsAreBesideTheInterceptAndTheScore() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "id,x\na,3\nb,two\nc,-1\n");

    CommandResult result =
        CommandResult.of("explain", models.resolve("line"), rows, "--keep", "id");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.outLines().stream().map(ExplainCommandTest::rounded))
        .containsExactly(
            "id,score,intercept,contribution_x", "a,7.00,1.00,6.00", "b,,,", "c,-1.00,1.00,-2.00");
    assertThat(result.err())
        .isEqualTo(
            "warning: 1 of 3 rows have no prediction: a value is missing, unreadable or unknown to"
                + " the model\n");
  }

  @Test
  void severalOutputsHaveColumnsEach() {
    CommandResult result =
        CommandResult.of(
            "explain", models.resolve("linnerud"), Path.of("configs", "data", "linnerud.csv"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> header = List.of(result.outLines().get(0).split(","));
    // Three features of three outputs, and the scores and the intercepts of each.
    assertThat(header).hasSize(3 + 3 + 9);
    double[] row =
        Arrays.stream(result.outLines().get(1).split(","))
            .mapToDouble(Double::parseDouble)
            .toArray();
    for (int output = 0; output < 3; output++) {
      assertThat(header.get(output)).startsWith("score_");
      double sum = row[3 + output] + row[6 + output] + row[9 + output] + row[12 + output];
      assertThat(row[output]).isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-3));
    }
  }

  private static String rounded(String line) {
    return Arrays.stream(line.split(",", -1))
        .map(
            field ->
                field.matches("-?[0-9.E-]+")
                    ? String.format(Locale.ROOT, "%.2f", Double.parseDouble(field))
                    : field)
        .collect(Collectors.joining(","));
  }
}
