package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.config.LoadedConfig;
import dev.slope.report.HistoryRow;
import dev.slope.report.NamedFile;
import dev.slope.report.tensorboard.EventFile;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What TensorBoard shows of a run.
 *
 * @param loaded the config
 * @param job that trained
 * @param trained its result
 * @param ended when the training ended
 */
record RunEvents(LoadedConfig loaded, TrainingJob job, TrainedModel trained, Instant ended) {
  /** Where the settings are that runs are compared by. */
  private static final List<String> SECTIONS = List.of("seed", "model", "training");

  /** What says where and how safely a training runs, and nothing about its result. */
  private static final List<String> OF_THE_MACHINE =
      List.of("/training/checkpoint", "/training/device", "/training/memory");

  /**
   * The file of its events.
   *
   * @throws dev.slope.report.tensorboard.EventFileException where this machine can't write it
   */
  NamedFile file(List<HistoryRow> history, RunMetrics metrics) {
    return new EventFile(
            history,
            Trainer.initial(job),
            trained.weights(),
            hyperparameters(loaded.effectiveJson()),
            RunEvaluation.byPart(metrics).byName(),
            ended)
        .encode();
  }

  /**
   * Every text, number and truth of the sections by its JSON pointer, as {@code --set} takes it.
   * Lists are left out: they have an element a feature or a class.
   */
  static Map<String, Object> hyperparameters(String effectiveJson) {
    JsonNode config = Json.mapper().readTree(effectiveJson);
    Map<String, Object> values = new TreeMap<>();
    for (String section : SECTIONS) {
      add(JsonPointer.empty().appendProperty(section), config.get(section), values);
    }
    return values;
  }

  private static void add(JsonPointer pointer, JsonNode node, Map<String, Object> values) {
    String name = pointer.toString();
    if (OF_THE_MACHINE.contains(name)) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              member -> add(pointer.appendProperty(member.getKey()), member.getValue(), values));
    } else if (node.isString()) {
      values.put(name, node.stringValue());
    } else if (node.isBoolean()) {
      values.put(name, node.booleanValue());
    } else if (node.isNumber()) {
      values.put(name, node.doubleValue());
    }
  }
}
