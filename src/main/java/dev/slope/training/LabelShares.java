package dev.slope.training;

import dev.slope.data.FloatBlock;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The different labels of some rows, each with the weight of the rows that have it. */
final class LabelShares {
  private static final int SLICE_ROWS = 1 << 14;

  private final double[] labels;
  private final double[] weights;

  private LabelShares(double[] labels, double[] weights) {
    this.labels = labels;
    this.weights = weights;
  }

  /** The labels, each once. */
  double[] labels() {
    return labels.clone();
  }

  /**
   * The mean over the rows of what is the same for all rows of a label.
   *
   * @param ofLabels one a label
   */
  double mean(double[] ofLabels) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * ofLabels[i];
      weight += weights[i];
    }
    return sum / weight;
  }

  /**
   * Looks at every row.
   *
   * @param rows of one label each
   * @param most how many different labels there may be
   * @return null where there are more
   */
  static @Nullable LabelShares of(TrainingRows rows, int most) {
    Counter counter = new Counter(most);
    RowSlices.forEach(
        SLICE_ROWS,
        Arrays.asList(rows.labels(), rows.weights()),
        (count, values) ->
            counter.add(count, Objects.requireNonNull(values.get(0)), values.get(1)));
    return counter.count > most ? null : counter.shares();
  }

  private static final class Counter {
    private final double[] labels;
    private final double[] weights;
    private int count;

    Counter(int most) {
      labels = new double[most];
      weights = new double[most];
    }

    void add(int rows, FloatBlock ofLabels, @Nullable FloatBlock ofWeights) {
      int place = 0;
      for (int row = 0; row < rows && count <= labels.length; row++) {
        double label = ofLabels.get(row, 0);
        if (place >= count || labels[place] != label) {
          place = place(label);
        }
        if (place < labels.length) {
          weights[place] += ofWeights == null ? 1 : ofWeights.get(row, 0);
        }
      }
    }

    /** Where a label is, or now is. */
    private int place(double label) {
      int place = 0;
      while (place < count && labels[place] != label) {
        place++;
      }
      if (place == count) {
        if (count < labels.length) {
          labels[count] = label;
        }
        count++;
      }
      return place;
    }

    LabelShares shares() {
      return new LabelShares(Arrays.copyOf(labels, count), Arrays.copyOf(weights, count));
    }
  }
}
