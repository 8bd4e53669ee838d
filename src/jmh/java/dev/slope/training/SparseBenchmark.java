package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.ScheduleConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.BlockStore;
import java.util.List;
import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 900,000 rows of eight categories of up to 100,000 values and eight numbers in batches of 256,
 * shuffled anew in every epoch: milliseconds an epoch of logistic regression.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
@Fork(1)
public class SparseBenchmark {
  private static final float LEARNING_RATE = 0.2f;
  private static final int MOST_EPOCHS = 1000;

  /** The rule of a step. */
  @Param({"gradient_descent", "adagrad", "ftrl"})
  public String optimizer;

  private TrainingSession session;

  /** Draws the rows, packs them and builds the graph. */
  @Setup
  public void open() {
    CategoricalRows rows = CategoricalRows.draw();
    TrainingJob job = job(rows);
    session =
        new TrainingSession(
            job,
            PreparedDescent.of(
                job,
                (OptimizerConfig.FirstOrder) job.training().optimizer(),
                Device.CPU,
                BlockStore.inMemory(),
                PackedChunks.MAX_VALUES),
            Device.CPU,
            1);
    session.begin(Initializer.weights(job));
  }

  private TrainingJob job(CategoricalRows rows) {
    ModelConfig model =
        new ModelConfig.LogisticRegression(
            true, 0, 0, Map.of(), new ClassWeightConfig.None(), new InitializerConfig.Zeros());
    TrainingConfig training =
        new TrainingConfig(
            rule(),
            MOST_EPOCHS,
            new BatchSizeConfig.Rows(256),
            true,
            TrainingFixtures.NO_STOP,
            null,
            PlanName.SPARSE,
            "cpu",
            Precision.FLOAT32,
            false,
            0.5,
            TrainingFixtures.EVERY_MINUTE);
    return new TrainingJob(
        model, training, rows.features(), List.of("y"), rows.training(), null, 0);
  }

  private OptimizerConfig rule() {
    ScheduleConfig constant = new ScheduleConfig.Constant();
    return switch (optimizer) {
      case "adagrad" -> new OptimizerConfig.Adagrad(LEARNING_RATE, 1e-5, 1e-7, constant);
      case "ftrl" -> new OptimizerConfig.Ftrl(LEARNING_RATE, -0.5, 1e-5, constant);
      default -> new OptimizerConfig.GradientDescent(LEARNING_RATE);
    };
  }

  /** Frees it. */
  @TearDown
  public void close() {
    session.close();
  }

  /** One epoch, with the copies of the rows made beside. */
  @Benchmark
  public double epoch() {
    return session.run(1, LEARNING_RATE, Float.MAX_VALUE).lastLoss();
  }
}
