package dev.slope.training;

import dev.slope.config.PlanName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * 100,000 rows of 32 columns, 100 epochs, from rows in memory to the trained models: milliseconds
 * for 64 settings of learning rate and penalty that train together, and for the training of one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 11)
@Fork(1)
public class SettingsBenchmark {
  private static final int ROWS = 100_000;
  private static final int EPOCHS = 100;

  /** Eight learning rates times eight penalties. */
  private static final List<Setting> SETTINGS =
      IntStream.range(0, 64)
          .mapToObj(
              place ->
                  new Setting(
                      0.01 * (1 + place % 8), 0, 1e-6 * Math.pow(4, place / 8), Setting.ALL_ROWS))
          .toList();

  /** What is trained: by its sums, or over rows. */
  @Param({"linear_regression", "logistic_regression"})
  public String model;

  private TrainingJob job;

  /** Draws the rows. */
  @Setup
  public void draw() {
    boolean logistic = model.equals("logistic_regression");
    job = MillionRows.job(MillionRows.draw(ROWS, logistic), logistic, PlanName.AUTO, EPOCHS);
  }

  /** All settings in one loop. */
  @Benchmark
  public double together() {
    return new SettingsTrainer()
        .train(job, SETTINGS, null, TrainingListener.NONE)
        .get(SETTINGS.size() - 1)
        .loss();
  }

  /** A training alone. */
  @Benchmark
  public double one() {
    return new Trainer().train(job, TrainingListener.NONE).finalLoss();
  }
}
