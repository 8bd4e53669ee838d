package dev.slope.export;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.features.RawColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** An export with its proof on 1,000 rows, and one prediction of a model that is loaded. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class ServingBenchmark {
  private static final int ROWS = 1_000;
  private static final int NUMBERS = 32;
  private static final int WEIGHTS = 1_000_000;

  private Path models;
  private Exported small;
  private Exported large;
  private ServedModel served;
  private FloatBlock row;

  /** What is exported; its graph is made each time. */
  private record Exported(
      String name,
      FittedFeatures features,
      LinearWeights weights,
      CodedRows rows,
      FloatMatrix scores) {
    static Exported of(String name, FittedFeatures features, double weight, CodedRows rows) {
      double[] weights = new double[features.inputs().size()];
      Arrays.fill(weights, weight);
      FloatBlock scores = new FloatBlock(ROWS, 1);
      for (int i = 0; i < ROWS; i++) {
        scores.set(i, 0, (float) (1 + weight));
      }
      return new Exported(
          name,
          features,
          new LinearWeights(features.inputs(), List.of("y"), weights, new double[] {1}),
          rows,
          new FloatMatrix(List.of("y"), List.of(scores)));
    }

    ExportedModel export(Path models) {
      return ModelExporter.export(
          new ExportRequest(
              models,
              name,
              new ModelGraph(
                  new ModelConfig.LinearRegression(new InitializerConfig.Zeros()),
                  features,
                  new FittedLabels.Regression(List.of("y")),
                  null),
              weights,
              proven -> Map.of(),
              rows,
              0,
              scores,
              null));
    }
  }

  /** Makes the models, whose scores are 1: one of 32 numbers, one of a million hashed values. */
  @Setup
  public void make() throws IOException {
    models = Files.createTempDirectory("slope-serving-");
    SplittableRandom random = new SplittableRandom(22);
    FloatBlock numbers = new FloatBlock(ROWS, NUMBERS);
    for (int i = 0; i < ROWS * NUMBERS; i++) {
      numbers.set(i / NUMBERS, i % NUMBERS, (float) random.nextGaussian());
    }
    List<String> names = IntStream.range(0, NUMBERS).mapToObj(i -> "x" + i).toList();
    small =
        Exported.of(
            "small",
            new FittedFeatures(
                names.stream()
                    .<FittedFeature>map(
                        name -> new FittedFeature.Numeric(name, Scaling.STANDARD, 0, 1))
                    .toList()),
            0,
            CodedRows.ofNumbers(new FloatMatrix(names, List.of(numbers))));
    large =
        Exported.of(
            "large",
            new FittedFeatures(
                List.of(
                    new FittedFeature.Hashed(
                        new RawColumn("value", RawColumn.Type.STRING), WEIGHTS))),
            0.25,
            texts());
    served = ServedModel.loadForRequests(small.export(models).directory());
    row = numbers.head(1);
  }

  private static CodedRows texts() {
    return new TypedRows()
        .text("value", IntStream.range(0, ROWS).mapToObj(i -> "v" + i).toArray(String[]::new))
        .rows();
  }

  /** A model of 32 numbers. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 5)
  @Measurement(iterations = 15)
  public int exportSmall() {
    return small.export(models).version();
  }

  /** A model of 1,000,000 weights, all of them in its description. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 2)
  @Measurement(iterations = 5)
  public int exportMillion() {
    return large.export(models).version();
  }

  /** One row of 32 numbers. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Warmup(iterations = 4, time = 2)
  @Measurement(iterations = 7, time = 1)
  public double predictOne() {
    return served.predict(row).get(0, 0);
  }

  /** Removes what was exported. */
  @TearDown
  public void delete() throws IOException {
    served.close();
    try (Stream<Path> tree = Files.walk(models)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
