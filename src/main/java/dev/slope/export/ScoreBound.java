package dev.slope.export;

import dev.slope.config.DatetimePart;
import dev.slope.config.Scaling;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatBlock;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeature.Affine;
import dev.slope.features.FittedFeatures;
import dev.slope.features.InputBlock;
import dev.slope.features.LinearWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * By how much two float32 computations of a score may differ: {@code eps (n + r) |term|} summed
 * over the terms of the score, n being how many there are and r how often each is rounded before it
 * is summed: the bound of a sum in any order. A difference {@code (x - offset) / divisor} counts
 * with {@code (|x| + |offset|) / |divisor|}; a level with the largest weight of its block,
 * whichever it is.
 */
final class ScoreBound {
  static final double EPSILON = Math.ulp(1f);

  /** Roundings of a term: its own product, its scaling, what is added to the score. */
  static final int OTHER_ROUNDINGS = 8;

  /** Those of float32's logarithm, of which an implementation may be some ulp off. */
  private static final int LOGARITHM_ROUNDINGS = 8;

  private static final double SHORTEST_YEAR = 365;
  private static final double YEAR_OF_DAY_0 = 1970;

  private final CodedRows rows;
  private final LinearWeights weights;
  private final int outputs;
  private final int summands;
  private final List<Term> terms = new ArrayList<>();

  /**
   * Of a model and rows of its raw columns.
   *
   * @param rows whose rows are asked for
   */
  ScoreBound(FittedFeatures features, LinearWeights weights, CodedRows rows) {
    this.rows = rows;
    this.weights = weights;
    this.outputs = weights.outputs().size();
    int row = 0;
    int count = 0;
    for (FittedFeature feature : features.features()) {
      addTerms(feature, row);
      count += summands(feature);
      row += feature.inputCount();
    }
    this.summands = count;
  }

  /** How many terms a feature adds to a score: of levels one. */
  private static int summands(FittedFeature feature) {
    boolean isOfLevels =
        feature instanceof FittedFeature.Bucketized || ServingInputs.isPlaced(feature);
    return isOfLevels ? 1 : feature.inputCount();
  }

  /** The largest difference of a row's scores. */
  double of(FloatBlock block, int row, int output, double offset) {
    double bound =
        (summands + OTHER_ROUNDINGS) * (Math.abs(weights.intercept(output)) + Math.abs(offset));
    for (Term term : terms) {
      bound += (summands + term.roundings()) * term.magnitude().of(block, row, output);
    }
    return EPSILON * bound;
  }

  /**
   * What a feature adds to a score.
   *
   * @param roundings how often it is rounded
   */
  private record Term(int roundings, Magnitude magnitude) {}

  /** The size of a term. */
  @FunctionalInterface
  private interface Magnitude {
    double of(FloatBlock block, int row, int output);
  }

  private void addTerms(FittedFeature feature, int firstRow) {
    if (feature instanceof FittedFeature.Numeric numeric) {
      addNumber(numeric, firstRow);
    } else if (feature instanceof FittedFeature.Truth) {
      double[] largest = largest(firstRow, 1);
      add(OTHER_ROUNDINGS, (block, row, output) -> largest[output]);
    } else if (feature instanceof FittedFeature.Datetime datetime) {
      addDate(datetime, firstRow);
    } else if (feature instanceof FittedFeature.Text text) {
      addText(text, firstRow);
    } else {
      addLevels(firstRow, feature.inputCount());
    }
  }

  private void add(int roundings, Magnitude magnitude) {
    terms.add(new Term(roundings, magnitude));
  }

  private void addLevels(int firstRow, int levels) {
    double[] largest = largest(firstRow, levels);
    add(OTHER_ROUNDINGS, (block, row, output) -> largest[output]);
  }

  private void addNumber(FittedFeature.Numeric numeric, int firstRow) {
    int column = number(numeric.column());
    int degree = numeric.powers().size();
    boolean logarithm = numeric.scaling() == Scaling.LOG1P;
    int ofOne = OTHER_ROUNDINGS + (logarithm ? LOGARITHM_ROUNDINGS : 0);
    add(
        ofOne * degree,
        (block, row, output) -> {
          double value = value(numeric, block.get(row, column));
          double power = 1;
          double sum = 0;
          for (int k = 0; k < degree; k++) {
            power *= value;
            sum += scaled(numeric.powers().get(k), power) * weight(firstRow + k, output);
          }
          return numeric.indicator() ? sum + weight(firstRow + degree, output) : sum;
        });
  }

  private static double value(FittedFeature.Numeric numeric, double raw) {
    double value = Double.isNaN(raw) ? numeric.fill() : raw;
    value = Math.max(numeric.low(), Math.min(numeric.high(), value));
    return numeric.scaling() == Scaling.LOG1P ? Math.log1p(value) : value;
  }

  private void addDate(FittedFeature.Datetime datetime, int firstRow) {
    int column = place(datetime.column(), CellCoding.DAY);
    int first = firstRow;
    for (int i = 0; i < datetime.parts().size(); i++) {
      FittedFeature.Datetime.Part part = datetime.parts().get(i);
      InputBlock inputs = datetime.blocks().get(i);
      if (inputs instanceof InputBlock.Dense) {
        int input = first;
        add(
            OTHER_ROUNDINGS,
            (block, row, output) ->
                scaled(part.scaling(), largest(part.part(), block.get(row, column)))
                    * weight(input, output));
      } else {
        addLevels(first, inputs.inputs().size());
      }
      first += inputs.inputs().size();
    }
  }

  /** No less than a part of a day's date. */
  private static double largest(DatetimePart part, double day) {
    return switch (part) {
      case YEAR -> YEAR_OF_DAY_0 + 1 + Math.abs(day) / SHORTEST_YEAR;
      case ELAPSED_DAYS -> Math.abs(day) + 1;
      case MONTH, DAY, DAY_OF_WEEK, HOUR -> 31;
    };
  }

  /** A text of so many characters has half as many words, with a separator between them. */
  private void addText(FittedFeature.Text text, int firstRow) {
    int column = place(text.column(), CellCoding.TEXT);
    Dictionary dictionary = rows.dictionary(text.column());
    double[] largest = largest(firstRow, text.buckets());
    add(
        OTHER_ROUNDINGS,
        (block, row, output) -> {
          double code = block.get(row, column);
          double words = code >= 0 ? (dictionary.text((int) code).length() + 1) / 2.0 : 0;
          return words * text.ngrams() * largest[output];
        });
  }

  private static double scaled(Affine scaling, double value) {
    return (Math.abs(value) + Math.abs(scaling.offset())) / Math.abs(scaling.divisor());
  }

  private double weight(int row, int output) {
    return Math.abs(weights.weight(row, output));
  }

  /** The largest weight of neighbouring rows on each output. */
  private double[] largest(int firstRow, int count) {
    double[] largest = new double[outputs];
    for (int row = firstRow; row < firstRow + count; row++) {
      for (int output = 0; output < outputs; output++) {
        largest[output] = Math.max(largest[output], weight(row, output));
      }
    }
    return largest;
  }

  private int number(String column) {
    int mandatory = rows.index(new CodedColumn(column, CellCoding.NUMBER));
    return mandatory >= 0 ? mandatory : place(column, CellCoding.OPTIONAL_NUMBER);
  }

  private int place(String column, CellCoding coding) {
    int place = rows.index(new CodedColumn(column, coding));
    if (place < 0) {
      throw new IllegalArgumentException(
          "rows must have column '%s' as %s, but have %s"
              .formatted(column, coding, rows.columns()));
    }
    return place;
  }
}
