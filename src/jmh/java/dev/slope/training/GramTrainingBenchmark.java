package dev.slope.training;

import dev.slope.config.PlanName;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 1,000,000 rows of 32 columns, squared loss, full batch, from rows in memory to the trained model:
 * milliseconds a training, its sums, its compilation and the predictions of all rows included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 9)
@Fork(1)
public class GramTrainingBenchmark {
  /** How long it trains. */
  @Param({"100", "10000"})
  public int epochs;

  private TrainingJob job;

  /** Draws the rows. */
  @Setup
  public void draw() {
    job = MillionRows.job(MillionRows.draw(false), false, PlanName.GRAM, epochs);
  }

  /** All that a training does once its rows are in memory. */
  @Benchmark
  public double training() {
    return new Trainer().train(job, TrainingListener.NONE).finalLoss();
  }
}
