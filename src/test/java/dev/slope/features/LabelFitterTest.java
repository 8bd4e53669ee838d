package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import dev.slope.config.RunConfig;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelFitterTest {
  private static final RunConfig LOGISTIC = Runs.of("\"logistic_regression\"", "");
  private static final RunConfig SOFTMAX = Runs.of("\"softmax_regression\"", "");
  private static final RunConfig SVM = Runs.of("\"linear_svm\"", "");

  @Test
  void ofTwoClassesTheLastIsPositive() {
    FittedLabels labels = fit(LOGISTIC, 1, 0, 0, 1);

    assertThat(labels).isEqualTo(new FittedLabels.Binary("y", "0", "1", 0.5));
    assertThat(labels.outputs()).containsExactly("1");
    assertThat(encoded(labels, 1, 0, -0f)).containsExactly(1f, 0f, 0f);
  }

  @Test
  void thePositiveClassCanBeTheOther() {
    // As text, as a number and as a number written otherwise.
    for (String zero : List.of("\"0\"", "0", "0.0")) {
      FittedLabels labels =
          fit(
              Runs.of(
                  "\"logistic_regression\"",
                  "\"positive_class\": %s, \"threshold\": 0.8,".formatted(zero)),
              1,
              0,
              0);

      assertThat(labels).isEqualTo(new FittedLabels.Binary("y", "1", "0", 0.8));
      assertThat(encoded(labels, 1, 0)).containsExactly(0f, 1f);
    }
  }

  @Test
  void classesSortAsNumbersAndAreNamedInShort() {
    FittedLabels labels = fit(SOFTMAX, 10, 2, 9, 0.5f, 10, 2, 9, 0.5f);

    assertThat(labels).isEqualTo(new FittedLabels.MultiClass("y", List.of("0.5", "2", "9", "10")));
    assertThat(encoded(labels, 10, 0.5f)).containsExactly(3f, 0f);
  }

  @Test
  void marginsHaveNoThreshold() {
    assertThat(fit(SVM, -1, 1)).isEqualTo(new FittedLabels.Binary("y", "-1", "1", null));
  }

  /** log(0.8 / 0.2) = log 4 = 1.386; of equal scores the first class. */
  @Test
  void scoresDecide() {
    FittedLabels.Binary binary = new FittedLabels.Binary("y", "0", "1", 0.8);
    FloatBlock scores = FloatBlock.of(1, 1.38f, 1.39f, (float) Math.log(4));
    assertThat(binary.decide(scores, 0)).isZero();
    assertThat(binary.decide(scores, 1)).isEqualTo(1);
    assertThat(binary.decide(scores, 2)).isEqualTo(1);

    FittedLabels.Binary margin = new FittedLabels.Binary("y", "0", "1", null);
    assertThat(margin.decide(FloatBlock.of(1, 0), 0)).isEqualTo(1);
    assertThat(margin.decide(FloatBlock.of(1, -1e-30f), 0)).isZero();

    FittedLabels.MultiClass three = new FittedLabels.MultiClass("y", List.of("a", "b", "c"));
    FloatBlock rows = FloatBlock.of(3, 1, 3, 2, 5, 0, 5);
    assertThat(three.decide(rows, 0)).isEqualTo(1);
    assertThat(three.decide(rows, 1)).isZero();
  }

  /** Of 0.975: ln 39 = 3.6636, the normal quantile 1.959964, ln(-ln 0.025) = 1.3053. */
  @Test
  void theThresholdsScoreIsThatOfTheLink() {
    assertThat(scoreThreshold(BinaryLink.LOGIT)).isCloseTo(3.6635616f, within(1e-6f));
    assertThat(scoreThreshold(BinaryLink.PROBIT)).isCloseTo(1.959964f, within(1e-6f));
    assertThat(scoreThreshold(BinaryLink.CLOGLOG)).isCloseTo(1.3053225f, within(1e-6f));
  }

  @Test
  void theLinkIsTheModels() {
    RunConfig run = Runs.of("{\"type\": \"logistic_regression\", \"link\": \"cloglog\"}", "");

    assertThat(fit(run, 0, 1))
        .isEqualTo(new FittedLabels.Binary("y", "0", "1", 0.5, BinaryLink.CLOGLOG));
  }

  private static float scoreThreshold(BinaryLink link) {
    return new FittedLabels.Binary("y", "0", "1", 0.975, link).scoreThreshold();
  }

  @Test
  void refusesOneClass() {
    assertProblem(
        LOGISTIC,
        "rows.csv: label 'y' has one class only, '1', in 3 rows; a classifier needs two or more",
        1,
        1,
        1);
  }

  @Test
  void refusesQuantities() {
    assertProblem(
        SOFTMAX,
        "rows.csv: label 'y' has 4 different values in 6 rows: a quantity and no classes; use"
            + " linear_regression, or a label with fewer values",
        151,
        75,
        141,
        206,
        75,
        141);
    float[] fractions = new float[100];
    IntStream.range(0, 100).forEach(i -> fractions[i] = i % 21 / 4f);
    assertProblem(
        LOGISTIC,
        "rows.csv: label 'y' has 21 different values in 100 rows: a quantity and no classes; use"
            + " linear_regression, or a label with fewer values",
        fractions);
  }

  @Test
  void refusesThreeClassesWhereTwoAreTold() {
    assertProblem(
        LOGISTIC,
        "rows.csv: label 'y' has 3 classes, [0, 1, 2], but logistic_regression tells two apart;"
            + " use softmax_regression",
        0,
        1,
        2,
        0,
        1,
        2);
    assertProblem(
        SVM,
        "rows.csv: label 'y' has 6 classes, [0, 1, 2, 3, 4, ...], but linear_svm tells two apart;"
            + " use softmax_regression",
        0,
        1,
        2,
        3,
        4,
        5,
        0,
        1,
        2,
        3,
        4,
        5);
  }

  @Test
  void refusesAPositiveClassThatIsNone() {
    assertProblem(
        Runs.of("\"linear_svm\"", "\"positive_class\": 10,"),
        "/positive_class must be one of [0, 1], the classes of 'y' in rows.csv, but was '10'",
        0,
        1,
        1);
  }

  @Test
  void refusesLabelsThatAFamilyHasNot() {
    assertProblem(
        Runs.of("\"poisson_regression\"", ""),
        "rows.csv, row 2: label 'y' must be >= 0 for poisson_regression, but was -1"
            + "; correct or leave out such rows, or use linear_regression, which allows any number",
        3,
        -1,
        2);
    assertProblem(
        Runs.of("\"tweedie_regression\"", ""),
        "rows.csv, row 3: label 'y' must be >= 0 for tweedie_regression, but was -0.5"
            + "; correct or leave out such rows, or use linear_regression, which allows any number",
        3,
        1,
        -0.5f);
    assertProblem(
        Runs.of("\"gamma_regression\"", ""),
        "rows.csv, row 1: label 'y' must be > 0 for gamma_regression, but was 0"
            + "; correct or leave out such rows, or use tweedie_regression, which allows 0",
        0,
        1);
    assertProblem(
        Runs.of("\"poisson_regression\"", ""),
        "rows.csv: label 'y' must be > 0 in a row for poisson_regression, but is 0 in all 2 rows",
        0,
        0);
    assertThat(fit(Runs.of("\"poisson_regression\"", ""), 0, 3))
        .isEqualTo(new FittedLabels.Regression(List.of("y")));
  }

  @Test
  void refusesAClassItDoesNotKnow() {
    FittedLabels labels = fit(LOGISTIC, 1, 0);
    FloatMatrix rows =
        new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, 1, 0), FloatBlock.of(1, 7)));
    assertThatThrownBy(() -> labels.encode(rows, "new.csv"))
        .isInstanceOf(DataException.class)
        .hasMessage("new.csv, row 3: 'y' must be one of the model's classes [0, 1], but was '7'");
  }

  /** Codes are places in the dictionary; a text that no row has is no class. */
  @Test
  void textsAreClassesInTheirOrder() {
    CodedRows rows = texts(2, 0, 1, 0, 2, 1);

    FittedLabels labels = LabelFitter.fit(SOFTMAX, "rows.csv", rows);

    assertThat(labels)
        .isEqualTo(new FittedLabels.MultiClass("y", List.of("ham", "spam", "unsure")));
    assertThat(values(labels.encode(rows, "rows.csv"))).containsExactly(0, 1, 2, 1, 0, 2);
  }

  @Test
  void ofTwoTextsTheLastIsPositiveWhereNothingElseIsSaid() {
    assertThat(LabelFitter.fit(LOGISTIC, "rows.csv", texts(0, 2)))
        .isEqualTo(new FittedLabels.Binary("y", "ham", "spam", 0.5));
    assertThat(
            LabelFitter.fit(
                Runs.of("\"linear_svm\"", "\"positive_class\": \"ham\","), "rows.csv", texts(0, 2)))
        .isEqualTo(new FittedLabels.Binary("y", "spam", "ham", null));
    assertThatThrownBy(
            () ->
                LabelFitter.fit(
                    Runs.of("\"linear_svm\"", "\"positive_class\": \"spm\","),
                    "rows.csv",
                    texts(0, 2)))
        .hasMessage(
            "/positive_class must be one of [ham, spam], the classes of 'y' in rows.csv, but was"
                + " 'spm'; did you mean 'spam'?");
  }

  @Test
  void refusesATextItDoesNotKnowAndOneThatIsMissing() {
    FittedLabels labels = LabelFitter.fit(LOGISTIC, "rows.csv", texts(0, 2));

    assertThatThrownBy(() -> labels.encode(texts(0, 1), "new.csv"))
        .hasMessage(
            "new.csv, row 2: 'y' must be one of the model's classes [ham, spam], but was 'unsure'");
    assertThatThrownBy(() -> labels.encode(texts(Float.NaN), "new.csv"))
        .hasMessage(
            "new.csv, row 1: 'y' must be one of the model's classes [ham, spam], but is missing");
  }

  /** A source may write the same classes as text, and another as numbers. */
  @Test
  void aTextMayBeTheNumberOfAClass() {
    FittedLabels labels = fit(LOGISTIC, 1, 0);
    Dictionary dictionary = new Dictionary();
    dictionary.add("y", "1.0");
    dictionary.add("y", "0");

    assertThat(values(labels.encode(texts(dictionary, 0, 1, 0), "new.csv")))
        .containsExactly(1, 0, 1);
  }

  @Test
  void refusesNames() {
    Dictionary dictionary = new Dictionary();
    for (String name : List.of("Ada", "Bob", "Cyd")) {
      dictionary.add("y", name);
    }
    assertThatThrownBy(() -> LabelFitter.fit(SOFTMAX, "rows.csv", texts(dictionary, 0, 1, 2, 0, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "rows.csv: label 'y' has 3 different texts in 5 rows: names and no classes; use a label"
                + " with fewer values");
  }

  /** The label stands between other columns. */
  @Test
  void labelsAreFoundByTheirNames() {
    CodedRows rows =
        new CodedRows(
            List.of(
                new CodedColumn("a", CellCoding.OPTIONAL_NUMBER),
                new CodedColumn("y", CellCoding.OPTIONAL_NUMBER),
                new CodedColumn("b", CellCoding.NUMBER)),
            new FloatMatrix(List.of("a", "y", "b"), List.of(FloatBlock.of(3, 7, 1, 8, 9, 0, 6))),
            Map.of());

    FittedLabels classes = LabelFitter.fit(LOGISTIC, "rows.csv", rows);
    assertThat(values(classes.encode(rows, "rows.csv"))).containsExactly(1, 0);
    FittedLabels numbers = LabelFitter.fit(Runs.of("\"linear_regression\"", ""), "rows.csv", rows);
    assertThat(numbers.encode(rows, "rows.csv").names()).containsExactly("y");
    assertThat(values(numbers.encode(rows, "rows.csv"))).containsExactly(1, 0);
  }

  private static CodedRows texts(float... codes) {
    Dictionary dictionary = new Dictionary();
    for (String text : List.of("spam", "unsure", "ham", "never seen")) {
      dictionary.add("y", text);
    }
    return texts(dictionary, codes);
  }

  private static CodedRows texts(Dictionary dictionary, float... codes) {
    return new CodedRows(
        List.of(new CodedColumn("y", CellCoding.TEXT)), column(codes), Map.of("y", dictionary));
  }

  private static float[] values(FloatMatrix encoded) {
    float[] values = new float[(int) encoded.rows()];
    encoded.blocks().get(0).values().get(values);
    return values;
  }

  private static FittedLabels fit(RunConfig run, float... labels) {
    return LabelFitter.fit(run, "rows.csv", column(labels));
  }

  private static void assertProblem(RunConfig run, String message, float... labels) {
    assertThatThrownBy(() -> fit(run, labels))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  private static float[] encoded(FittedLabels labels, float... raw) {
    FloatBlock block = labels.encode(column(raw), "rows.csv").blocks().get(0);
    float[] values = new float[block.rows()];
    block.values().get(values);
    return values;
  }

  private static FloatMatrix column(float... values) {
    return new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, values)));
  }
}
