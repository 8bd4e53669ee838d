package dev.slope.cli;

import dev.slope.export.ModelManifest;
import dev.slope.export.SavedModelDescription;
import dev.slope.export.SavedModelDescription.TensorText;
import dev.slope.export.Transform;
import dev.slope.pipeline.Inspection;
import dev.slope.pipeline.RunMetrics;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An inspection as a person reads it. */
final class InspectionText {
  private static final int MOST_VARIABLES = 50;

  private InspectionText() {}

  static String of(Inspection inspection) {
    ModelManifest model = inspection.model();
    StringBuilder text = new StringBuilder();
    if (model == null) {
      text.append("SavedModel in ").append(inspection.directory()).append("\n");
    } else {
      model(inspection, model, text);
    }
    savedModel(inspection.savedModel(), model == null, text);
    inspection.otherGraphs().forEach(graph -> savedModel(graph, true, text));
    if (inspection.provenance() != null) {
      text.append("\nprovenance\n");
      lines(inspection.provenance(), "  ", text);
    }
    return text.toString();
  }

  private static void model(Inspection inspection, ModelManifest model, StringBuilder text) {
    text.append(model.name()).append(" in ").append(inspection.directory()).append("\n\n");
    text.append(model.type()).append(", link ").append(model.link()).append('\n');
    text.append("  minimised the ").append(model.objective()).append('\n');
    ModelManifest.Classification classification = model.classification();
    if (classification != null) {
      text.append("  ").append(decision(classification)).append('\n');
    }
    text.append(EquationText.of(model.outputs()));
    text.append(StatisticsText.of(model.outputs()));
    if (model.statisticsRefused() != null) {
      text.append("  no statistics: ").append(model.statisticsRefused()).append('\n');
    }
    if (model.offsetColumn() != null) {
      text.append("  + ").append(model.offsetColumn()).append(", the offset of every row\n");
    }
    text.append("\ncolumns\n");
    for (ModelManifest.Column column : model.columns()) {
      text.append("  ").append(column(column, model)).append('\n');
    }
    if (model.crosses() != null) {
      text.append("\ncrosses\n");
      for (ModelManifest.Cross cross : model.crosses()) {
        text.append("  ").append(cross(cross)).append('\n');
      }
    }
    RunMetrics metrics = inspection.metrics();
    if (metrics != null) {
      metrics("training", metrics.train(), text);
      metrics("validation", metrics.validation(), text);
      metrics("test", metrics.test(), text);
    }
  }

  /** What {@code saved_model_cli show --all} shows, the names of tensors in the second lines. */
  private static void savedModel(
      SavedModelDescription graph, boolean variables, StringBuilder text) {
    text.append("\ngraph for ").append(String.join(", ", graph.tags()));
    if (!graph.tensorflowVersion().isEmpty()) {
      text.append(", by TensorFlow ").append(graph.tensorflowVersion());
    }
    text.append("\n\nsignatures\n");
    graph
        .signatures()
        .forEach(
            (name, signature) -> {
              text.append("  ").append(name);
              text.append('(').append(tensors(signature.inputs())).append(") -> ");
              text.append(tensors(signature.outputs())).append('\n');
              SavedModelDescription.Tensors tensors = graph.tensors().get(name);
              if (tensors != null) {
                text.append("    method ").append(signature.method()).append("; ");
                text.append(names(tensors.inputs())).append(" -> ");
                text.append(names(tensors.outputs())).append('\n');
              }
            });
    if (!graph.functions().isEmpty()) {
      text.append("\nmethods\n  ").append(String.join(", ", graph.functions())).append('\n');
    }
    if (variables && !graph.variables().isEmpty()) {
      text.append("\nvariables\n");
      graph.variables().stream()
          .limit(MOST_VARIABLES)
          .forEach(
              variable ->
                  text.append("  ")
                      .append(variable.name())
                      .append(": ")
                      .append(variable.value())
                      .append(variable.trainable() ? ", trainable\n" : "\n"));
      if (graph.variables().size() > MOST_VARIABLES) {
        text.append("  and %,d more\n".formatted(graph.variables().size() - MOST_VARIABLES));
      }
    }
  }

  private static String names(Map<String, String> tensors) {
    return tensors.entrySet().stream()
        .map(tensor -> tensor.getKey() + " = " + tensor.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void metrics(String part, RunMetrics.@Nullable OfRows rows, StringBuilder text) {
    if (rows != null) {
      text.append("\nmetrics on ").append(rows.rows());
      text.append(' ').append(part).append(" rows\n");
      text.append(MetricText.of(rows));
    }
  }

  private static String decision(ModelManifest.Classification classification) {
    String classes = "classes " + classification.classes();
    if (classification.positiveClass() == null) {
      return classes + ": the one with the largest score";
    }
    String from =
        classification.threshold() == null
            ? "a margin of 0"
            : "a probability of " + EquationText.number(classification.threshold());
    return classes + ": '" + classification.positiveClass() + "' from " + from + " on";
  }

  private static String column(ModelManifest.Column column, ModelManifest model) {
    Transform transform = column.transform();
    String key =
        column.name().equals(column.signatureKey())
            ? ""
            : ", in signatures '" + column.signatureKey() + "'";
    return "%s: %s, %s%s"
        .formatted(
            column.name(),
            column.dtype(),
            transform == null ? withoutTransform(column, model) : TransformText.of(transform),
            key);
  }

  private static String withoutTransform(ModelManifest.Column column, ModelManifest model) {
    return column.name().equals(model.offsetColumn())
        ? "offset, added to the score"
        : "for crosses";
  }

  private static String cross(ModelManifest.Cross cross) {
    return "%s: %s, hashed into %d buckets"
        .formatted(
            cross.name(),
            cross.columns().stream()
                .map(ModelManifest.CrossedColumn::column)
                .collect(Collectors.joining(" x ")),
            cross.buckets());
  }

  private static String tensors(Map<String, TensorText> tensors) {
    return tensors.entrySet().stream()
        .map(tensor -> tensor.getKey() + ": " + tensor.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void lines(JsonNode object, String indent, StringBuilder text) {
    object.forEachEntry(
        (key, value) -> {
          text.append(indent).append(key);
          if (value.isObject()) {
            text.append('\n');
            lines(value, indent + "  ", text);
          } else {
            text.append(": ").append(value.asString()).append('\n');
          }
        });
  }
}
