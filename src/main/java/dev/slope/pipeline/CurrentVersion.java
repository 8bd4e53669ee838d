package dev.slope.pipeline;

import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.DataSource;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.Deviance;
import dev.slope.evaluation.MeasuredModel;
import dev.slope.evaluation.MetricValues;
import dev.slope.evaluation.ModelEvaluator;
import dev.slope.export.ModelException;
import dev.slope.export.ModelManifest;
import dev.slope.export.ModelVersions;
import dev.slope.export.ServedModel;
import dev.slope.features.FittedLabels;
import dev.slope.features.RawColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of a model, which the next one must be better than.
 *
 * @param directory of the version
 * @param manifest what it is
 */
record CurrentVersion(Path directory, ModelManifest manifest) {

  /** The newest version; null where there is none yet. */
  static @Nullable CurrentVersion of(ModelVersions versions) {
    Path newest = versions.newest();
    return newest == null ? null : new CurrentVersion(newest, ModelManifest.read(newest));
  }

  /**
   * What must be read of a source so that this version can predict its rows.
   *
   * @throws dev.slope.data.DataException where the source lacks a column
   */
  List<CodedColumn> codings(DataSource source) {
    ModelColumns.require(
        source,
        manifest.rawColumns().stream().map(RawColumn::name).toList(),
        "/gate/beats_current compares with " + directory + ", which needs");
    return codings();
  }

  private List<CodedColumn> codings() {
    return manifest.rawColumns().stream().flatMap(column -> column.codings().stream()).toList();
  }

  /**
   * Passes where it predicts the same.
   *
   * @throws ModelException where its labels or classes are others
   */
  void requireLabels(FittedLabels labels) {
    FittedLabels own = manifest.labels();
    if (!own.columns().equals(labels.columns()) || !classes(own).equals(classes(labels))) {
      throw new ModelException(
          "/gate/beats_current: %s must predict %s as this run does, but predicts %s; set it to false or train under another name"
              .formatted(directory, described(labels), described(own)));
    }
  }

  private static List<String> classes(FittedLabels labels) {
    return labels instanceof FittedLabels.Classes classes ? classes.classes() : List.of();
  }

  private static String described(FittedLabels labels) {
    return labels instanceof FittedLabels.Classes classes
        ? "'" + classes.column() + "' of the classes " + classes.classes()
        : labels.columns().toString();
  }

  /**
   * Loads it and measures it.
   *
   * @param rows some, with what they were read as
   * @param deviance what the run measures besides; null where nothing
   * @throws ModelException where it can't be loaded, or has no prediction for a row
   */
  MetricValues measure(RowsOfPart rows, @Nullable Deviance deviance) {
    try (ServedModel served = ServedModel.load(directory)) {
      return measure(served, directory.toString(), rows, deviance);
    }
  }

  /**
   * Measures a model that is loaded.
   *
   * @param name what messages call it
   */
  static MetricValues measure(
      ServedModel served, String name, RowsOfPart rows, @Nullable Deviance deviance) {
    FloatMatrix answers = served.predict(Objects.requireNonNull(rows.read()));
    requirePredictions(answers, name);
    return ModelEvaluator.evaluate(
            new MeasuredModel(served.labels(), deviance, null, null),
            rows.truth(),
            answers,
            rows.metricWeights())
        .values();
  }

  /**
   * Passes where this version can predict rows that were read for another one, or for none: another
   * run may have exported it since.
   *
   * @throws ModelException where it can't
   */
  void requireRead(RowsOfPart rows) {
    CodedRows read = rows.read();
    if (read == null || !read.columns().containsAll(codings())) {
      throw new ModelException(
          "%s appeared while this run trained, which did not read its columns; nothing was exported, train again"
              .formatted(directory));
    }
  }

  private static void requirePredictions(FloatMatrix answers, String name) {
    for (FloatBlock block : answers.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int output = 0; output < block.columns(); output++) {
          if (!Double.isFinite(block.get(row, output))) {
            throw new ModelException(
                "/gate/beats_current: %s has no prediction for some of the rows, so the versions can't be compared; nothing was exported"
                    .formatted(name));
          }
        }
      }
    }
  }
}
