package dev.slope.training;

import dev.slope.data.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * In which order an epoch visits groups of neighbouring rows. A pure function of seed and epoch, so
 * that a training that goes on later goes on in the same order.
 *
 * @param groups how many there are
 * @param seed null where every epoch keeps the rows' own order
 */
record EpochOrder(int groups, @Nullable Long seed) {
  /** Synthetic data draws from streams of the same seed. */
  private static final long SHUFFLING = 0x73687566666c65L;

  /** A stream that no other use of a seed shares. */
  static RandomStream stream(long seed, long number) {
    return RandomStream.of(seed ^ SHUFFLING, number);
  }

  /**
   * The groups of an epoch.
   *
   * @param epoch from 0
   */
  int[] of(long epoch) {
    int[] order = new int[groups];
    for (int i = 0; i < groups; i++) {
      order[i] = i;
    }
    if (seed != null) {
      shuffle(order, stream(seed, epoch));
    }
    return order;
  }

  /** Fisher and Yates's shuffle. */
  static void shuffle(int[] order, RandomStream random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }
}
