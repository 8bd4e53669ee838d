package dev.slope.training;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.slope.config.Precision;
import dev.slope.data.DaemonThreads;
import dev.slope.graph.Batches;
import dev.slope.training.tensors.TensorMemory;
import dev.slope.training.tensors.Tensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/**
 * Copies packed rows into tensors on a thread of its own, chunk by chunk in the order of the
 * training, while the loop is at an earlier chunk.
 */
final class ChunkReader implements AutoCloseable {
  /** One that trains, one that is ready, and one that is being filled. */
  static final int TENSORS = 3;

  private final PackedRows source;
  private final PackedChunks chunks;
  private final long endEpoch;
  private final List<Tensor> tensors = new ArrayList<>();
  private final BlockingQueue<Tensor> free = new ArrayBlockingQueue<>(TENSORS);
  private final BlockingQueue<Read> ready = new ArrayBlockingQueue<>(TENSORS + 1);
  private final Thread thread;

  /**
   * A chunk of packed rows.
   *
   * @param epoch that it belongs to, or begins with; from 0
   * @param epochs how many whole ones it holds; 0 where it is a part of one
   * @param firstStep the number of its first batch in its epoch, from 0
   * @param endStep one past the number of its last
   * @param packed the rows
   */
  record Chunk(long epoch, int epochs, int firstStep, int endStep, Tensor packed) {}

  /** What the thread hands over: a chunk, or why there is none. */
  private record Read(@Nullable Chunk chunk, @Nullable Throwable failure) {}

  /**
   * Starts reading.
   *
   * @param firstEpoch from 0
   * @param endEpoch one past the last
   */
  ChunkReader(PackedRows source, PackedChunks chunks, long firstEpoch, long endEpoch) {
    this.source = source;
    this.chunks = chunks;
    this.endEpoch = endEpoch;
    this.thread = new DaemonThreads("slope-rows").newThread(() -> run(firstEpoch));
    thread.start();
  }

  /** The next chunk; waits for it. What an earlier one held may be overwritten from now on. */
  Chunk next(@Nullable Chunk done) {
    if (done != null) {
      free.add(done.packed());
    }
    try {
      Read read = ready.take();
      if (read.failure() instanceof RuntimeException failure) {
        throw failure;
      }
      if (read.failure() instanceof Error failure) {
        throw failure;
      }
      if (read.chunk() == null) {
        throw new IllegalStateException("there is no chunk after epoch " + endEpoch);
      }
      return read.chunk();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for rows", e);
    }
  }

  private void run(long firstEpoch) {
    try {
      for (long epoch = firstEpoch; epoch < endEpoch; ) {
        if (chunks.areParts()) {
          parts(epoch);
          epoch++;
        } else {
          int count = (int) Math.min(chunks.epochs(), endEpoch - epoch);
          wholeEpochs(epoch, count);
          epoch += count;
        }
      }
      ready.put(new Read(null, null));
    } catch (InterruptedException e) {
      // Closed: nobody waits for more.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      ready.add(new Read(null, e));
    }
  }

  private void parts(long epoch) throws InterruptedException {
    int steps = chunks.batches().steps();
    for (int first = 0; first < steps; first += chunks.steps()) {
      int end = Math.min(steps, first + chunks.steps());
      Tensor tensor = tensor();
      fill(epoch, first, end, TensorMemory.of(tensor));
      ready.put(new Read(new Chunk(epoch, 0, first, end, tensor), null));
    }
  }

  private void wholeEpochs(long epoch, int count) throws InterruptedException {
    int steps = chunks.batches().steps();
    Tensor tensor = tensor();
    ByteBuffer memory = TensorMemory.of(tensor);
    for (int i = 0; i < count; i++) {
      fill(epoch + i, 0, steps, memory);
    }
    ready.put(new Read(new Chunk(epoch, count, 0, steps, tensor), null));
  }

  private Tensor tensor() throws InterruptedException {
    if (free.isEmpty() && tensors.size() < TENSORS) {
      Tensor tensor =
          Tensors.blank(
              source.precision(), Shape.of(chunks.rows(), chunks.batches().packedColumns()));
      tensors.add(tensor);
      return tensor;
    }
    return free.take();
  }

  /** Fills batches of an epoch in, from the target's position on. */
  private void fill(long epoch, int firstStep, int endStep, ByteBuffer target) {
    Batches batches = chunks.batches();
    long from = (long) firstStep * batches.batchRows();
    long to = Math.min(batches.rows(), (long) endStep * batches.batchRows());
    source.copy(epoch, from, to, target);
    int own = batches.lastBatchRows();
    if (endStep == batches.steps() && own < batches.batchRows()) {
      fillUp(batches, own, target);
    }
  }

  private void fillUp(Batches batches, int own, ByteBuffer target) {
    Precision precision = source.precision();
    int columns = batches.packedColumns();
    double share = precision.round((double) batches.batchRows() / own);
    int first = target.position() / precision.bytes() - own * columns + batches.weightColumn();
    for (int row = 0; row < own; row++) {
      int weight = (first + row * columns) * precision.bytes();
      if (precision == Precision.FLOAT32) {
        target.putFloat(weight, (float) (target.getFloat(weight) * share));
      } else {
        target.putDouble(weight, target.getDouble(weight) * share);
      }
    }
    target.put(new byte[(batches.batchRows() - own) * columns * precision.bytes()]);
  }

  @Override
  public void close() {
    thread.interrupt();
    Uninterruptibles.joinUninterruptibly(thread);
    tensors.forEach(Tensor::close);
    tensors.clear();
    source.close();
  }
}
