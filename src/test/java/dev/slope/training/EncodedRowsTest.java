package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.graph.Batches;
import dev.slope.graph.SparseRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are packed on the way come in the order of rows that were packed before. */
class EncodedRowsTest {
  /** More rows than a slice, in uneven blocks; and so few that they are shuffled one by one. */
  @ParameterizedTest
  @CsvSource({"20003,true", "20003,false", "300,true"})
  void areThePackedRows(int count, boolean shuffled) {
    SparseFixtures drawn =
        SparseFixtures.draw(3, count, 1, true, true, (score, output, random) -> score);
    TrainingRows coded = drawn.coded();
    FloatMatrix raw = coded.rawFeatures();
    TrainingRows cut =
        new TrainingRows(
            new FloatMatrix(raw.names(), cut(raw.blocks().get(0))),
            coded.labels(),
            coded.weights(),
            coded.offsets());
    TrainingJob job =
        new TrainingJob(
            new ModelConfig.LogisticRegression(
                true, 0, 0, Map.of(), new ClassWeightConfig.None(), new InitializerConfig.Zeros()),
            SparseFixtures.training(
                new OptimizerConfig.GradientDescent(1),
                1,
                64,
                TrainingFixtures.NO_STOP,
                null,
                PlanName.SPARSE),
            SparseFixtures.CODED_FEATURES,
            List.of("y"),
            cut,
            null,
            7);
    SparseRows sparse = Objects.requireNonNull(SparseRows.of(SparseFixtures.CODED_FEATURES));
    Batches batches = Batches.of(new RowsFeed(job.features(), sparse, cut).shape(), 64, sparse);
    Long seed = shuffled ? 7L : null;

    try (PackedRows encoded = new EncodedRows(job, batches, Device.CPU, seed);
        PackedRows packed = new ShuffledRows(job, batches, Device.CPU, seed)) {
      for (long epoch = 0; epoch < 3; epoch++) {
        assertThat(bits(encoded, epoch, count, batches.packedColumns()))
            .isEqualTo(bits(packed, epoch, count, batches.packedColumns()));
      }
    }
  }

  private static List<FloatBlock> cut(FloatBlock block) {
    FloatBlock head = block.head(block.rows() / 3);
    FloatBlock tail = new FloatBlock(block.rows() - head.rows(), block.columns());
    tail.values()
        .put(0, block.values(), head.rows() * block.columns(), tail.rows() * block.columns());
    return List.of(head, tail);
  }

  /** Bits, for places are no numbers. */
  private static int[] bits(PackedRows rows, long epoch, int count, int columns) {
    ByteBuffer target =
        ByteBuffer.allocate(count * columns * Float.BYTES).order(ByteOrder.nativeOrder());
    rows.copy(epoch, 0, 17, target);
    rows.copy(epoch, 17, count, target);
    int[] bits = new int[count * columns];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = target.getInt(i * Integer.BYTES);
    }
    return bits;
  }
}
