package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.DatetimePart;
import dev.slope.config.FeatureConfig;
import dev.slope.config.MissingConfig;
import dev.slope.config.Scaling;
import dev.slope.data.BlockStore;
import dev.slope.data.CodedRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DroppedRowsTest {
  private static final float NONE = Float.NaN;

  // Row 0 lacks the number that drops, row 1 only one that is filled in, row 3 boolean and date.
  @Test
  void rowsLackingWhatNothingStandsForAreFoundAndLeftOut() {
    Map<String, FeatureConfig> features = new LinkedHashMap<>();
    features.put(
        "drop",
        new FeatureConfig.Numeric(
            Scaling.NONE, new MissingConfig.Drop(), false, null, 1, null, null));
    features.put("filled", FeatureConfig.Numeric.of(Scaling.NONE));
    features.put("truth", new FeatureConfig.Truth());
    features.put("date", new FeatureConfig.Datetime(List.of(DatetimePart.HOUR)));
    CodedRows rows =
        new CodedRowsSample()
            .number("drop", NONE, 1, 2, 3, 4)
            .number("filled", 0, NONE, 2, 3, 4)
            .truth("truth", 0, 0, 0, NONE, 1)
            .date("date", new float[] {1, 1, 1, NONE, 1}, new float[] {0, 0, 0, NONE, 0})
            .rows(2);

    DroppedRows dropped = DroppedRows.of(features, rows);

    assertThat(dropped.count()).isEqualTo(2);
    assertThat(dropped.contains(0)).isTrue();
    assertThat(dropped.contains(1)).isFalse();
    assertThat(dropped.contains(3)).isTrue();
    assertThat(dropped.byColumn())
        .containsExactly(Map.entry("drop", 1L), Map.entry("truth", 1L), Map.entry("date", 1L));
    float[][] kept = CodedRowsSample.values(dropped.without(rows.values(), BlockStore.inMemory()));
    assertThat(kept).hasNumberOfRows(3);
    assertThat(List.of(kept[0][0], kept[1][0], kept[2][0])).containsExactly(1f, 2f, 4f);
  }
}
