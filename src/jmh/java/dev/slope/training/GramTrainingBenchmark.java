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
 * 1,000,000 rows of 32 columns, squared loss, full batch, from rows in memory to trained weights:
 * milliseconds a training, its sums and its compilation included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8)
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

  /** All that a training does once its rows are in memory, but for predicting them in the end. */
  @Benchmark
  public double training() {
    try (OpenTraining training = new OpenTraining(job)) {
      return training.run(epochs);
    }
  }
}
