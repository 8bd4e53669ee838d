package dev.slope.training;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened in each epoch: all of the first 10,000, then 1,000 for every tenfold, evenly on a
 * log scale, and always the last. Which ones are kept depends on their numbers alone.
 *
 * @param records in order
 */
public record TrainingHistory(List<EpochRecord> records) {
  /** Up to this epoch, every one is kept. */
  public static final long COMPLETE_EPOCHS = 10_000;

  private static final int RECORDS_PER_DECADE = 1_000;

  public TrainingHistory {
    records = List.copyOf(records);
  }

  /** Takes epochs in order and keeps what a history keeps; a thousand million epochs fit. */
  static final class Recorder {
    private final List<EpochRecord> kept = new ArrayList<>();
    private long nextKept = 1;
    private int thinned;
    private long lastEpoch;
    private float lastLoss;
    private double lastLearningRate;
    private double lastSeconds;

    /**
     * Adds epochs that ran together.
     *
     * @param startSeconds when the first of them began
     * @param endSeconds when the last of them ended
     */
    void add(
        long firstEpoch,
        float[] losses,
        double learningRate,
        double startSeconds,
        double endSeconds) {
      if (losses.length == 0) {
        return;
      }
      double secondsPerEpoch = (endSeconds - startSeconds) / losses.length;
      long end = firstEpoch + losses.length;
      while (nextKept < end) {
        int index = Math.toIntExact(nextKept - firstEpoch);
        kept.add(
            new EpochRecord(
                nextKept,
                losses[index],
                learningRate,
                startSeconds + (index + 1) * secondsPerEpoch));
        nextKept = epochAfter(nextKept);
      }
      lastEpoch = end - 1;
      lastLoss = losses[losses.length - 1];
      lastLearningRate = learningRate;
      lastSeconds = endSeconds;
    }

    TrainingHistory history() {
      List<EpochRecord> records = new ArrayList<>(kept);
      if (lastEpoch > 0 && kept.get(kept.size() - 1).epoch() != lastEpoch) {
        records.add(new EpochRecord(lastEpoch, lastLoss, lastLearningRate, lastSeconds));
      }
      return new TrainingHistory(records);
    }

    private long epochAfter(long epoch) {
      if (epoch < COMPLETE_EPOCHS) {
        return epoch + 1;
      }
      thinned++;
      return Math.round(
          COMPLETE_EPOCHS * StrictMath.pow(10, (double) thinned / RECORDS_PER_DECADE));
    }
  }
}
