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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The eleven rows of y = 2x + 1 by the plan that a config gets, 1,000,000 epochs an invocation:
 * microseconds an epoch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(LineBenchmark.EPOCHS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class LineBenchmark {
  static final int EPOCHS = 1_000_000;

  private final TrainingJob job = TrainingFixtures.line(0.01, EPOCHS, PlanName.AUTO);
  private OpenTraining training;

  /** Builds and compiles what {@link #epochs} runs. */
  @Setup
  public void open() {
    training = new OpenTraining(job);
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
    for (int done = 0; done < EPOCHS; done += CallSize.MAX_EPOCHS) {
      loss = training.run(Math.min(CallSize.MAX_EPOCHS, EPOCHS - done));
    }
    return loss;
  }

  /** A whole training: building, compiling, loading, the epochs, reading the result. */
  @Benchmark
  public double training() {
    return new Trainer().train(job, TrainingListener.NONE).finalLoss();
  }
}
