package dev.slope.pipeline;

import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.export.Classification;
import dev.slope.export.ServedModel;
import dev.slope.features.FittedLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.io.schubfach.DoubleToDecimal;
import tools.jackson.core.io.schubfach.FloatToDecimal;

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
  public List<String[]> of(CodedRows coded) {
    List<String[]> rows = new ArrayList<>();
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

  private static String[] classified(FittedLabels.Classes classes, Classification answer, int row) {
    FloatBlock values = answer.probabilities() == null ? answer.logits() : answer.probabilities();
    String[] fields = new String[1 + values.columns()];
    for (int output = 0; output < answer.logits().columns(); output++) {
      if (!Double.isFinite(answer.logits().get(row, output))) {
        Arrays.fill(fields, "");
        return fields;
      }
    }
    fields[0] = classes.classes().get((int) answer.classIds().get(row));
    for (int column = 0; column < values.columns(); column++) {
      fields[1 + column] = number(values.get(row, column));
    }
    return fields;
  }

  private static String[] numbers(FloatBlock values, int row) {
    String[] numbers = new String[values.columns()];
    for (int column = 0; column < numbers.length; column++) {
      numbers[column] = number(values.get(row, column));
    }
    return numbers;
  }

  /** The shortest decimal that reads back as the value; empty where it is not finite. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    float narrow = (float) value;
    return narrow == value ? FloatToDecimal.toString(narrow) : DoubleToDecimal.toString(value);
  }
}
