package dev.slope.training;

import dev.slope.training.checkpoint.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private @Nullable EpochRecord last;

    /**
     * Adds epochs that ran together.
     *
     * @param firstEpoch the number of the first of them
     * @param learningRate of those that have no rate of their own
     * @param startSeconds when the first of them began
     * @param endSeconds when the last of them ended
     */
    void add(
        long firstEpoch,
        EpochCall call,
        double learningRate,
        double startSeconds,
        double endSeconds) {
      int count = call.losses().length;
      if (count == 0) {
        return;
      }
      double secondsPerEpoch = (endSeconds - startSeconds) / count;
      while (nextKept < firstEpoch + count) {
        int index = Math.toIntExact(nextKept - firstEpoch);
        kept.add(
            record(
                nextKept, call, index, learningRate, startSeconds + (index + 1) * secondsPerEpoch));
        nextKept = epochAfter(nextKept);
      }
      last = record(firstEpoch + count - 1, call, count - 1, learningRate, endSeconds);
    }

    TrainingHistory history() {
      List<EpochRecord> records = new ArrayList<>(kept);
      if (last != null && kept.get(kept.size() - 1).epoch() != last.epoch()) {
        records.add(last);
      }
      return new TrainingHistory(records);
    }

    /** Adds what {@link #restored} needs. */
    void saveTo(TrainingState.Builder state) {
      List<EpochRecord> records = new ArrayList<>(kept);
      if (last != null) {
        records.add(last);
      }
      boolean validated = last != null && last.validationLoss() != null;
      int size = records.size();
      long[] epochs = new long[size];
      double[] losses = new double[size];
      double[] validationLosses = new double[validated ? size : 0];
      double[] learningRates = new double[size];
      double[] seconds = new double[size];
      for (int i = 0; i < size; i++) {
        EpochRecord record = records.get(i);
        Double validationLoss = record.validationLoss();
        epochs[i] = record.epoch();
        losses[i] = record.loss();
        if (validationLoss != null) {
          validationLosses[i] = validationLoss;
        }
        learningRates[i] = record.learningRate();
        seconds[i] = record.seconds();
      }
      state
          .longs("history.thinning", nextKept, thinned)
          .longs("history.epochs", epochs)
          .doubles("history.losses", losses)
          .doubles("history.validation_losses", validationLosses)
          .doubles("history.learning_rates", learningRates)
          .doubles("history.seconds", seconds);
    }

    /** The recorder that was saved: it keeps what that one would have kept. */
    static Recorder restored(TrainingState state) {
      long[] epochs = state.longs("history.epochs");
      double[] losses = state.doubles("history.losses");
      double[] validationLosses = state.doubles("history.validation_losses");
      double[] learningRates = state.doubles("history.learning_rates");
      double[] seconds = state.doubles("history.seconds");
      Recorder recorder = new Recorder();
      for (int i = 0; i < epochs.length; i++) {
        Double validationLoss = validationLosses.length == 0 ? null : validationLosses[i];
        recorder.kept.add(
            new EpochRecord(epochs[i], losses[i], validationLoss, learningRates[i], seconds[i]));
      }
      if (epochs.length > 0) {
        recorder.last = recorder.kept.remove(epochs.length - 1);
      }
      recorder.nextKept = state.longs("history.thinning")[0];
      recorder.thinned = Math.toIntExact(state.longs("history.thinning")[1]);
      return recorder;
    }

    private static EpochRecord record(
        long epoch, EpochCall call, int index, double learningRate, double seconds) {
      double[] validation = call.validationLosses();
      return new EpochRecord(
          epoch,
          call.losses()[index],
          validation == null ? null : validation[index],
          call.rate(index, learningRate),
          seconds);
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
