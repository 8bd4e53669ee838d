package dev.slope.cli;

import dev.slope.export.ModelManifest;
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
  private InspectionText() {}

  static String of(Inspection inspection) {
    ModelManifest model = inspection.model();
    StringBuilder text = new StringBuilder();
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
    metrics("training", inspection.metrics().train(), text);
    metrics("validation", inspection.metrics().validation(), text);
    metrics("test", inspection.metrics().test(), text);
    text.append("\nsignatures\n");
    inspection
        .savedModel()
        .signatures()
        .forEach(
            (name, signature) ->
                text.append("  ")
                    .append(name)
                    .append('(')
                    .append(tensors(signature.inputs()))
                    .append(") -> ")
                    .append(tensors(signature.outputs()))
                    .append('\n'));
    text.append("\nprovenance\n");
    lines(inspection.provenance(), "  ", text);
    return text.toString();
  }

  private static void metrics(String part, RunMetrics.@Nullable OfRows rows, StringBuilder text) {
    if (rows != null) {
      text.append("\nmetrics on the ").append(rows.rows());
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
        .map(
            tensor ->
                tensor.getKey()
                    + ": "
                    + tensor.getValue().dtype()
                    + tensor.getValue().shape().toString().replace(" ", ""))
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
