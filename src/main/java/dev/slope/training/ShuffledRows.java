package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.graph.Batches;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Packed rows in memory. They are shuffled once, row by row, when they are packed; from then on
 * every epoch shuffles groups of rows that became neighbours by chance, because single rows are
 * several times slower to copy. Few rows are shuffled one by one in each epoch.
 */
final class ShuffledRows implements PackedRows {
  /** Measured for 1,000,000 rows of 33 values: 52 to 80 ms against 115 to 230 ms row by row. */
  private static final int GROUP_ROWS = 16;

  /** Up to so many rows, single rows are shuffled. */
  private static final long FEW_ROWS = 4096;

  /** The number of the stream that draws the first shuffle: no epoch has it. */
  private static final long FIRST_SHUFFLE = -1;

  private final long rows;
  private final Precision precision;
  private final int rowBytes;
  private final int groupRows;
  private final ByteBuffer[] segments;
  private final int rowsOfSegment;
  private final EpochOrder order;
  private long orderedEpoch = -1;
  private int[] groups = {};

  /**
   * Packs all rows of a job.
   *
   * @param seed of the shuffling; null keeps the rows' order
   */
  ShuffledRows(TrainingJob job, Batches batches, Device device, @Nullable Long seed) {
    this.rows = batches.rows();
    this.precision = job.precision();
    this.rowBytes = batches.packedColumns() * precision.bytes();
    this.groupRows = groupRows(rows, seed);
    this.rowsOfSegment = Integer.highestOneBit((1 << 30) / rowBytes);
    this.segments = new ByteBuffer[Math.toIntExact((rows + rowsOfSegment - 1) / rowsOfSegment)];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = allocate((int) Math.min(rowsOfSegment, rows - (long) i * rowsOfSegment));
    }
    // The rows that fill no group stay the last ones.
    this.order = new EpochOrder((int) (rows / groupRows), seed);
    int[] places = seed == null ? null : places(rows, seed);
    RowPacker.pack(job, batches, device, new Placing(places));
  }

  private ByteBuffer allocate(int segmentRows) {
    return ByteBuffer.allocateDirect(segmentRows * rowBytes);
  }

  /** How many neighbouring rows every epoch keeps together. */
  static int groupRows(long rows, @Nullable Long seed) {
    return seed == null || rows > FEW_ROWS ? GROUP_ROWS : 1;
  }

  /** Where each row goes when rows are shuffled one by one. */
  static int[] places(long rows, long seed) {
    int[] places = new EpochOrder(Math.toIntExact(rows), null).of(0);
    EpochOrder.shuffle(places, EpochOrder.stream(seed, FIRST_SHUFFLE));
    return places;
  }

  /** Puts rows where they belong. */
  private final class Placing implements RowPacker.Consumer {
    private final int @Nullable [] places;
    private int next;

    Placing(int @Nullable [] places) {
      this.places = places;
    }

    @Override
    public void accept(int count, ByteBuffer packed) {
      for (int row = 0; row < count; row++) {
        int place = places == null ? next : places[next];
        next++;
        segments[place / rowsOfSegment].put(
            place % rowsOfSegment * rowBytes, packed, row * rowBytes, rowBytes);
      }
    }
  }

  @Override
  public void copy(long epoch, long from, long to, ByteBuffer target) {
    if (epoch != orderedEpoch) {
      groups = order.of(epoch);
      orderedEpoch = epoch;
    }
    long row = from;
    while (row < to) {
      int group = (int) (row / groupRows);
      int inGroup = (int) (row % groupRows);
      int count = (int) Math.min(to - row, groupRows - inGroup);
      long place = (group < groups.length ? (long) groups[group] * groupRows : row - inGroup);
      copy(place + inGroup, count, target);
      row += count;
    }
  }

  /** Neighbouring rows of one group, which no segment cuts. */
  private void copy(long place, int count, ByteBuffer target) {
    int bytes = count * rowBytes;
    int segment = (int) (place / rowsOfSegment);
    target.put(
        target.position(), segments[segment], (int) (place % rowsOfSegment) * rowBytes, bytes);
    target.position(target.position() + bytes);
  }

  /** The memory is the garbage collector's. */
  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void close() {}
}
