package dev.slope.pipeline;

import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.export.Explanation;
import dev.slope.export.ServedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** What scores are made of as columns of text; a row without a prediction has empty ones. */
final class ExplanationColumns implements AnsweredRows.Answers {
  private final ServedModel model;
  private final List<String> header = new ArrayList<>();

  ExplanationColumns(ServedModel model) {
    this.model = model;
    addNames("score");
    addNames("intercept");
    if (model.manifest().offsetColumn() != null) {
      header.add("offset");
    }
    model.features().forEach(feature -> addNames("contribution_" + feature));
  }

  private void addNames(String prefix) {
    List<String> outputs = model.labels().outputs();
    if (outputs.size() == 1) {
      header.add(prefix);
    } else {
      outputs.forEach(output -> header.add(prefix + "_" + output));
    }
  }

  @Override
  public List<String> header() {
    return List.copyOf(header);
  }

  @Override
  public List<String[]> of(CodedRows rows) {
    List<String[]> fields = new ArrayList<>();
    for (Explanation explanation : model.explain(rows)) {
      for (int row = 0; row < explanation.scores().rows(); row++) {
        fields.add(fields(explanation, row).toArray(new String[0]));
      }
    }
    return fields;
  }

  private List<String> fields(Explanation explanation, int row) {
    List<String> fields = new ArrayList<>();
    add(explanation.scores(), row, fields);
    if (fields.contains("")) {
      return Collections.nCopies(header.size(), "");
    }
    add(explanation.intercepts(), row, fields);
    if (model.manifest().offsetColumn() != null) {
      add(Objects.requireNonNull(explanation.offsets()), row, fields);
    }
    add(explanation.contributions(), row, fields);
    return fields;
  }

  private static void add(FloatBlock values, int row, List<String> fields) {
    for (int column = 0; column < values.columns(); column++) {
      fields.add(PredictionColumns.number(values.get(row, column)));
    }
  }
}
