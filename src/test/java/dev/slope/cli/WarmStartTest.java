package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A training that starts from an exported model. */
class WarmStartTest {
  @TempDir Path folder;

  /** z = 2 x - y + 3 exactly, so newton's model has no loss. */
  @BeforeEach
  void trainTheFirstModel() throws IOException {
    Files.writeString(folder.resolve("first.csv"), "x,y,z\n0,0,3\n1,0,5\n0,1,2\n1,1,4\n2,5,2\n");
    CommandResult first =
        train("first", "first.csv", "z", "linear_regression", "zeros", "\"newton\"", 1);
    assertThat(first.exitCode()).as(first.err()).isZero();
  }

  private CommandResult train(
      String name,
      String data,
      String label,
      String model,
      String initializer,
      String optimizer,
      int epochs)
      throws IOException {
    String start =
        initializer.equals("zeros")
            ? "\"zeros\""
            : "{\"type\": \"model\", \"path\": \"" + initializer + "\"}";
    Path config =
        Files.writeString(
            folder.resolve(name + ".json"),
            """
            {"data": {"train": "%s"}, "label": "%s",
             "model": {"type": "%s", "initializer": %s},
             "training": {"optimizer": %s, "epochs": %d}, "report": {"plots": false}}
            """
                .formatted(data, label, model, start, optimizer, epochs));
    return CommandResult.of("train", config, "--models", folder.resolve("models"), "--json");
  }

  private CommandResult again(String data, String label, String model, String path)
      throws IOException {
    return train(
        "second",
        data,
        label,
        model,
        path,
        "{\"type\": \"gradient_descent\", \"learning_rate\": 1e-6}",
        1);
  }

  /** Other rows have other means and deviations: the first epoch's loss is 0 all the same. */
  @Test
  void theSameEquationOnAnotherScale() throws IOException {
    Files.writeString(folder.resolve("more.csv"), "y,x,z\n10,3,-1\n-4,7,21\n6,100,197\n0,50,103\n");

    CommandResult result = again("more.csv", "z", "linear_regression", "models/first");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode output = result.json().at("/outputs/0");
    assertThat(output.at("/coefficients/0/feature").asString()).isEqualTo("y");
    assertThat(output.at("/coefficients/0/value").asDouble()).isCloseTo(-1, within(1e-4));
    assertThat(output.at("/coefficients/1/value").asDouble()).isCloseTo(2, within(1e-4));
    assertThat(output.get("intercept").asDouble()).isCloseTo(3, within(1e-3));
    // float32 of labels near 200 errs by 1e-5, squared.
    assertThat(result.json().at("/metrics/mse").asDouble()).isLessThan(1e-6);
  }

  @Test
  void aNumberedVersionAndANewFeature() throws IOException {
    Files.writeString(
        folder.resolve("more.csv"), "x,y,extra,z\n0,0,1,3\n1,0,2,5\n0,1,5,2\n1,1,1,4\n");

    CommandResult result = again("more.csv", "z", "linear_regression", "models/first/1");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.json().at("/outputs/0/coefficients/2/value").asDouble())
        .isCloseTo(0, within(1e-5));
    assertThat(result.json().at("/metrics/mse").asDouble()).isLessThan(1e-8);
  }

  @Test
  void aModelOfAnotherTypeIsRefused() throws IOException {
    assertFails(
        "must be a huber_regression, but is a linear_regression",
        again("first.csv", "z", "huber_regression", "models/first"));
  }

  @Test
  void aModelOfAnotherLinkIsRefused() throws IOException {
    Files.writeString(folder.resolve("classes.csv"), "x,c\n0,0\n1,1\n2,0\n3,1\n");
    String logit = "logistic_regression";
    CommandResult first = train("logit", "classes.csv", "c", logit, "zeros", "\"newton\"", 5);
    assertThat(first.exitCode()).as(first.err()).isZero();

    String probit = logit + "\", \"link\": \"probit";
    CommandResult second =
        train("probit", "classes.csv", "c", probit, "models/logit", "\"newton\"", 5);

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains(" must have the link probit, but has logit; start from");
  }

  @Test
  void aModelOfAnotherLabelIsRefused() throws IOException {
    Files.writeString(folder.resolve("more.csv"), "x,y,v\n0,0,3\n1,0,5\n");

    assertFails(
        "must predict [v], but predicts [z]",
        again("more.csv", "v", "linear_regression", "models/first"));
  }

  @Test
  void aFeatureThatTheRunHasNotIsNamed() throws IOException {
    Files.writeString(folder.resolve("more.csv"), "x,z\n0,3\n1,5\n");

    assertFails(
        "must have no feature but those of this run, [x], but has 'y'",
        again("more.csv", "z", "linear_regression", "models/first"));
  }

  @Test
  void aModelThatIsMissingIsLookedForBesideTheConfig() throws IOException {
    CommandResult result = again("first.csv", "z", "linear_regression", "models/frist");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            "slope: " + folder.resolve("models/frist") + " does not exist; models there: first\n");
  }

  private void assertFails(String message, CommandResult result) {
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            "slope: /model/initializer: the model of "
                + folder.resolve("models/first/1")
                + " "
                + message
                + "; start from another model or from zeros\n");
    assertThat(folder.resolve("models/second")).doesNotExist();
  }
}
