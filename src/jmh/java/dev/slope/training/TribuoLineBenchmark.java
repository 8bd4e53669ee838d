package dev.slope.training;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
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
import org.openjdk.jmh.annotations.Warmup;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/**
 * The peer on the JVM: the eleven rows of {@link LineBenchmark} by Tribuo, in float64 on one
 * thread, 1,000,000 epochs an invocation: microseconds an epoch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(LineBenchmark.EPOCHS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class TribuoLineBenchmark {
  private static final int ROWS = 11;

  /**
   * Tribuo steps by the rate times the batch's rows times the sum of their gradients, half as long
   * as the square's: this is 0.01 times the gradient of the mean.
   */
  private static final double LEARNING_RATE = 2 * 0.01 / ROWS / ROWS;

  private Dataset<Regressor> data;

  /** Makes the rows. */
  @Setup
  public void open() {
    Logger.getLogger("org.tribuo").setLevel(Level.WARNING);
    RegressionFactory factory = new RegressionFactory();
    List<Example<Regressor>> rows =
        IntStream.range(0, ROWS)
            .<Example<Regressor>>mapToObj(
                x ->
                    new ArrayExample<>(
                        new Regressor("y", 2 * x + 1), new String[] {"x"}, new double[] {x}))
            .toList();
    data =
        new MutableDataset<>(
            new ListDataSource<>(rows, factory, new SimpleDataSourceProvenance("line", factory)));
  }

  /** The epochs, each one step over all rows. */
  @Benchmark
  public Object epochs() {
    return new LinearSGDTrainer(
            new SquaredLoss(), SGD.getSimpleSGD(LEARNING_RATE), LineBenchmark.EPOCHS, -1, ROWS, 1L)
        .train(data);
  }
}
