package dev.slope.pipeline;

import dev.slope.data.BlockStore;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.MeasuredModel;
import dev.slope.evaluation.ModelEvaluator;
import dev.slope.evaluation.ModelMetrics;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ServedModel;
import dev.slope.features.FittedLabels;
import dev.slope.features.LabelledRows;
import dev.slope.features.RowWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures a SavedModel on rows whose labels are known. */
public final class EvaluatePipeline {
  private EvaluatePipeline() {}

  /**
   * Predicts and compares, leaving rows without labels out, each row times its weight where the
   * model was trained with a weight column and the data have it.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @param data a file with the model's columns and labels
   */
  public static RunMetrics.OfRows run(Path model, Path data) {
    try (BlockStore store = RowMemory.temporary()) {
      return run(model, data, store);
    }
  }

  /**
   * The same.
   *
   * @param store keeps the rows
   */
  static RunMetrics.OfRows run(Path model, Path data, BlockStore store) {
    Path version = ModelDirectory.resolve(model);
    try (DataSource source = DataSources.openFile(data);
        ServedModel served = ServedModel.load(version)) {
      ModelColumns.require(source, served.columns(), "the model needs");
      FittedLabels labels = served.labels();
      ModelColumns.require(source, labels.columns(), "the model predicts");
      List<CodedColumn> columns = new ArrayList<>(served.completeCodings());
      columns.addAll(labels.coded(source.columns()));
      String weight = ExportedConfig.weightColumn(version);
      boolean weighted =
          weight != null
              && source.columns().stream().anyMatch(column -> column.name().equals(weight));
      if (weighted) {
        columns.addAll(CodedColumn.numbers(List.of(weight)));
      }
      CodedRows all = source.read(CodedRows.distinct(columns), store);
      LabelledRows labelled = LabelledRows.of(all, labels.columns(), source.description());
      CodedRows rows = labelled.select(all, store);
      FloatMatrix weights =
          weighted ? column(rows, CodedColumn.numbers(List.of(weight)).get(0)) : null;
      if (weights != null) {
        RowWeights.check(weights, source.description());
      }
      FloatMatrix answers = served.predict(rows);
      requirePredictions(answers, labelled, source.description());
      RunMetrics ofRun = Inspection.metricsIfAny(version);
      ModelMetrics metrics =
          ModelEvaluator.evaluate(
              new MeasuredModel(
                  labels,
                  served.manifest().deviance(),
                  ofRun == null ? null : ofRun.parameters(),
                  ofRun == null ? null : ofRun.baseline()),
              labels.encode(rows, source.description()),
              answers,
              weights);
      return RunMetrics.OfRows.of(metrics, metrics.values());
    }
  }

  private static FloatMatrix column(CodedRows rows, CodedColumn column) {
    int place = rows.index(column);
    return rows.values().columns(place, place + 1);
  }

  /** Metrics of some rows only would not be those of the data. */
  private static void requirePredictions(
      FloatMatrix answers, LabelledRows labelled, String source) {
    int row = 0;
    for (FloatBlock block : answers.blocks()) {
      for (int inBlock = 0; inBlock < block.rows(); inBlock++) {
        while (!labelled.has(row)) {
          row++;
        }
        row++;
        for (int output = 0; output < block.columns(); output++) {
          if (!Double.isFinite(block.get(inBlock, output))) {
            throw new DataException(
                "%s, row %d has no prediction: a value is missing, or the model doesn't know it; leave the row out"
                    .formatted(source, row));
          }
        }
      }
    }
  }
}
