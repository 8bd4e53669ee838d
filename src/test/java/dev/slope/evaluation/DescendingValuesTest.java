package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DescendingValuesTest {
  /** A value with its weight, which tells it from equal ones. */
  private record Visited(double value, double weight) {}

  /** Numbers that are near: neighbouring doubles, neighbouring floats, both signs of zero. */
  @Property(tries = 300)
  void visitsAsAStableSortDoes(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -40, max = 40) Integer> numbers,
      @ForAll @IntRange(min = 1, max = 70) int most) {
    double[] values =
        numbers.stream()
            .mapToDouble(
                number ->
                    switch (Math.floorMod(number, 4)) {
                      case 0 -> number / 8.0;
                      case 1 -> 1 + number * Math.ulp(1.0);
                      case 2 -> -1 - number * Math.ulp(1.0f);
                      default -> number < 0 ? -0.0 : 0.0;
                    })
            .toArray();

    assertThat(descending(values, most)).isEqualTo(sorted(values));
  }

  /** Values of all sizes and signs, many of them more than once. */
  @Test
  void visitsRandomValuesAsAStableSortDoes() {
    Random random = new Random(7);
    double[] values =
        random
            .doubles(20_000, -1, 1)
            .map(value -> Math.scalb((float) value, (int) (value * 1e6) % 300))
            .toArray();
    System.arraycopy(values, 0, values, 12_000, 8_000);

    List<Visited> expected = sorted(values);
    for (int most : new int[] {1_000, 19_999, 20_000}) {
      assertThat(descending(values, most)).as("%d at once", most).isEqualTo(expected);
    }
  }

  /** More of them than are gathered at once, so their order is that of the visit. */
  @Test
  void equalValuesNeedNoSorting() {
    double[] values = new double[5_000];
    Arrays.fill(values, 0.1);
    values[1_234] = Math.nextUp(0.1);
    values[4_321] = Math.nextDown(0.1);

    assertThat(descending(values, 10)).isEqualTo(sorted(values));
  }

  @Test
  void visitsNothingOfNoValues() {
    assertThat(descending(new double[0], 10)).isEmpty();
  }

  /** To sort all of them at once would take 24 bytes each, 10 MB; few at once take 100 KB. */
  @Test
  void takesMemoryForFewOfManyValues() {
    double[] values = new Random(7).doubles(400_000, -100, 0).map(Math::exp).toArray();
    DescendingValues descending = new DescendingValues(source(values), values.length, 4_000);
    double[] sums = new double[2];

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    descending.forEach(
        (value, weight) -> {
          sums[0]++;
          sums[1] += value;
        });
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sums[0]).isEqualTo(values.length);
    // The counts of the ranges take 1 MiB.
    assertThat(allocated).isLessThan(2 << 20);
  }

  private static List<Visited> descending(double[] values, int most) {
    List<Visited> visited = new ArrayList<>();
    new DescendingValues(source(values), values.length, most)
        .forEach((value, weight) -> visited.add(new Visited(value, weight)));
    return visited;
  }

  private static WeightedValues source(double[] values) {
    return visitor -> {
      for (int i = 0; i < values.length; i++) {
        visitor.visit(values[i], i);
      }
    };
  }

  private static List<Visited> sorted(double[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> new Visited(values[i] + 0.0, i))
        .sorted(Comparator.comparingDouble(Visited::value).reversed())
        .toList();
  }
}
