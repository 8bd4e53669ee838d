package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPart;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a run: those that train, and those that only measure.
 *
 * @param source what messages call the training source
 * @param sourceRows how many rows it has, those split off or left out included
 * @param features the transforms, learnt from the training rows
 * @param labels what the label columns mean, learnt from the training rows
 * @param head the first of {@code measuredTrain}, up to {@link #HEAD_ROWS}, as they were read
 * @param offset the column that is added to every score; absent where none is
 * @param train the training rows
 * @param measuredTrain those of them that the model is measured on; mostly all
 * @param validation rows that are watched; null where there are none
 * @param test rows that measure the finished model; null where there are none
 * @param origins which data it was, by the part whose source it is
 * @param warnings what the user should know of the data
 */
record RunData(
    String source,
    long sourceRows,
    FittedFeatures features,
    FittedLabels labels,
    CodedRows head,
    @Nullable String offset,
    RowsOfPart train,
    RowsOfPart measuredTrain,
    @Nullable RowsOfPart validation,
    @Nullable RowsOfPart test,
    Map<RowPart, Provenance.Data> origins,
    List<String> warnings) {
  /** On how many rows an export is proven. */
  static final int HEAD_ROWS = 10_000;

  /**
   * Reads what a config names, each source in one pass, and one column more where it splits.
   *
   * @param store keeps the rows
   * @param current a version that will predict the rows that measure, too; null for none
   */
  static RunData read(LoadedConfig loaded, BlockStore store, @Nullable CurrentVersion current) {
    return RunDataReader.once(loaded, store, current).read();
  }

  /** The rows that metrics without a prefix are of: those that validate, else those that train. */
  RowsOfPart measured() {
    return validation == null ? measuredTrain : validation;
  }

  /** How many rows a part has. */
  static long rows(@Nullable RowsOfPart part) {
    return part == null ? 0 : part.rows();
  }

  /** The coded features of the training rows. */
  FloatMatrix coded() {
    return train.features();
  }

  /** The labels of the training rows, as the trainer takes them. */
  FloatMatrix truth() {
    return train.truth();
  }
}
