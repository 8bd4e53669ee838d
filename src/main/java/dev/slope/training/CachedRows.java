package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.BlockStore;
import dev.slope.data.FloatBlock;
import dev.slope.data.RandomStream;
import dev.slope.graph.Batches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packed rows in segments that a store keeps, in a file where they are many: written once, then
 * read epoch after epoch.
 *
 * <p>With a seed the rows are dealt out to the segments at random and shuffled in each of them as
 * they are written, which makes any order equally likely; every epoch then visits the segments in
 * another order, and in each of them groups of rows that are neighbours by chance. A file is so
 * read segment by segment.
 */
final class CachedRows implements PackedRows {
  /** About so many values make a segment: 16 MiB of them. */
  private static final int SEGMENT_VALUES = 1 << 22;

  private static final int GROUP_ROWS = 16;

  /** The number of the stream that deals the rows out: no epoch has it. */
  private static final long DEALING = -1;

  private final long rows;
  private final Precision precision;
  private final int columns;
  private final int rowBytes;
  private final int segmentRows;
  private final List<FloatBlock> segments = new ArrayList<>();
  private final @Nullable Long seed;
  private long orderedEpoch = -1;
  private int[] segmentOrder = {};
  private long orderedPlace = -1;
  private int[] groupOrder = {};

  /**
   * Packs all rows of a job.
   *
   * @param store keeps them; the caller closes it
   * @param seed of the shuffling; null keeps the rows' order
   */
  CachedRows(
      TrainingJob job, Batches batches, Device device, BlockStore store, @Nullable Long seed) {
    this(job, batches, device, store, seed, SEGMENT_VALUES);
  }

  CachedRows(
      TrainingJob job,
      Batches batches,
      Device device,
      BlockStore store,
      @Nullable Long seed,
      int segmentValues) {
    this.rows = batches.rows();
    this.precision = job.precision();
    this.columns = batches.packedColumns();
    this.rowBytes = columns * precision.bytes();
    this.seed = seed;
    int groups = Math.max(1, segmentValues / columns / GROUP_ROWS);
    this.segmentRows = groups * GROUP_ROWS;
    for (long first = 0; first < rows; first += segmentRows) {
      segments.add(store.allocate(precision, (int) Math.min(segmentRows, rows - first), columns));
    }
    Writing writing = new Writing(seed == null ? null : EpochOrder.stream(seed, DEALING));
    RowPacker.pack(job, batches, device, writing);
    writing.finish();
  }

  /** Puts rows where they belong. */
  private final class Writing implements RowPacker.Consumer {
    private final @Nullable RandomStream random;
    private final ByteBuffer[] targets = new ByteBuffer[segments.size()];
    private int current;
    private long dealt;
    private int mostLeft = segmentRows;

    Writing(@Nullable RandomStream random) {
      this.random = random;
      for (int i = 0; i < targets.length; i++) {
        targets[i] = segments.get(i).bytes();
      }
    }

    @Override
    public void accept(int count, ByteBuffer packed) {
      for (int row = 0; row < count; row++) {
        ByteBuffer target = targets[segment()];
        target.put(target.position(), packed, row * rowBytes, rowBytes);
        target.position(target.position() + rowBytes);
      }
    }

    /** The segment of the next row: any place that is left is equally likely. */
    private int segment() {
      if (random == null) {
        while (!targets[current].hasRemaining()) {
          current++;
        }
        return current;
      }
      if (dealt++ % segmentRows == 0) {
        mostLeft = mostLeft();
      }
      while (true) {
        int drawn = random.nextInt(targets.length);
        if (random.nextInt(mostLeft) < targets[drawn].remaining() / rowBytes) {
          return drawn;
        }
      }
    }

    /** Keeps the share of draws that are taken from falling as the segments fill. */
    private int mostLeft() {
      int most = 1;
      for (ByteBuffer target : targets) {
        most = Math.max(most, target.remaining() / rowBytes);
      }
      return most;
    }

    void finish() {
      if (random == null) {
        return;
      }
      // One copy for all: only the garbage collector gives direct memory back.
      FloatBlock copy = new FloatBlock(precision, (int) Math.min(segmentRows, rows), columns);
      for (FloatBlock segment : segments) {
        shuffle(segment, copy.bytes(), random);
      }
    }

    private void shuffle(FloatBlock segment, ByteBuffer copied, RandomStream stream) {
      int[] places = new EpochOrder(segment.rows(), null).of(0);
      EpochOrder.shuffle(places, stream);
      ByteBuffer values = segment.bytes();
      copied.put(0, values, 0, segment.rows() * rowBytes);
      for (int row = 0; row < places.length; row++) {
        values.put(places[row] * rowBytes, copied, row * rowBytes, rowBytes);
      }
    }
  }

  @Override
  public void copy(long epoch, long from, long to, ByteBuffer target) {
    if (epoch != orderedEpoch) {
      // A segment that is not full stays the last one.
      segmentOrder = new EpochOrder((int) (rows / segmentRows), seed).of(epoch);
      orderedEpoch = epoch;
      orderedPlace = -1;
    }
    long row = from;
    while (row < to) {
      long place = row / segmentRows;
      int inSegment = (int) (row % segmentRows);
      int segment = place < segmentOrder.length ? segmentOrder[(int) place] : (int) place;
      int count = (int) Math.min(to - row, segments.get(segment).rows() - inSegment);
      copySegment(place, segment, inSegment, inSegment + count, target);
      row += count;
    }
  }

  private void copySegment(long place, int segment, int from, int to, ByteBuffer target) {
    FloatBlock block = segments.get(segment);
    if (place != orderedPlace) {
      groupOrder =
          new EpochOrder(block.rows() / GROUP_ROWS, seed == null ? null : ~seed)
              .of(orderedEpoch * segments.size() + place);
      orderedPlace = place;
    }
    ByteBuffer values = block.bytes();
    int row = from;
    while (row < to) {
      int group = row / GROUP_ROWS;
      int inGroup = row % GROUP_ROWS;
      int count = seed == null ? to - row : Math.min(to - row, GROUP_ROWS - inGroup);
      int source =
          group < groupOrder.length && seed != null
              ? groupOrder[group] * GROUP_ROWS + inGroup
              : row;
      target.put(target.position(), values, source * rowBytes, count * rowBytes);
      target.position(target.position() + count * rowBytes);
      row += count;
    }
  }

  /** The store closes the file. */
  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void close() {}
}
