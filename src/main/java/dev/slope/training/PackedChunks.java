package dev.slope.training;

import dev.slope.data.BlockStore;
import dev.slope.graph.Batches;
import dev.slope.graph.SparseSteps;

/**
 * How packed rows are handed to the loop: small epochs many at once, large ones in parts.
 *
 * @param batches of an epoch
 * @param epochs how many whole epochs a chunk holds; 0 where it holds a part of one, or all of one
 * @param steps how many batches a chunk holds
 */
record PackedChunks(Batches batches, int epochs, int steps) {
  /** The most values of a part of an epoch: 64 MiB of them. */
  static final int MAX_VALUES = 1 << 24;

  /** Smaller chunks cost more to hand over than they save: 256 KiB. */
  private static final int FEWEST_VALUES = 1 << 16;

  /** About so many values where a chunk holds many epochs: 4 MiB of them. */
  private static final int SMALL_VALUES = 1 << 20;

  /**
   * The chunks of a training.
   *
   * @param maxEpochs the most epochs of one call
   * @param maxValues the most values of a chunk; a batch is never cut
   */
  static PackedChunks of(Batches batches, long maxEpochs, int maxValues) {
    long batchValues = (long) batches.batchRows() * batches.packedColumns();
    long epochValues = batches.steps() * batchValues;
    if (epochValues > maxValues) {
      return inParts(batches, maxValues);
    }
    long epochs = Math.min(maxEpochs, Math.max(1, SMALL_VALUES / epochValues));
    return new PackedChunks(batches, (int) epochs, Math.toIntExact(epochs * batches.steps()));
  }

  /**
   * Chunks of which none holds whole epochs, so that each epoch ends in a call of its own.
   *
   * @param maxValues the most values of a chunk; a batch is never cut
   */
  static PackedChunks inParts(Batches batches, int maxValues) {
    long batchValues = (long) batches.batchRows() * batches.packedColumns();
    int steps = Math.toIntExact(Math.max(1, maxValues / batchValues));
    return new PackedChunks(batches, 0, Math.min(steps, batches.steps()));
  }

  /**
   * The most values of a chunk of rows that don't fit into memory: the tensors that they go through
   * take as much of it together as the store leaves.
   *
   * @param limit never more than this
   */
  static int most(BlockStore store, int limit) {
    long values = store.memoryBytes() / store.precision().bytes() / ChunkReader.TENSORS;
    return (int) Math.min(limit, Math.max(FEWEST_VALUES, values));
  }

  /** The chunks of a training that sums up its steps: one batch each. */
  static PackedChunks ofSums(Batches batches) {
    return new PackedChunks(batches, 0, 1);
  }

  /**
   * The chunks of a training over sparse rows, whose steps run many at once: small ones, so that an
   * epoch's first steps don't wait for the copy of all its rows.
   *
   * @param maxValues the most values of a chunk
   */
  static PackedChunks ofRuns(Batches batches, int maxValues) {
    long batchValues = (long) batches.batchRows() * batches.packedColumns();
    long most = Math.max(1, Math.min(maxValues, SMALL_VALUES) / batchValues);
    long run = SparseSteps.most(batches);
    long whole = most / run * run;
    return new PackedChunks(batches, 0, (int) Math.min(whole == 0 ? most : whole, batches.steps()));
  }

  boolean areParts() {
    return epochs == 0;
  }

  /** How many rows a chunk holds, filling included. */
  long rows() {
    return (long) steps * batches.batchRows();
  }
}
