package dev.slope.pipeline;

import dev.slope.config.LoadedConfig;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.Fingerprint;
import dev.slope.data.FloatMatrix;
import dev.slope.features.ColumnSelection;

/**
 * The training rows of a run.
 *
 * @param source what messages call it
 * @param selection which of its columns are used
 * @param features the raw features
 * @param labels the truth
 * @param fingerprint which data it was
 */
record RunData(
    String source,
    ColumnSelection selection,
    FloatMatrix features,
    FloatMatrix labels,
    Fingerprint fingerprint) {

  /** Reads what a config names, in one pass. */
  static RunData read(LoadedConfig loaded) {
    try (DataSource source =
        DataSources.open(loaded.run().data().train(), loaded.directory(), loaded.run().seed())) {
      ColumnSelection selection =
          ColumnSelection.of(loaded.run(), source.description(), source.columns());
      FloatMatrix rows = source.read(selection.all());
      int features = selection.features().size();
      return new RunData(
          source.description(),
          selection,
          rows.columns(0, features),
          rows.columns(features, rows.columns()),
          source.fingerprint());
    }
  }
}
