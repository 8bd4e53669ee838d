package dev.slope.pipeline;

import dev.slope.config.Precision;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.export.Classification;
import dev.slope.export.ServedModel;
import dev.slope.features.FittedLabels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a model predicts as columns of text; a row that can't be predicted has empty ones. */
final class PredictionColumns implements AnsweredRows.Answers {
  private final ServedModel model;

  PredictionColumns(ServedModel model) {
    this.model = model;
  }

  @Override
  public List<String> header() {
    return names(model.labels());
  }

  /** The columns' names. */
  static List<String> names(FittedLabels labels) {
    if (labels instanceof FittedLabels.Regression) {
      return labels.columns().size() == 1
          ? List.of("prediction")
          : labels.columns().stream().map(label -> "prediction_" + label).toList();
    }
    if (labels instanceof FittedLabels.Classes classes) {
      List<String> names = new ArrayList<>(List.of("class"));
      if (classes.hasProbabilities()) {
        classes.classes().forEach(name -> names.add("probability_" + name));
      } else {
        names.add("margin");
      }
      return names;
    }
    throw new AssertionError("no columns of " + labels.getClass().getSimpleName());
  }

  @Override
  public List<List<String>> of(CodedRows coded) {
    List<List<String>> rows = new ArrayList<>();
    if (model.labels() instanceof FittedLabels.Classes classes) {
      for (Classification answer : model.classify(coded)) {
        for (int row = 0; row < answer.logits().rows(); row++) {
          rows.add(classified(classes, answer, row));
        }
      }
      return rows;
    }
    for (FloatBlock predictions : model.predict(coded).blocks()) {
      for (int row = 0; row < predictions.rows(); row++) {
        rows.add(numbers(predictions, row));
      }
    }
    return rows;
  }

  private static List<String> classified(
      FittedLabels.Classes classes, Classification answer, int row) {
    List<String> logits = numbers(answer.logits(), row);
    if (logits.contains("")) {
      return Collections.nCopies(names(classes).size(), "");
    }
    List<String> fields =
        new ArrayList<>(List.of(classes.classes().get((int) answer.classIds().get(row))));
    fields.addAll(answer.probabilities() == null ? logits : numbers(answer.probabilities(), row));
    return fields;
  }

  private static List<String> numbers(FloatBlock values, int row) {
    List<String> numbers = new ArrayList<>();
    for (int column = 0; column < values.columns(); column++) {
      numbers.add(number(values.get(row, column)));
    }
    return numbers;
  }

  /** Empty where it is not finite. */
  static String number(double value) {
    return Double.isFinite(value) ? Precision.text(value) : "";
  }
}
