package dev.slope.training;

import dev.slope.config.PlanName;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Squared loss over 32 columns from the sums of squares and products, once they are there:
 * microseconds an epoch, which the number of rows is not to change.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(GramEpochBenchmark.EPOCHS)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
@Fork(1)
public class GramEpochBenchmark {
  static final int EPOCHS = 100_000;

  /** How many rows the sums are of. */
  @Param({"100000", "1000000"})
  public int rows;

  private OpenTraining training;

  /** Draws the rows, sums up and compiles. */
  @Setup
  public void open() {
    TrainingRows drawn = MillionRows.draw(rows, false);
    training = new OpenTraining(MillionRows.job(drawn, false, PlanName.GRAM, EPOCHS));
  }

  /** Frees it. */
  @TearDown
  public void close() {
    training.close();
  }

  /** One call of the compiled loop. */
  @Benchmark
  public double epochs() {
    return training.run(EPOCHS);
  }
}
