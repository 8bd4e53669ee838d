package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelManifestTest {
  private static ModelManifest.Output output(double... standardized) {
    return new ModelManifest.Output(
        "y",
        null,
        "y",
        0,
        0,
        IntStream.range(0, standardized.length)
            .mapToObj(i -> new ModelManifest.Coefficient("x" + i, null, 7, standardized[i]))
            .toList(),
        null,
        null);
  }

  private static List<String> largest(int most, double... standardized) {
    return output(standardized).largest(most).stream()
        .map(ModelManifest.Coefficient::feature)
        .toList();
  }

  @Test
  void theLargestCoefficientsKeepTheirOrder() {
    assertThat(largest(2, 1, -4, 2, 3)).containsExactly("x1", "x3");
    assertThat(largest(4, 1, -4, 2, 3)).containsExactly("x0", "x1", "x2", "x3");
    assertThat(largest(9, 1, -4)).containsExactly("x0", "x1");
  }

  /** Of three of magnitude 1 there is room for one beside the two larger ones after them. */
  @Test
  void ofEqualOnesTheFirstAreTakenAndNoLargerOneIsLeftOut() {
    assertThat(largest(3, 1, -1, 1, 2, 3)).containsExactly("x0", "x3", "x4");
    assertThat(largest(2, 0, 0, 0)).containsExactly("x0", "x1");
  }
}
