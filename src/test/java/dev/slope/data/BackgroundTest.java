package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.report.NamedFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  @Test
  void drawsInAnotherThreadAndHandsThePicturesOver() {
    AtomicReference<Thread> drawer = new AtomicReference<>();
    NamedFile picture = new NamedFile("loss.svg", new byte[] {1});
    try (Background<List<NamedFile>> plots =
        new Background<>(
            "test",
            () -> {
              drawer.set(Thread.currentThread());
              return List.of(picture);
            })) {
      assertThat(plots.get()).containsExactly(picture);
    }
    assertThat(drawer.get()).isNotNull().isNotEqualTo(Thread.currentThread());
  }

  @Test
  void throwsWhatDrawingThrew() {
    IllegalStateException problem = new IllegalStateException("no fonts");
    try (Background<List<NamedFile>> plots =
        new Background<>(
            "test",
            () -> {
              throw problem;
            })) {
      assertThatThrownBy(plots::get).isSameAs(problem);
    }
    try (Background<List<NamedFile>> plots =
        new Background<>(
            "test",
            () -> {
              throw new OutOfMemoryError("none left");
            })) {
      assertThatThrownBy(plots::get).isInstanceOf(OutOfMemoryError.class);
    }
  }
}
