package dev.slope.training.checkpoint;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides how a training goes on after an epoch, as arrays by name: parameters,
 * optimizer slots, best and last good weights, the state of schedule, stop and shuffling, and the
 * history so far. What the names mean is between the code that saves and the code that restores,
 * which are of one version: a checkpoint of another version is refused.
 *
 * <p>Arrays are kept and handed out as they are, not copied: they may be large.
 */
public final class TrainingState {
  private final long epochsDone;
  private final SortedMap<String, StateArray> arrays;

  TrainingState(long epochsDone, SortedMap<String, StateArray> arrays) {
    if (epochsDone < 0) {
      throw new IllegalArgumentException("epochsDone must be >= 0, but was " + epochsDone);
    }
    this.epochsDone = epochsDone;
    this.arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
  }

  /** An empty state after some epochs, to be filled. */
  public static Builder after(long epochsDone) {
    return new Builder(epochsDone);
  }

  /** After how many epochs this is the state. */
  public long epochsDone() {
    return epochsDone;
  }

  /** The float32 values of a name. */
  public float[] floats(String name) {
    return get(name, StateArray.Floats.class).values();
  }

  /** The float64 values of a name. */
  public double[] doubles(String name) {
    return get(name, StateArray.Doubles.class).values();
  }

  /** The int64 values of a name. */
  public long[] longs(String name) {
    return get(name, StateArray.Longs.class).values();
  }

  /** All arrays, in the order of their names. */
  SortedMap<String, StateArray> arrays() {
    return arrays;
  }

  private <T extends StateArray> T get(String name, Class<T> type) {
    StateArray array = arrays.get(name);
    if (!type.isInstance(array)) {
      throw new IllegalArgumentException(
          "'%s' must be %s of the state, but was %s; it has %s"
              .formatted(
                  name,
                  type.getSimpleName(),
                  array == null ? "absent" : array.getClass().getSimpleName(),
                  arrays.keySet()));
    }
    return type.cast(array);
  }

  /** Takes a state's arrays, each under a name of its own. */
  public static final class Builder {
    private final long epochsDone;
    private final SortedMap<String, StateArray> arrays = new TreeMap<>();

    private Builder(long epochsDone) {
      this.epochsDone = epochsDone;
    }

    /** Adds float32 values. */
    public Builder floats(String name, float... values) {
      return put(name, new StateArray.Floats(values));
    }

    /** Adds float64 values. */
    public Builder doubles(String name, double... values) {
      return put(name, new StateArray.Doubles(values));
    }

    /** Adds int64 values. */
    public Builder longs(String name, long... values) {
      return put(name, new StateArray.Longs(values));
    }

    /** The state with all that was added. */
    public TrainingState build() {
      return new TrainingState(epochsDone, arrays);
    }

    private Builder put(String name, StateArray array) {
      if (arrays.putIfAbsent(name, array) != null) {
        throw new IllegalArgumentException("'" + name + "' must be added once, but was twice");
      }
      return this;
    }
  }
}
