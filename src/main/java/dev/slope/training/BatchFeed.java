package dev.slope.training;

import dev.slope.graph.RowsSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** Packed rows, chunk by chunk: read ahead on another thread, and fed to the loop's calls. */
final class BatchFeed implements DataFeed, AutoCloseable {
  private final PackedRows rows;
  private final PackedChunks chunks;
  private final long endEpoch;
  private @Nullable Placeholder<?> input;
  private @Nullable ChunkReader reader;
  private ChunkReader.@Nullable Chunk chunk;

  /**
   * A feed.
   *
   * @param endEpoch one past the training's last epoch
   */
  BatchFeed(PackedRows rows, PackedChunks chunks, long endEpoch) {
    this.rows = rows;
    this.chunks = chunks;
    this.endEpoch = endEpoch;
  }

  @Override
  public <T extends TFloating> RowsSource<T> addTo(Ops tf, Class<T> type) {
    Placeholder<T> packed =
        tf.placeholder(
            type, Placeholder.shape(Shape.of(chunks.rows(), chunks.batches().packedColumns())));
    input = packed;
    return chunks.areParts()
        ? new RowsSource.Parts<>(packed)
        : new RowsSource.WholeEpochs<>(packed);
  }

  @Override
  public List<Tensor> feed(Session.Runner runner) {
    return List.of();
  }

  /** Feeds a chunk's rows. */
  void feed(Session.Runner runner, ChunkReader.Chunk from) {
    runner.feed(Objects.requireNonNull(input, "addTo comes first"), from.packed());
  }

  boolean comesInParts() {
    return chunks.areParts();
  }

  /** How many steps an epoch has. */
  int steps() {
    return chunks.batches().steps();
  }

  /**
   * Begins to read, if it hasn't yet.
   *
   * @param epoch the first that {@link #at} will be asked for, from 0
   */
  ChunkReader readFrom(long epoch) {
    if (reader == null) {
      reader = new ChunkReader(rows, chunks, epoch, endEpoch);
    }
    return reader;
  }

  /**
   * The chunk that holds an epoch's rows, or the next part of them.
   *
   * @param epoch from 0; never one before the last asked for
   */
  ChunkReader.Chunk at(long epoch) {
    ChunkReader reading = readFrom(epoch);
    if (chunk == null || epoch >= chunk.epoch() + chunk.epochs()) {
      chunk = reading.next(chunk);
    }
    return chunk;
  }

  /** Stops reading; idempotent. */
  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    rows.close();
  }
}
