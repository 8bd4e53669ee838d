package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.Scaling;
import dev.slope.config.StopConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.BlockStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
 * 1,000,000 rows of 32 columns in batches of 256, shuffled anew in every epoch: milliseconds an
 * epoch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@OperationsPerInvocation(MiniBatchBenchmark.EPOCHS)
@Warmup(iterations = 1)
@Measurement(iterations = 7)
@Fork(1)
public class MiniBatchBenchmark {
  static final int EPOCHS = 20;
  private static final float LEARNING_RATE = 0.01f;

  /** The model that is trained. */
  @Param({"linear_regression", "logistic_regression"})
  public String model;

  /** Whether packed rows are read from a file instead of memory. */
  @Param({"MINI_BATCH", "STREAMING"})
  public PlanName plan;

  /** Half of 64 MiB of memory, for rows that take 136 MB when packed. */
  private final BlockStore store = new BlockStore(Precision.FLOAT32, 32L << 20, Path.of("target"));

  private TrainingSession session;

  /** Draws the rows, packs and compiles. */
  @Setup
  public void open() {
    boolean logistic = model.equals("logistic_regression");
    TrainingJob job = job(MillionRows.draw(logistic), logistic);
    session =
        new TrainingSession(
            job,
            PreparedDescent.of(
                job,
                (OptimizerConfig.FirstOrder) job.training().optimizer(),
                Device.CPU,
                store,
                PackedChunks.MAX_VALUES),
            Device.CPU,
            1000);
    session.begin(Initializer.weights(job));
  }

  private TrainingJob job(TrainingRows rows, boolean logistic) {
    InitializerConfig zeros = new InitializerConfig.Zeros();
    ModelConfig model =
        logistic
            ? new ModelConfig.LogisticRegression(
                true, 0, 0, Map.of(), new ClassWeightConfig.None(), zeros)
            : new ModelConfig.LinearRegression(true, 0, 0, Map.of(), zeros);
    TrainingConfig training =
        new TrainingConfig(
            new OptimizerConfig.GradientDescent(LEARNING_RATE),
            1000,
            new BatchSizeConfig.Rows(256),
            true,
            new StopConfig(null, null, null, null),
            null,
            plan,
            "cpu",
            Precision.FLOAT32,
            false,
            0.5,
            TrainingFixtures.EVERY_MINUTE);
    return new TrainingJob(
        model,
        training,
        TrainingFixtures.features(rows.rawFeatures(), Scaling.NONE),
        List.of("y"),
        rows,
        null,
        0);
  }

  /** Frees it. */
  @TearDown
  public void close() {
    session.close();
    store.close();
  }

  /** Some epochs, with the copies of the next ones made beside. */
  @Benchmark
  public double epochs() {
    double loss = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      loss = session.run(1, LEARNING_RATE, Float.MAX_VALUE).lastLoss();
    }
    return loss;
  }
}
