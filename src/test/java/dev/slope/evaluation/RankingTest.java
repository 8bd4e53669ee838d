package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However few rows are sorted at once, the results are to the last bit those by definition. */
class RankingTest {
  private static final int ROWS = 10_000;
  private static final int CLASS = 2;

  private final Random random = new Random(7);
  private final FloatMatrix labels = column(row -> random.nextInt(4));
  private final FloatMatrix weights = column(row -> random.nextInt(10) / 7.0);

  @ParameterizedTest
  @ValueSource(ints = {100, ROWS - 1, ROWS})
  void ofRandomRanks(int most) {
    assertByDefinition(column(row -> random.nextGaussian()), most);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, ROWS})
  void ofRanksThatManyRowsShare(int most) {
    assertByDefinition(column(row -> Math.rint(4 * random.nextGaussian())), most);
  }

  /** Ranks of a few numbers in float32 that are many in float64. */
  @ParameterizedTest
  @ValueSource(ints = {100, ROWS})
  void ofRanksThatFloat64TellsApart(int most) {
    assertByDefinition(
        column(row -> random.nextInt(3) - 1 + Math.scalb(random.nextInt(500), -40)), most);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, ROWS})
  void ofRanksThatAreAllEqual(int most) {
    assertByDefinition(column(row -> -0.3), most);
  }

  /** All rows of the class, then all of the others: the best step ends where one sort does. */
  @Test
  void theStepAfterTheBestMayBeInTheNextSort() {
    FloatMatrix twoLabels = column(row -> row < 3_000 ? CLASS : 0);
    ClassRows rows = rows(twoLabels, column(row -> -row), null);

    Ranking ranking = Ranking.of(rows, 3_000);

    assertThat(ranking.best()).isEqualTo(new Ranking.Step(-2_999, -3_000, 1, 1, 1));
    assertThat(ranking.area()).isEqualTo(1);
  }

  private void assertByDefinition(FloatMatrix ranks, int most) {
    for (FloatMatrix each : Arrays.asList(null, weights)) {
      ClassRows rows = rows(labels, ranks, each);

      assertThat(Ranking.of(rows, most)).isEqualTo(byDefinition(rows));
      assertThat(ClassCurves.of(rows, most)).isEqualTo(curvesByDefinition(rows));
    }
  }

  /** The definition: step by step, from the highest rank down. */
  private static Ranking byDefinition(ClassRows rows) {
    double own = 0;
    double others = 0;
    double area = 0;
    double precisions = 0;
    Ranking.Step best = null;
    NavigableMap<Double, List<Double>> steps = steps(rows);
    for (Map.Entry<Double, List<Double>> step : steps.entrySet()) {
      double tiedOwn = step.getValue().stream().reduce(0.0, (sum, w) -> sum + Math.max(w, 0));
      double tiedOthers = step.getValue().stream().reduce(0.0, (sum, w) -> sum + Math.max(-w, 0));
      area += tiedOthers * (own + tiedOwn / 2);
      own += tiedOwn;
      others += tiedOthers;
      if (tiedOwn > 0) {
        double precision = own / (own + others);
        double f1 = 2 * own / (own + others + rows.ownWeight());
        precisions += tiedOwn * precision;
        if (best == null || f1 > best.f1()) {
          Double next = steps.higherKey(step.getKey());
          double recall = own / rows.ownWeight();
          best =
              new Ranking.Step(
                  step.getKey(), next == null ? Double.NaN : next, precision, recall, f1);
        }
      }
    }
    return new Ranking(
        rows.ownWeight(),
        rows.otherWeight(),
        area / (rows.ownWeight() * rows.otherWeight()),
        precisions / rows.ownWeight(),
        best);
  }

  /** The definition: row by row, a point at the end of a step once each 400th of the rows. */
  private static ClassCurves curvesByDefinition(ClassRows rows) {
    List<Double> rates = new ArrayList<>(List.of(0.0));
    List<Double> recalls = new ArrayList<>(List.of(0.0));
    List<Double> precisions = new ArrayList<>(List.of(1.0));
    double own = 0;
    double others = 0;
    int taken = 0;
    int told = 0;
    for (List<Double> step : steps(rows).values()) {
      for (double weight : step) {
        own += Math.max(weight, 0);
        others += Math.max(-weight, 0);
      }
      taken += step.size();
      if (taken * 400 / ROWS > told) {
        told = taken * 400 / ROWS;
        rates.add(others / rows.otherWeight());
        recalls.add(own / rows.ownWeight());
        precisions.add(own + others > 0 ? own / (own + others) : 1);
      }
    }
    return new ClassCurves(rates, recalls, precisions);
  }

  /** The signed weights of the rows by their rank, the highest first; both zeros are one. */
  private static NavigableMap<Double, List<Double>> steps(ClassRows rows) {
    NavigableMap<Double, List<Double>> steps = new TreeMap<>(Comparator.reverseOrder());
    rows.forEach(
        (rank, weight) -> steps.computeIfAbsent(rank + 0.0, key -> new ArrayList<>()).add(weight));
    return steps;
  }

  private static ClassRows rows(
      FloatMatrix labels, FloatMatrix ranks, @Nullable FloatMatrix weights) {
    return new ClassRows(
        labels, CLASS, block -> row -> ranks.blocks().get(block).get(row, 0), weights);
  }

  /** Of float64, in blocks of 3,000 rows and the rest. */
  private static FloatMatrix column(IntToDoubleFunction value) {
    List<FloatBlock> blocks = new ArrayList<>();
    for (int first = 0; first < ROWS; first += 3_000) {
      FloatBlock block = new FloatBlock(Precision.FLOAT64, Math.min(3_000, ROWS - first), 1);
      for (int row = 0; row < block.rows(); row++) {
        block.set(row, 0, value.applyAsDouble(first + row));
      }
      blocks.add(block);
    }
    return new FloatMatrix(List.of("y"), blocks);
  }
}
