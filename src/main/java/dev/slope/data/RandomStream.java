package dev.slope.data;

/**
 * A stream of random numbers that is the same on every machine and Java version: SplitMix64
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** The stream that starts from a state, as the algorithm's reference has it. */
  RandomStream(long state) {
    this.state = state;
  }

  /** One of many streams of a seed that have nothing to do with each other. */
  public static RandomStream of(long seed, long stream) {
    return new RandomStream(mixed(mixed(seed) + (stream + 1) * GOLDEN_GAMMA));
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /**
   * Even on 0 to below a bound, but for less than bound / 2^31 of it.
   *
   * @param bound at least 1
   */
  public int nextInt(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** Even on [0, 1), in steps of 2^-53. */
  public double nextUniform() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Standard normal, by Box and Muller's transform of two uniform numbers. */
  double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextUniform()));
    return radius * StrictMath.cos(2 * Math.PI * nextUniform());
  }

  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
