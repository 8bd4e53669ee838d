package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the page of a run is made of; that it is drawn, src/browser tests. */
class ReportCommandTest {
  @TempDir Path folder;

  private CommandResult train(String config, String... sets) {
    Object[] arguments = new Object[4 + 2 * sets.length];
    arguments[0] = "train";
    arguments[1] = Path.of("configs", config + ".json");
    arguments[2] = "--models";
    arguments[3] = folder;
    for (int i = 0; i < sets.length; i++) {
      arguments[4 + 2 * i] = "--set";
      arguments[5 + 2 * i] = sets[i];
    }
    return CommandResult.of(arguments);
  }

  private static JsonNode dataOf(Path page) throws IOException {
    String html = Files.readString(page);
    String begin = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(begin) + begin.length();
    return Json.mapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  /**
   * Eleven points x = 0..10: the mean of x^2 is 35, of x 5, so H = 2 [[35, 5], [5, 1]], its largest
   * eigenvalue 36 + sqrt(34^2 + 10^2).
   */
  @Test
  void thePageOfTheLine() throws IOException {
    CommandResult trained = train("line", "/report/html=true", "/report/plots=false");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Path page = folder.resolve("line/1/assets.extra/report.html");
    assertThat(Files.size(page)).isBetween(1_000_000L, 6_000_000L);
    JsonNode data = dataOf(page);

    assertThat(data.at("/model/name").asString()).isEqualTo("line");
    JsonNode surface = data.get("surface");
    double[] hessian = {70, 10, 10, 2};
    for (int i = 0; i < 4; i++) {
      assertThat(surface.at("/hessian/" + i).asDouble()).isCloseTo(hessian[i], within(1e-10));
    }
    assertThat(surface.at("/optimum/0").asDouble()).isCloseTo(2, within(1e-10));
    assertThat(surface.at("/optimum/1").asDouble()).isCloseTo(1, within(1e-10));
    assertThat(surface.get("largest_eigenvalue").asDouble())
        .isCloseTo(36 + Math.sqrt(34 * 34 + 100), within(1e-9));
    assertThat(surface.get("learning_rate").asDouble()).isEqualTo(0.01);
    assertThat(surface.get("epochs").asInt()).isEqualTo(100);
    assertThat(data.at("/rows/x").size()).isEqualTo(11);
    assertThat(data.at("/rows/targets/y/10").asDouble()).isEqualTo(21);
    assertThat(data.at("/history/loss").size()).isEqualTo(100);
    assertThat(data.at("/history").has("validation_loss")).isFalse();
    assertThat(data.at("/metrics/train/baseline/mse").asDouble()).isEqualTo(40);
  }

  /**
   * The area under the points, by trapezoids, is auc: no point of 569 rows is far from the next.
   */
  @Test
  void theCurvesOfTwoClasses() throws IOException {
    train("breast_cancer", "/report/html=true", "/report/plots=false");
    JsonNode data = dataOf(folder.resolve("breast_cancer/1/assets.extra/report.html"));
    JsonNode curves = data.get("curves");
    int points = curves.get("recall").size();
    double area = 0;
    for (int i = 1; i < points; i++) {
      area +=
          (at(curves, "false_positive_rate", i) - at(curves, "false_positive_rate", i - 1))
              * (at(curves, "recall", i) + at(curves, "recall", i - 1))
              / 2;
    }
    assertThat(area).isCloseTo(data.at("/metrics/train/metrics/auc").asDouble(), within(1e-3));
    assertThat(at(curves, "recall", points - 1)).isEqualTo(1);
    assertThat(at(curves, "precision", points - 1)).isCloseTo(212 / 569.0, within(1e-12));
    assertThat(data.has("surface")).isFalse();
    assertThat(data.has("rows")).isFalse();
  }

  private static double at(JsonNode curves, String name, int point) {
    return curves.get(name).get(point).asDouble();
  }

  @Test
  void isMadeLaterToo() throws IOException {
    train("line", "/report/plots=false");
    Path file = folder.resolve("line.html");
    CommandResult result = CommandResult.of("report", folder.resolve("line"), "-o", file);

    assertThat(result.exitCode()).as(result.err()).isZero();
    // Of a run without pictures there are the loss and the coefficients.
    Path extra = folder.resolve("line/1/assets.extra");
    assertThat(result.outLines())
        .containsExactly(
            file.toString(),
            extra.resolve("loss.png").toString(),
            extra.resolve("loss.svg").toString(),
            extra.resolve("coefficients.png").toString(),
            extra.resolve("coefficients.svg").toString());
    assertThat(dataOf(file).has("rows")).isFalse();
    assertThat(dataOf(file).at("/model/outputs/0/coefficients/0/feature").asString())
        .isEqualTo("x");
    CommandResult missing =
        CommandResult.of("report", folder.resolve("line"), "-o", folder.resolve("no/line.html"));
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.err()).contains("line.html can't be written: ");
  }

  private static List<String> namesIn(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }

  /** What training draws is drawn again from what the export holds, and all the rest besides. */
  @Test
  void thePicturesOfARunAreMadeAgain() throws IOException {
    train("plane");
    Path extra = folder.resolve("plane/1/assets.extra");
    assertThat(namesIn(extra, ".svg")).containsExactly("fit", "loss");
    Path plots = folder.resolve("plots/plane");
    CommandResult result =
        CommandResult.of(
            "report",
            folder.resolve("plane"),
            "-o",
            folder.resolve("plane.html"),
            "--plots",
            plots,
            "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.json().get("report").asString())
        .isEqualTo(folder.resolve("plane.html").toString());
    assertThat(result.json().get("plots")).hasSize(12);
    List<String> names = List.of("coefficients", "cost", "fit", "loss", "qq", "residuals");
    assertThat(namesIn(plots, ".svg")).isEqualTo(names);
    assertThat(namesIn(plots, ".png")).isEqualTo(names);
    for (String picture : List.of("fit", "loss")) {
      for (String ending : List.of(".svg", ".png")) {
        assertThat(plots.resolve(picture + ending))
            .hasSameBinaryContentAs(extra.resolve(picture + ending));
      }
    }
  }

  /** The page's training draws all pictures, the same ones as the command. */
  @Test
  void withThePageTrainingDrawsAll() throws IOException {
    train("breast_cancer", "/report/html=true");
    Path extra = folder.resolve("breast_cancer/1/assets.extra");
    List<String> names =
        List.of("calibration", "coefficients", "confusion", "loss", "precision_recall", "roc");
    assertThat(namesIn(extra, ".svg")).isEqualTo(names);
    Path plots = folder.resolve("plots");
    CommandResult.of("report", folder.resolve("breast_cancer"), "--plots", plots);
    for (String picture : names) {
      assertThat(plots.resolve(picture + ".svg"))
          .hasSameTextualContentAs(extra.resolve(picture + ".svg"));
    }
    assertThat(plots.resolve("roc.svg"))
        .content()
        .contains(
            "<title>ROC curve</title>", ">false positive rate<", ">recall (true positive rate)<");
    assertThat(plots.resolve("confusion.svg")).content().contains(">malignant<", ">true class<");
    assertThat(plots.resolve("calibration.svg")).content().contains(">predicted probability<");
  }

  /** Three classes have neither curves nor calibration; three labels have pictures of their own. */
  @Test
  void severalClassesAndLabels() throws IOException {
    train("iris", "/report/html=true");
    assertThat(namesIn(folder.resolve("iris/1/assets.extra"), ".svg"))
        .containsExactly("coefficients", "confusion", "loss");
    train("linnerud", "/report/html=true");
    assertThat(namesIn(folder.resolve("linnerud/1/assets.extra"), ".svg"))
        .containsExactly(
            "coefficients",
            "fit_Pulse",
            "fit_Waist",
            "fit_Weight",
            "loss",
            "qq_Pulse",
            "qq_Waist",
            "qq_Weight",
            "residuals_Pulse",
            "residuals_Waist",
            "residuals_Weight");
  }

  /** The page draws what the pictures do: from the same numbers, computed once. */
  @Test
  void thePageHasTheNumbersOfThePictures() throws IOException {
    train("line", "/report/html=true", "/report/plots=false");
    JsonNode data = dataOf(folder.resolve("line/1/assets.extra/report.html"));

    assertThat(data.get("rate").asDouble()).isEqualTo(0.01);
    // The residuals of y = 2x + 1 beside the model's own equation.
    double weight = data.at("/model/outputs/0/coefficients/0/value").asDouble();
    double intercept = data.at("/model/outputs/0/intercept").asDouble();
    for (int x = 0; x <= 10; x++) {
      assertThat(data.at("/residuals/y/residuals/" + x).asDouble())
          .isCloseTo(2 * x + 1 - (weight * x + intercept), within(1e-5));
    }
    // The median of eleven, and NormalDist().inv_cdf(0.5 / 11) of Python.
    assertThat(data.at("/residuals/y/normal/5").asDouble()).isEqualTo(0);
    assertThat(data.at("/residuals/y/normal/0").asDouble())
        .isCloseTo(-1.6906216295848977, within(1e-9));
    assertThat(data.at("/coefficients/names/0").asString()).isEqualTo("x");
    assertThat(data.at("/coefficients/outputs/0/values/0").asDouble()).isEqualTo(weight);
  }

  /** Whatever the rows are, pictures are no reason for a training to fail. */
  @Test
  void oddRowsAreDrawnAsFarAsTheyGo() throws IOException {
    // Nothing but zeros; two columns that are the same; a single row; a label of one value.
    List<String> columns =
        List.of(
            "{\"a\": [0, 0, 0], \"b\": [0, 0, 0], \"y\": [1, 2, 3]}",
            "{\"a\": [1, 2, 4], \"b\": [1, 2, 4], \"y\": [1, 2, 3]}",
            "{\"a\": [1], \"b\": [2], \"y\": [3]}",
            "{\"a\": [1, 2, 4], \"b\": [3, 1, 2], \"y\": [7, 7, 7]}");
    List<String> drawn = List.of("coefficients", "cost", "fit", "loss", "qq", "residuals");
    List<String> flat = List.of("coefficients", "fit", "loss", "qq", "residuals");
    for (int i = 0; i < columns.size(); i++) {
      Path config = folder.resolve("odd" + i + ".json");
      Files.writeString(
          config,
          """
          {"data": {"train": {"type": "inline", "columns": %s}}, "label": "y",
           "features": {"*": {"type": "numeric", "scaling": "none"}},
           "model": {"type": "linear_regression", "fit_intercept": false},
           "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 0.01}, "epochs": 20}}
          """
              .formatted(columns.get(i)));
      CommandResult trained = CommandResult.of("train", config, "--models", folder);
      assertThat(trained.exitCode()).as(columns.get(i) + trained.err()).isZero();
      Path plots = folder.resolve("odd-plots" + i);
      CommandResult report =
          CommandResult.of("report", folder.resolve("odd" + i), "--plots", plots);
      assertThat(report.exitCode()).as(columns.get(i) + report.err()).isZero();
      assertThat(namesIn(plots, ".svg")).as(columns.get(i)).isEqualTo(i == 0 ? flat : drawn);
    }
  }
}
