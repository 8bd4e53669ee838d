package dev.slope.data;

import java.util.ArrayList;
import java.util.List;

/** Cuts rows of numbers and texts into batches. */
final class BatchWriter {
  private final DataSource.BatchConsumer consumer;
  private final BlockWriter writer;
  private List<String[]> texts = new ArrayList<>();

  BatchWriter(int columns, DataSource.BatchConsumer consumer) {
    this.consumer = consumer;
    this.writer = new BlockWriter(columns, BlockStore.inMemory(), this::handOn);
  }

  private void handOn(FloatBlock block) {
    List<String[]> batchTexts = texts;
    texts = new ArrayList<>();
    consumer.accept(new DataSource.Batch(block, batchTexts));
  }

  /** Appends one row; the numbers are copied, the array of texts is kept. */
  void add(float[] numbers, String[] text) {
    // The numbers first: they may complete the last batch, to which this text does not belong.
    writer.add(numbers);
    texts.add(text);
  }

  void finish() {
    writer.finish();
  }
}
