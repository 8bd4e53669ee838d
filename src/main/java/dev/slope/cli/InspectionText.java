package dev.slope.cli;

import dev.slope.export.ModelManifest;
import dev.slope.export.SavedModelDescription.TensorText;
import dev.slope.pipeline.Inspection;
import dev.slope.pipeline.RunMetrics;
import java.util.Map;
import java.util.stream.Collectors;
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
    text.append(EquationText.of(model.outputs()));
    text.append("\ncolumns\n");
    for (ModelManifest.Column column : model.columns()) {
      text.append("  ").append(column(column)).append('\n');
    }
    RunMetrics.OfRows train = inspection.metrics().train();
    text.append("\nmetrics on the ").append(train.rows()).append(" training rows\n");
    text.append(MetricText.of(train.metrics(), train.undefined()));
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

  private static String column(ModelManifest.Column column) {
    ModelManifest.Transform transform = column.transform();
    String key =
        column.name().equals(column.signatureKey())
            ? ""
            : ", in signatures '" + column.signatureKey() + "'";
    return "%s: %s, %s, (value - %s) / %s%s"
        .formatted(
            column.name(),
            column.dtype(),
            transform.type(),
            EquationText.number(transform.offset()),
            EquationText.number(transform.divisor()),
            key);
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
