package dev.slope.report;

import dev.slope.export.ModelManifest;
import dev.slope.export.Transform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The model card, {@code MODEL_CARD.md}: what a model is, for a reader who must decide whether to
 * use it, with the sections that only its makers can write left to them.
 *
 * @param model what it is
 * @param description the config's own; null where it has none
 * @param facts about the run, by name
 * @param data the rows by their part
 * @param metrics on them, by their part
 */
public record ModelCard(
    ModelManifest model,
    @Nullable String description,
    Map<String, String> facts,
    List<Rows> data,
    List<Measured> metrics) {
  /** The file's name. */
  public static final String FILE_NAME = "MODEL_CARD.md";

  /** A table of more weights is no reading; {@code model.json} has them all. */
  private static final int MOST_COEFFICIENTS = 100;

  public ModelCard {
    facts = new LinkedHashMap<>(facts);
    data = List.copyOf(data);
    metrics = List.copyOf(metrics);
  }

  /**
   * The rows of a part.
   *
   * @param part such as {@code training}
   * @param rows how many
   * @param source what it is called
   * @param sha256 of the source; null where the rows were split off the training source
   */
  public record Rows(String part, long rows, String source, @Nullable String sha256) {}

  /**
   * The metrics of a part.
   *
   * @param part such as {@code training}
   * @param values by name
   */
  public record Measured(String part, Map<String, Double> values) {}

  /** The card as Markdown. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# " + plain(model.name()));
    if (description != null) {
      lines.addAll(List.of("", plain(description)));
    }
    addModel(lines);
    lines.addAll(
        List.of(
            "",
            "## Intended use",
            "",
            "_To fill in: what decisions it is for, who uses it, and what it must not be used"
                + " for._"));
    addData(lines);
    addMetrics(lines);
    addCoefficients(lines);
    lines.addAll(
        List.of(
            "",
            "## Limits",
            "",
            "_To fill in: groups and ranges that the data don't cover, known errors, who is"
                + " affected by them, and when the model must be trained anew._",
            ""));
    return String.join("\n", lines);
  }

  private void addModel(List<String> lines) {
    lines.addAll(List.of("", "## Model", "", "| | |", "|---|---|"));
    row(lines, "type", model.type() + ", link " + model.link());
    row(lines, "minimised", model.objective());
    ModelManifest.Classification classification = model.classification();
    if (classification == null) {
      row(
          lines,
          "predicts",
          String.join(", ", model.outputs().stream().map(ModelManifest.Output::label).toList()));
    } else {
      row(
          lines,
          "predicts",
          classification.label() + ", one of " + String.join(", ", classification.classes()));
    }
    facts.forEach((name, value) -> row(lines, name, value));
  }

  private void addData(List<String> lines) {
    lines.addAll(
        List.of("", "## Data", "", "| part | rows | source | SHA-256 |", "|---|---:|---|---|"));
    for (Rows rows : data) {
      row(
          lines,
          rows.part(),
          String.format(Locale.ROOT, "%,d", rows.rows()),
          rows.source(),
          rows.sha256() == null ? "" : rows.sha256());
    }
    lines.addAll(List.of("", "| column | type | becomes |", "|---|---|---|"));
    for (ModelManifest.Column column : model.columns()) {
      Transform transform = column.transform();
      row(lines, column.name(), column.dtype(), transform == null ? use(column) : transform.type());
    }
    List<ModelManifest.Cross> crosses = model.crosses();
    for (ModelManifest.Cross cross : crosses == null ? List.<ModelManifest.Cross>of() : crosses) {
      row(
          lines,
          cross.name(),
          "",
          "cross of "
              + String.join(
                  " and ",
                  cross.columns().stream().map(ModelManifest.CrossedColumn::column).toList()));
    }
  }

  private String use(ModelManifest.Column column) {
    return column.name().equals(model.offsetColumn()) ? "offset of the score" : "part of a cross";
  }

  private void addMetrics(List<String> lines) {
    lines.addAll(List.of("", "## Metrics", ""));
    List<String> header = new ArrayList<>(List.of("metric"));
    metrics.forEach(measured -> header.add(measured.part()));
    row(lines, header.toArray(new String[0]));
    lines.add("|---" + "|---:".repeat(metrics.size()) + "|");
    List<String> names = new ArrayList<>(metrics.get(0).values().keySet());
    TreeSet<String> others = new TreeSet<>();
    metrics.forEach(measured -> others.addAll(measured.values().keySet()));
    names.forEach(others::remove);
    names.addAll(others);
    for (String name : names) {
      List<String> cells = new ArrayList<>(List.of(name));
      for (Measured measured : metrics) {
        Double value = measured.values().get(name);
        cells.add(value == null ? "" : number(value));
      }
      row(lines, cells.toArray(new String[0]));
    }
  }

  private void addCoefficients(List<String> lines) {
    lines.addAll(
        List.of(
            "",
            "## Coefficients",
            "",
            "On the scale of the data, and on the scale that the model trains on, where they can be"
                + " compared."));
    for (ModelManifest.Output output : model.outputs()) {
      lines.add("");
      row(lines, output.score(), "coefficient", "standardized");
      lines.add("|---|---:|---:|");
      List<ModelManifest.Coefficient> shown =
          output.largest(MOST_COEFFICIENTS).stream()
              .sorted(Comparator.comparingDouble(coefficient -> -coefficient.magnitude()))
              .toList();
      for (ModelManifest.Coefficient coefficient : shown) {
        row(
            lines,
            coefficient.name(),
            number(coefficient.value()),
            number(coefficient.standardized()));
      }
      row(lines, "(intercept)", number(output.intercept()), number(output.standardizedIntercept()));
      if (shown.size() < output.coefficients().size()) {
        lines.add("");
        lines.add(
            String.format(
                Locale.ROOT,
                "The %d largest of %,d; `model.json` has all.",
                shown.size(),
                output.coefficients().size()));
      }
    }
  }

  private static void row(List<String> lines, String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(plain(cell)).append(" |");
    }
    lines.add(row.toString());
  }

  /** A text that Markdown takes for nothing else, in one line. */
  private static String plain(String text) {
    return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_<|\\[\\]#~])", "\\\\$1");
  }

  /** Six significant digits. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
