package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  private static final int TRAININGS = 1_000;

  /** Until then allocators and compiled code still grow. */
  private static final int WARM_TRAININGS = 200;

  /** 1.4 KB a training were measured; this is fourteen times as much. */
  private static final long MAX_GROWTH_BYTES = 20L * 1024 * (TRAININGS - WARM_TRAININGS);

  /**
   * In a process of its own, whose Java heap is touched before the first training: beside other
   * tests the resident memory is theirs too.
   */
  @Test
  void aThousandTrainingsLeaveNothingBehind() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AlwaysPreTouch",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Trainings.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(2);
    long[] warm = numbers(lines.get(0));
    long[] end = numbers(lines.get(1));
    assertThat(end[0]).as("native handles").isLessThanOrEqualTo(warm[0]);
    assertThat(end[1] - warm[1]).as("growth of resident bytes").isLessThan(MAX_GROWTH_BYTES);
  }

  // It swallows its own failure, so only a test would show one.
  @Test
  void warmingUpWorksAndLeavesNothingBehind() {
    WarmUp.run();
    long pointers = Pointer.totalCount();

    WarmUp.run();

    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
  }

  private static long[] numbers(String line) {
    String[] words = line.split(" ", -1);
    return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
  }

  /** Trains, and prints native handles and resident bytes when warm and at the end. */
  static final class Trainings {
    private Trainings() {}

    /** Runs as a process. */
    public static void main(String[] args) {
      for (int done = 1; done <= TRAININGS; done++) {
        new Trainer().train(TrainingFixtures.line(0.01, 10), TrainingListener.NONE);
        if (done == WARM_TRAININGS || done == TRAININGS) {
          System.out.println(Pointer.totalCount() + " " + Pointer.physicalBytes());
        }
      }
    }
  }
}
