package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPart;
import dev.slope.features.ColumnSelection;
import dev.slope.features.FittedLabels;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a run: those that train, and those that only measure.
 *
 * @param source what messages call the training source
 * @param sourceRows how many rows it has, those split off included
 * @param selection which of its columns are used
 * @param labels what the label columns mean, learnt from the training rows
 * @param train the training rows
 * @param validation rows that are watched; null where there are none
 * @param test rows that measure the finished model; null where there are none
 * @param origins which data it was, by the part whose source it is
 */
record RunData(
    String source,
    long sourceRows,
    ColumnSelection selection,
    FittedLabels labels,
    RowsOfPart train,
    @Nullable RowsOfPart validation,
    @Nullable RowsOfPart test,
    Map<RowPart, Provenance.Data> origins) {

  /**
   * Reads what a config names, each source in one pass, and one column more where it splits.
   *
   * @param store keeps the rows
   */
  static RunData read(LoadedConfig loaded, BlockStore store) {
    return new RunDataReader(loaded, store).read();
  }

  /** How many rows a part has. */
  static long rows(@Nullable RowsOfPart part) {
    return part == null ? 0 : part.rows();
  }

  /** The raw features of the training rows. */
  FloatMatrix features() {
    return train.features();
  }

  /** The labels of the training rows, as the trainer takes them. */
  FloatMatrix truth() {
    return train.truth();
  }

  /** The offsets of the training rows; null where there are none. */
  @Nullable FloatMatrix offsets() {
    return train.offsets();
  }
}
