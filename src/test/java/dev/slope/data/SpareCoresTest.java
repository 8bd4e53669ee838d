package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpareCoresTest {
  private static final int SPARE = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

  @Test
  void worksOnAllCoresButTheCallersAtOnce() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(SPARE);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    List<Background<Integer>> works = new ArrayList<>();
    try (SpareCores cores = new SpareCores("test")) {
      for (int i = 0; i < 2 * SPARE; i++) {
        works.add(
            new Background<>(
                cores,
                () -> {
                  int most = running.incrementAndGet();
                  begun.countDown();
                  await(go);
                  running.decrementAndGet();
                  return most;
                }));
      }
      begun.await();
      go.countDown();
      for (Background<Integer> work : works) {
        assertThat(work.get()).isBetween(1, SPARE);
      }
    }
  }

  @Test
  void finishesWhatItHasAndTakesNoMore() {
    SpareCores cores = new SpareCores("test");
    Background<String> work = new Background<>(cores, () -> Thread.currentThread().getName());
    cores.close();
    cores.close();
    assertThat(work.get()).isEqualTo("test");
    assertThatThrownBy(() -> cores.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
