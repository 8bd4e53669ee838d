package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.graph.LoopStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {
  private static List<Long> kept(long epochs, int callSize) {
    TrainingHistory.Recorder recorder = new TrainingHistory.Recorder();
    for (long done = 0; done < epochs; done += callSize) {
      int count = (int) Math.min(callSize, epochs - done);
      recorder.add(done + 1, call(new float[count]), 0.1, 0, 1);
    }
    return recorder.history().records().stream().map(EpochRecord::epoch).toList();
  }

  private static EpochCall call(float... losses) {
    return new EpochCall(losses, null, null, LoopStatus.RUNNING);
  }

  @Test
  void eachEpochHasItsOwnRateAndValidationLoss() {
    TrainingHistory.Recorder recorder = new TrainingHistory.Recorder();
    recorder.add(
        1,
        new EpochCall(
            new float[] {8, 4}, new float[] {0.5f, 0.25f}, new float[] {9, 5}, LoopStatus.RUNNING),
        0.1,
        0,
        1);

    assertThat(recorder.history().records())
        .containsExactly(new EpochRecord(1, 8, 9f, 0.5, 0.5), new EpochRecord(2, 4, 5f, 0.25, 1));
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
}
