package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {
  // Every third piece of work takes a millisecond longer than those that follow it.
  @Test
  void resultsComeInTheOrderOfTheWork() {
    List<Integer> taken = new ArrayList<>();
    try (InOrder<Integer> work = new InOrder<>(taken::add)) {
      for (int i = 0; i < 300; i++) {
        int number = i;
        work.add(
            () -> {
              if (number % 3 == 0) {
                LockSupport.parkNanos(1_000_000);
              }
              return number;
            });
      }
      work.finish();
    }

    assertThat(taken).isEqualTo(IntStream.range(0, 300).boxed().toList());
  }

  @Test
  void aFailureComesOutAsItIs() {
    try (InOrder<Integer> work = new InOrder<>(result -> {})) {
      work.add(
          () -> {
            throw new IllegalStateException("no room");
          });

      assertThatThrownBy(work::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no room");
    }
  }

  @Test
  void anInterruptStaysForTheTrainingToSee() {
    List<Integer> taken = new ArrayList<>();
    try (InOrder<Integer> work = new InOrder<>(taken::add)) {
      Thread.currentThread().interrupt();
      work.add(() -> 1);
      work.finish();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(taken).containsExactly(1);
  }
}
