package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.Scaling;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputNameListTest {
  private static final List<FittedFeature> FEATURES =
      List.of(
          new FittedFeature.Numeric("size", Scaling.NONE, 0, 1),
          new FittedFeature.Categorical(
              new RawColumn("cut", RawColumn.Type.STRING),
              List.of("Fair", "^2"),
              true,
              false,
              false),
          new FittedFeature.Categorical(
              new RawColumn("empty", RawColumn.Type.STRING), List.of(), false, false, false),
          new FittedFeature.Hashed(new RawColumn("town", RawColumn.Type.STRING), 3),
          new FittedFeature.Truth("sold"));

  @Test
  void namesInputsInTheOrderOfTheirFeatures() {
    assertThat(new InputNameList(FEATURES))
        .containsExactly(
            "size",
            "cut=Fair",
            "cut^2",
            "cut=(missing)",
            "town=bucket 0",
            "town=bucket 1",
            "town=bucket 2",
            "sold");
  }

  @Test
  void noOthersCanBeAskedFor() {
    List<String> names = new InputNameList(FEATURES);

    assertThatThrownBy(() -> names.get(8)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> names.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(new InputNameList(List.of())).isEmpty();
  }

  /** A model of a million inputs has their names once, whoever keeps them. */
  @Test
  void areKeptAsTheyAre() {
    List<String> names = new InputNameList(FEATURES);

    assertThat(InputNameList.copyOf(names)).isSameAs(names);
    assertThat(new LinearWeights(names, List.of("y"), new double[8], new double[1]).inputs())
        .isSameAs(names);
  }
}
