package dev.slope.training;

import dev.slope.config.Scaling;
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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** 1,000,000 rows of 32 columns, full batch: milliseconds an epoch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@OperationsPerInvocation(FullBatchBenchmark.EPOCHS_PER_CALL)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(1)
public class FullBatchBenchmark {
  /** About as many as a training runs in a call of a tenth of a second. */
  static final int EPOCHS_PER_CALL = 8;

  private static final int ROWS = 1_000_000;
  private static final int COLUMNS = 32;

  private OpenTraining training;

  /** Draws the rows, loads and compiles. */
  @Setup
  public void open() {
    training = new OpenTraining(job());
  }

  /** Frees it. */
  @TearDown
  public void close() {
    training.close();
  }

  /** One call of the compiled loop. */
  @Benchmark
  public double epochs() {
    return training.run(EPOCHS_PER_CALL);
  }

  /** Gaussian columns; the label adds them up with weights 0, 1, 2, ... and more noise. */
  private static TrainingJob job() {
    SplittableRandom random = new SplittableRandom(1);
    List<FloatBlock> features = new ArrayList<>();
    List<FloatBlock> labels = new ArrayList<>();
    int rowsPerBlock = FloatBlock.MAX_VALUES / COLUMNS;
    for (int first = 0; first < ROWS; first += rowsPerBlock) {
      int rows = Math.min(rowsPerBlock, ROWS - first);
      FloatBlock x = new FloatBlock(rows, COLUMNS);
      FloatBlock y = new FloatBlock(rows, 1);
      for (int row = 0; row < rows; row++) {
        double label = random.nextGaussian();
        for (int column = 0; column < COLUMNS; column++) {
          float value = (float) random.nextGaussian();
          x.set(row, column, value);
          label += column * value;
        }
        y.set(row, 0, (float) label);
      }
      features.add(x);
      labels.add(y);
    }
    List<String> names = IntStream.range(0, COLUMNS).mapToObj(column -> "x" + column).toList();
    return TrainingFixtures.job(
        new FloatMatrix(names, features),
        new FloatMatrix(List.of("y"), labels),
        Scaling.NONE,
        0.01,
        EPOCHS_PER_CALL);
  }
}
