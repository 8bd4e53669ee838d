package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.graph.LoopStatus;
import dev.slope.training.checkpoint.TrainingState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingHistoryTest {
  private static List<Long> kept(long epochs, int callSize) {
    TrainingHistory.Recorder recorder = new TrainingHistory.Recorder();
    for (long done = 0; done < epochs; done += callSize) {
      int count = (int) Math.min(callSize, epochs - done);
      recorder.add(done + 1, call(new double[count]), 0.1, 0, 1);
    }
    return recorder.history().records().stream().map(EpochRecord::epoch).toList();
  }

  private static EpochCall call(double... losses) {
    return new EpochCall(losses, null, null, LoopStatus.RUNNING);
  }

  @Test
  void eachEpochHasItsOwnRateAndValidationLoss() {
    TrainingHistory.Recorder recorder = new TrainingHistory.Recorder();
    recorder.add(
        1,
        new EpochCall(
            new double[] {8, 4}, new double[] {0.5, 0.25}, new double[] {9, 5}, LoopStatus.RUNNING),
        0.1,
        0,
        1);

    assertThat(recorder.history().records())
        .containsExactly(new EpochRecord(1, 8, 9.0, 0.5, 0.5), new EpochRecord(2, 4, 5.0, 0.25, 1));
  }

  @Test
  void keepsEveryEpochUpToTenThousand() {
    List<Long> epochs = kept(10_000, 77);

    assertThat(epochs).hasSize(10_000);
    assertThat(epochs.get(0)).isEqualTo(1);
    assertThat(epochs.get(9_999)).isEqualTo(10_000);
  }

  // Beyond, epoch 10,000 * 10^(j / 1000): j = 1 is 10,023.05, j = 1000 is 100,000.
  @Test
  void thinsEvenlyOnALogScaleAndKeepsTheLast() {
    List<Long> epochs = kept(123_456, 1000);

    assertThat(epochs.get(10_000)).isEqualTo(10_023);
    assertThat(epochs.get(10_999)).isEqualTo(100_000);
    // log10(12.3456) is 1.0915: 1,091 thinned ones, and the last.
    assertThat(epochs).hasSize(10_000 + 1_091 + 1).endsWith(123_456L);
    assertThat(kept(123_456, 7)).isEqualTo(epochs);
  }

  @Test
  void epochsOfACallShareItsTime() {
    TrainingHistory.Recorder recorder = new TrainingHistory.Recorder();
    recorder.add(1, call(8, 4), 0.1, 0, 1);
    recorder.add(3, call(2), 0.1, 1, 3);

    assertThat(recorder.history().records())
        .containsExactly(
            new EpochRecord(1, 8, null, 0.1, 0.5),
            new EpochRecord(2, 4, null, 0.1, 1),
            new EpochRecord(3, 2, null, 0.1, 3));
  }

  // Split before all, where all are kept, at a kept thinned one (10,023), between two, and late.
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9_999, 10_000, 10_023, 10_030, 100_001})
  void aHistoryThatWasSavedGoesOnAsIfItWasNot(long saved) {
    TrainingHistory.Recorder whole = new TrainingHistory.Recorder();
    TrainingHistory.Recorder first = new TrainingHistory.Recorder();
    add(whole, 1, saved);
    add(first, 1, saved);

    TrainingHistory.Recorder second = savedAndRestored(first);

    assertThat(second.history()).isEqualTo(whole.history());
    add(whole, saved + 1, 123_456);
    add(second, saved + 1, 123_456);
    assertThat(second.history()).isEqualTo(whole.history());
  }

  @Test
  void aSavedHistoryHasItsValidationLosses() {
    TrainingHistory.Recorder recorder = new TrainingHistory.Recorder();
    recorder.add(
        1,
        new EpochCall(new double[] {8, 4}, null, new double[] {9, Double.NaN}, LoopStatus.RUNNING),
        0.1,
        0,
        1);

    assertThat(savedAndRestored(recorder).history()).isEqualTo(recorder.history());
  }

  private static TrainingHistory.Recorder savedAndRestored(TrainingHistory.Recorder recorder) {
    TrainingState.Builder state = TrainingState.after(0);
    recorder.saveTo(state);
    return TrainingHistory.Recorder.restored(state.build());
  }

  /** Epochs whose every value tells them apart. */
  private static void add(TrainingHistory.Recorder recorder, long first, long last) {
    for (long epoch = first; epoch <= last; epoch++) {
      recorder.add(epoch, call(1f / epoch), 0.5 / epoch, (double) (epoch - 1), (double) epoch);
    }
  }
}
