package dev.slope.training;

/**
 * How many epochs the next call of the compiled loop runs: as many as take about a tenth of a
 * second, so that progress and Ctrl-C stay responsive. It decides nothing but that.
 */
interface CallSize {
  /** A call never runs more than this. */
  int MAX_EPOCHS = 1 << 18;

  /** The number for the first call. */
  long first();

  /**
   * The number for the next call, at least 1.
   *
   * @param epochs how many the last call ran
   * @param seconds how long it took
   */
  long next(long epochs, double seconds);

  /** Always the same number. */
  static CallSize fixed(long epochs) {
    return new CallSize() {
      @Override
      public long first() {
        return epochs;
      }

      @Override
      public long next(long lastEpochs, double seconds) {
        return epochs;
      }
    };
  }

  /** Follows the clock: starts with one epoch, and grows at most 64-fold from call to call. */
  static CallSize forTenthOfSecond() {
    return new CallSize() {
      @Override
      public long first() {
        return 1;
      }

      @Override
      public long next(long lastEpochs, double seconds) {
        double fitting = lastEpochs * 0.1 / Math.max(seconds, 1e-9);
        double bounded = Math.min(fitting, lastEpochs * 64.0);
        return Math.max(1, Math.min(MAX_EPOCHS, (long) bounded));
      }
    };
  }
}
