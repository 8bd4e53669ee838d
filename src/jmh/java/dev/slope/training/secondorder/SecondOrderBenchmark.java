package dev.slope.training.secondorder;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** 1,000,000 rows of 32 columns with labels of 0 and 1: milliseconds a pass or a training. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class SecondOrderBenchmark {
  private static final int ROWS = 1_000_000;
  private static final int COLUMNS = 32;
  private static final SecondOrderSettings SETTINGS = new SecondOrderSettings(100, 1e-6);

  private SecondOrderRows rows;
  private SecondOrderProblem problem;

  /** Draws the rows and loads them. */
  @Setup
  public void open() {
    rows = rows();
    problem = Losses.logistic(rows, 0);
  }

  /** Frees them. */
  @TearDown
  public void close() {
    problem.close();
  }

  /** Copies the rows into TensorFlow. */
  @Benchmark
  public int loading() {
    try (SecondOrderProblem another = Losses.logistic(rows, 0)) {
      return another.size();
    }
  }

  /** All squares and products; they don't depend on the loss. */
  @Benchmark
  public GramSums gramSums() {
    return problem.gram();
  }

  /** From zeros to the optimum of the logistic loss. */
  @Benchmark
  public SecondOrderResult lbfgs() {
    return Lbfgs.minimise(
        problem, new double[problem.size()], 10, SETTINGS, (iteration, loss, norm) -> true);
  }

  /** From zeros to the optimum of the logistic loss. */
  @Benchmark
  public SecondOrderResult newton() {
    return Newton.minimise(
        problem, new double[problem.size()], SETTINGS, (iteration, loss, norm) -> true);
  }

  /** Gaussian columns with weights from -0.3 to 0.3. */
  private static SecondOrderRows rows() {
    SplittableRandom random = new SplittableRandom(1);
    List<FloatBlock> features = new ArrayList<>();
    List<FloatBlock> labels = new ArrayList<>();
    int rowsPerBlock = FloatBlock.MAX_VALUES / COLUMNS;
    for (int first = 0; first < ROWS; first += rowsPerBlock) {
      FloatBlock x = new FloatBlock(Math.min(rowsPerBlock, ROWS - first), COLUMNS);
      FloatBlock y = new FloatBlock(x.rows(), 1);
      for (int row = 0; row < x.rows(); row++) {
        double score = 0.5;
        for (int column = 0; column < COLUMNS; column++) {
          float value = (float) random.nextGaussian();
          x.set(row, column, value);
          score += 0.3 * (column - 16) / 16 * value;
        }
        y.set(row, 0, random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0);
      }
      features.add(x);
      labels.add(y);
    }
    List<String> names = IntStream.range(0, COLUMNS).mapToObj(column -> "x" + column).toList();
    return Samples.rows(new FloatMatrix(names, features), new FloatMatrix(List.of("y"), labels));
  }
}
