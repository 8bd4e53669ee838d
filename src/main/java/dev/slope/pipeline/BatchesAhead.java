package dev.slope.pipeline;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.slope.data.CodedColumn;
import dev.slope.data.DaemonThreads;
import dev.slope.data.DataSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the next rows of a source in a thread of its own while the ones before are used. */
final class BatchesAhead {
  /** As many as are read and wait: one is enough for neither thread to wait for long. */
  private static final int MOST_WAITING = 2;

  private static final long OFFER_MILLIS = 50;

  /** Ends with an empty one. */
  private final BlockingQueue<Optional<DataSource.Batch>> read =
      new ArrayBlockingQueue<>(MOST_WAITING);

  private volatile boolean abandoned;
  private volatile @Nullable RuntimeException problem;
  private volatile @Nullable Error error;

  private BatchesAhead() {}

  /**
   * As {@link DataSource#scan}. The reader has ended when this returns or throws.
   *
   * @param consumer is called in this thread
   */
  static void scan(
      DataSource source,
      List<CodedColumn> coded,
      List<String> text,
      DataSource.BatchConsumer consumer) {
    BatchesAhead ahead = new BatchesAhead();
    Thread reader = new DaemonThreads("read-rows").newThread(() -> ahead.read(source, coded, text));
    reader.start();
    try {
      ahead.consume(consumer);
    } finally {
      ahead.abandoned = true;
      Uninterruptibles.joinUninterruptibly(reader);
    }
  }

  private void consume(DataSource.BatchConsumer consumer) {
    Optional<DataSource.Batch> next = Uninterruptibles.takeUninterruptibly(read);
    while (next.isPresent()) {
      consumer.accept(next.get());
      next = Uninterruptibles.takeUninterruptibly(read);
    }
    if (problem != null) {
      throw problem;
    }
    if (error != null) {
      throw error;
    }
  }

  private void read(DataSource source, List<CodedColumn> coded, List<String> text) {
    try {
      source.scan(
          coded,
          text,
          batch -> {
            if (!put(Optional.of(batch))) {
              throw new IllegalStateException("nobody takes the rows any more");
            }
          });
    } catch (RuntimeException e) {
      problem = e;
    } catch (Error e) {
      error = e;
    }
    put(Optional.empty());
  }

  /** Waits for room; false where nobody takes anything any more. */
  private boolean put(Optional<DataSource.Batch> batch) {
    try {
      while (!read.offer(batch, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
        if (abandoned) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the reader", e);
    }
  }
}
