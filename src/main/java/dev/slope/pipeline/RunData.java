package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.Fingerprint;
import dev.slope.data.FloatMatrix;
import dev.slope.features.ColumnSelection;
import dev.slope.features.FittedLabels;
import dev.slope.features.LabelFitter;
import dev.slope.features.RowWeights;
import org.jspecify.annotations.Nullable;

/**
 * The training rows of a run, row for row and block for block the same in every matrix.
 *
 * @param source what messages call it
 * @param selection which of its columns are used
 * @param features the raw features
 * @param labels what the label columns mean
 * @param truth the labels as the trainer takes them
 * @param metricWeights how much each row counts where the model is measured: the weight column;
 *     null where every row counts the same
 * @param rowWeights how much each row counts in training: that times the weight of its class; null
 *     where every row counts the same
 * @param offsets what is added to every score; null where nothing is
 * @param fingerprint which data it was
 */
record RunData(
    String source,
    ColumnSelection selection,
    FloatMatrix features,
    FittedLabels labels,
    FloatMatrix truth,
    @Nullable FloatMatrix metricWeights,
    @Nullable FloatMatrix rowWeights,
    @Nullable FloatMatrix offsets,
    Fingerprint fingerprint) {

  /**
   * Reads what a config names, in one pass.
   *
   * @param store keeps the rows
   */
  static RunData read(LoadedConfig loaded, BlockStore store) {
    RunConfig run = loaded.run();
    try (DataSource source =
        DataSources.open(run.data().train(), loaded.directory(), run.seed(), store)) {
      String name = source.description();
      ColumnSelection selection = ColumnSelection.of(run, name, source.columns());
      FloatMatrix rows = source.read(selection.all(), store);
      int labelsFrom = selection.features().size();
      int labelsTo = labelsFrom + selection.labels().size();
      FloatMatrix rawLabels = rows.columns(labelsFrom, labelsTo);
      FittedLabels labels = LabelFitter.fit(run, name, rawLabels);
      FloatMatrix truth = labels.encode(rawLabels, name);
      FloatMatrix weights = one(rows, selection.weight());
      if (weights != null) {
        RowWeights.check(weights, name);
      }
      return new RunData(
          name,
          selection,
          rows.columns(0, labelsFrom, store),
          labels,
          truth,
          weights,
          RowWeights.of(run.model(), labels, truth, weights, name),
          one(rows, selection.offset()),
          source.fingerprint());
    }
  }

  private static @Nullable FloatMatrix one(FloatMatrix rows, @Nullable String column) {
    if (column == null) {
      return null;
    }
    int index = rows.names().indexOf(column);
    return rows.columns(index, index + 1);
  }
}
