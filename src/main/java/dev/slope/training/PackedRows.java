package dev.slope.training;

import dev.slope.config.Precision;
import java.nio.ByteBuffer;

/** The packed rows of a training, in the order of any epoch. */
interface PackedRows extends AutoCloseable {
  /**
   * Copies some rows of an epoch.
   *
   * @param epoch from 0
   * @param from the first, counted in the epoch's order
   * @param to one past the last
   * @param target takes them from its position on, which moves
   */
  void copy(long epoch, long from, long to, ByteBuffer target);

  /** The type of the rows' numbers. */
  Precision precision();

  @Override
  void close();
}
