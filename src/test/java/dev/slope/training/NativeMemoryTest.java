package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  /** -Dslope.test.trainings=1000 for the long form. */
  private static final int TRAININGS = Integer.getInteger("slope.test.trainings", 100);

  // Every native handle that JavaCPP holds is counted. Resident memory is the coarse net under it:
  // over 1,000 trainings 1.4 KB each were measured, once the allocator had warmed up.
  @Test
  void trainingsLeaveNothingBehind() {
    train(50);
    touchHeap();
    long pointers = Pointer.totalCount();
    long residentBytes = Pointer.physicalBytes();

    train(TRAININGS);

    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
    assertThat(Pointer.physicalBytes() - residentBytes)
        .isLessThan(64L * 1024 * 1024 + TRAININGS * 20L * 1024);
  }

  // It swallows its own failure, so only a test would show one.
  @Test
  void warmingUpWorksAndLeavesNothingBehind() {
    WarmUp.run();
    long pointers = Pointer.totalCount();

    WarmUp.run();

    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
  }

  /** Heap that Java uses for the first time is resident from then on, and no leak. */
  private static void touchHeap() {
    long chunks = Runtime.getRuntime().totalMemory() / (1 << 16);
    long touched = 0;
    for (long i = 0; i < chunks; i++) {
      touched += new byte[1 << 16].length;
    }
    assertThat(touched).isPositive();
  }

  private static void train(int trainings) {
    for (int i = 0; i < trainings; i++) {
      new Trainer().train(TrainingFixtures.line(0.01, 10), TrainingListener.NONE);
    }
  }
}
