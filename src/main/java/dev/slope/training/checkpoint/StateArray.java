package dev.slope.training.checkpoint;

/** The values of one name in a {@link TrainingState}. Their bits are kept, those of NaN too. */
@SuppressWarnings("ArrayRecordComponent") // compared by their bits in the state, never as records
sealed interface StateArray {
  /** How many values. */
  int length();

  /** float32 values. */
  record Floats(float[] values) implements StateArray {
    @Override
    public int length() {
      return values.length;
    }
  }

  /** float64 values. */
  record Doubles(double[] values) implements StateArray {
    @Override
    public int length() {
      return values.length;
    }
  }

  /** int64 values. */
  record Longs(long[] values) implements StateArray {
    @Override
    public int length() {
      return values.length;
    }
  }
}
