package dev.slope.features;

import dev.slope.config.ModelConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Learns what the label columns mean to a model, and refuses labels that it can't have. */
public final class LabelFitter {
  /** Classes are seldom written as fractions; so many different ones are measurements. */
  private static final int MOST_FRACTIONAL_CLASSES = 20;

  private final RunConfig run;
  private final String source;

  private LabelFitter(RunConfig run, String source) {
    this.run = run;
    this.source = source;
  }

  /**
   * Learns from the training rows.
   *
   * @param run names the labels and the model, and the positive class and threshold where it has
   *     them
   * @param source what messages call the data
   * @param rows at least one, with a label each, of the label columns and any others
   * @throws DataException where the model can't have such labels
   */
  public static FittedLabels fit(RunConfig run, String source, CodedRows rows) {
    LabelFitter fitter = new LabelFitter(run, source);
    if (run.model() instanceof ModelConfig.Classifier) {
      return fitter.classes(rows);
    }
    FloatMatrix raw = LabelColumns.of(rows, run.label());
    check(run, source, raw);
    if (isOfCounts(run.model())) {
      fitter.requirePositive(raw);
    }
    return new FittedLabels.Regression(raw.names());
  }

  /**
   * Checks labels one by one, and learns nothing from them; one that is missing passes.
   *
   * @param source what messages call the data
   * @param rows any, of the label columns and any others
   * @throws DataException naming the first row whose label the model can't have
   */
  public static void check(RunConfig run, String source, CodedRows rows) {
    if (hasRules(run.model())) {
      check(run, source, LabelColumns.of(rows, run.label()));
    }
  }

  /** {@link #fit(RunConfig, String, CodedRows)} of labels that are numbers, and of nothing else. */
  public static FittedLabels fit(RunConfig run, String source, FloatMatrix raw) {
    return fit(run, source, CodedRows.ofNumbers(raw));
  }

  /** {@link #check(RunConfig, String, CodedRows)} of labels that are numbers. */
  public static void check(RunConfig run, String source, FloatMatrix raw) {
    LabelFitter fitter = new LabelFitter(run, source);
    if (isOfCounts(run.model())) {
      fitter.requireLabels(raw, false, ">= 0");
    } else if (run.model() instanceof ModelConfig.GammaRegression) {
      fitter.requireLabels(raw, true, "> 0");
    }
  }

  private static boolean hasRules(ModelConfig model) {
    return isOfCounts(model) || model instanceof ModelConfig.GammaRegression;
  }

  private static boolean isOfCounts(ModelConfig model) {
    return model instanceof ModelConfig.PoissonRegression
        || model instanceof ModelConfig.TweedieRegression;
  }

  /** More than zero somewhere: the mean of nothing but zeros has no logarithm. */
  private void requirePositive(FloatMatrix raw) {
    for (FloatBlock block : raw.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        if (block.get(row, 0) > 0) {
          return;
        }
      }
    }
    throw new DataException(
        "%s: label '%s' must be > 0 in a row for %s, but is 0 in all %d rows"
            .formatted(source, raw.names().get(0), run.model().typeName(), raw.rows()));
  }

  private void requireLabels(FloatMatrix raw, boolean positive, String rule) {
    long before = 0;
    for (FloatBlock block : raw.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        double value = block.get(row, 0);
        if (value < 0 || (positive && value == 0)) {
          throw new DataException(
              "%s, row %d: label '%s' must be %s for %s, but was %s; correct or leave out such rows, or use %s"
                  .formatted(
                      source,
                      before + row + 1,
                      raw.names().get(0),
                      rule,
                      run.model().typeName(),
                      ClassText.of(value),
                      value == 0
                          ? "tweedie_regression, which allows 0"
                          : "linear_regression, which allows any number"));
        }
      }
      before += block.rows();
    }
  }

  private FittedLabels classes(CodedRows rows) {
    String column = run.label().get(0);
    List<String> names = names(rows, column);
    if (names.size() == 1) {
      throw new DataException(
          "%s: label '%s' has one class only, '%s', in %d rows; a classifier needs two or more"
              .formatted(source, column, names.get(0), rows.rows()));
    }
    if (run.model() instanceof ModelConfig.SoftmaxRegression) {
      return new FittedLabels.MultiClass(column, names);
    }
    if (names.size() > 2) {
      throw new DataException(
          "%s: label '%s' has %d classes, %s, but %s tells two apart; use softmax_regression"
              .formatted(source, column, names.size(), shown(names), run.model().typeName()));
    }
    String positive = positiveClass(column, names);
    String negative = names.get(names.get(0).equals(positive) ? 1 : 0);
    if (run.model() instanceof ModelConfig.LogisticRegression logistic) {
      return new FittedLabels.Binary(
          column, negative, positive, run.thresholdOrDefault(), logistic.link());
    }
    if (run.model() instanceof ModelConfig.LinearSvm) {
      return new FittedLabels.Binary(column, negative, positive, null);
    }
    throw new AssertionError("no classes for " + run.model().getClass().getSimpleName());
  }

  /** The classes that occur: numbers in their order, texts in that of their characters. */
  private List<String> names(CodedRows rows, String column) {
    int place = LabelColumns.place(rows, column);
    SortedSet<Double> values = values(rows.values(), place);
    if (rows.columns().get(place).coding() == CellCoding.TEXT) {
      Dictionary dictionary = rows.dictionary(column);
      List<String> names =
          values.stream().map(code -> ClassText.of(code, dictionary)).sorted().toList();
      if (isFewRowsEach(names.size(), rows.rows())) {
        throw new DataException(
            ("%s: label '%s' has %d different texts in %d rows: names and no classes; use a label"
                    + " with fewer values")
                .formatted(source, column, names.size(), rows.rows()));
      }
      return names;
    }
    requireClasses(column, values, rows.rows());
    return values.stream().map(ClassText::of).toList();
  }

  private static SortedSet<Double> values(FloatMatrix rows, int place) {
    SortedSet<Double> values = new TreeSet<>();
    RecentNumbers recent = new RecentNumbers();
    for (FloatBlock block : rows.blocks()) {
      block.forEach(
          place,
          (row, label) -> {
            if (recent.find(label) < 0) {
              recent.remember(label);
              // Adding 0 makes one zero of the two.
              values.add(label + 0.0);
            }
          });
    }
    return values;
  }

  /** Fails on what looks like a quantity, which no classifier would find anything in. */
  private void requireClasses(String column, SortedSet<Double> values, long rows) {
    int different = values.size();
    boolean fractions = values.stream().anyMatch(value -> value != Math.rint(value));
    if (isFewRowsEach(different, rows) || (fractions && different > MOST_FRACTIONAL_CLASSES)) {
      throw new DataException(
          ("%s: label '%s' has %d different values in %d rows: a quantity and no classes; use"
                  + " linear_regression, or a label with fewer values")
              .formatted(source, column, different, rows));
    }
  }

  private static boolean isFewRowsEach(int different, long rows) {
    return different > 2 && 2L * different > rows;
  }

  private String positiveClass(String column, List<String> names) {
    String wanted = run.positiveClass();
    if (wanted == null) {
      return names.get(names.size() - 1);
    }
    return ClassNames.find(wanted, names)
        .orElseThrow(
            () ->
                new DataException(
                    "/positive_class must be one of %s, the classes of '%s' in %s, but was '%s'%s"
                        .formatted(
                            names, column, source, wanted, ClassNames.suggestion(wanted, names))));
  }

  private static String shown(List<String> names) {
    int most = 5;
    if (names.size() <= most) {
      return names.toString();
    }
    List<String> first = new ArrayList<>(names.subList(0, most));
    first.add("...");
    return first.toString();
  }
}
