package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.DataConfig;
import dev.slope.config.SplitMethod;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What every split keeps. */
class RowSplitPropertyTest {
  /** Each row is in exactly one part, and selected there with its own value. */
  @Property(tries = 200)
  void partsAreDisjointAndComplete(
      @ForAll @IntRange(min = 4, max = 3000) int rows,
      @ForAll @DoubleRange(min = 0, max = 0.45) double validation,
      @ForAll @DoubleRange(min = 0, max = 0.45) double test,
      @ForAll boolean sequential,
      @ForAll long seed) {
    FloatMatrix numbers = RowSplitTest.numbers(rows);
    // Parts so small that they would be empty are refused.
    double from = 0.5 / rows;
    SplitMethod method = sequential ? SplitMethod.SEQUENTIAL : SplitMethod.RANDOM;
    DataConfig config =
        RowSplitTest.config(
            method, validation > from ? validation : 0, test > from ? test : 0, null);

    RowParts parts = RowSplit.of(config, RowSplitTest.source(numbers), rows, null, seed);

    List<Float> all = new ArrayList<>();
    for (RowPart part : RowPart.values()) {
      List<Float> selected =
          RowSplitTest.values(parts.select(numbers, part, BlockStore.inMemory()));
      assertThat(selected).isSorted().hasSize((int) parts.rows(part));
      all.addAll(selected);
    }
    assertThat(all.stream().sorted().toList()).isEqualTo(RowSplitTest.values(numbers));
    assertThat(parts.rows(RowPart.TRAIN)).isPositive();
    assertThat((double) parts.rows(RowPart.TEST)).isCloseTo(test * rows, within(1.0));
  }
}
