package dev.slope.training;

import dev.slope.config.PlanName;
import java.util.concurrent.TimeUnit;
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

/** 1,000,000 rows of 32 columns, logistic loss, full batch: milliseconds for 100 epochs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
@Fork(1)
public class LogisticBenchmark {
  private static final int EPOCHS = 100;

  /** About as many as a training runs in a call of a tenth of a second. */
  private static final int EPOCHS_PER_CALL = 10;

  private OpenTraining training;

  /** Draws the rows, loads and compiles. */
  @Setup
  public void open() {
    TrainingRows rows = MillionRows.draw(true);
    training = new OpenTraining(MillionRows.job(rows, true, PlanName.FULL_BATCH, EPOCHS));
  }

  /** Frees it. */
  @TearDown
  public void close() {
    training.close();
  }

  /** The epochs alone, in the calls that a training makes. */
  @Benchmark
  public double epochs() {
    double loss = 0;
    for (int done = 0; done < EPOCHS; done += EPOCHS_PER_CALL) {
      loss = training.run(EPOCHS_PER_CALL);
    }
    return loss;
  }
}
