package dev.slope.pipeline;

import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.ModelEvaluator;
import dev.slope.evaluation.ModelMetrics;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ServedModel;
import dev.slope.features.FittedLabels;
import dev.slope.features.RowWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures a SavedModel on rows whose labels are known. */
public final class EvaluatePipeline {
  private EvaluatePipeline() {}

  /**
   * Predicts and compares, each row times its weight where the model was trained with a weight
   * column and the data have it.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @param data a file with the model's columns and labels
   */
  public static RunMetrics.OfRows run(Path model, Path data) {
    Path version = ModelDirectory.resolve(model);
    try (DataSource source = DataSources.openFile(data);
        ServedModel served = ServedModel.load(version)) {
      ModelColumns.require(source, served.columns(), "the model needs");
      FittedLabels labels = served.labels();
      ModelColumns.require(source, labels.columns(), "the model predicts");
      List<String> columns = new ArrayList<>(served.columns());
      columns.addAll(labels.columns());
      String weight = ExportedConfig.weightColumn(version);
      boolean weighted =
          weight != null
              && source.columns().stream().anyMatch(column -> column.name().equals(weight));
      int labelsTo = columns.size();
      if (weighted) {
        columns.add(weight);
      }
      FloatMatrix rows = source.readNumbers(columns);
      FloatMatrix weights = weighted ? rows.columns(labelsTo, columns.size()) : null;
      if (weights != null) {
        RowWeights.check(weights, source.description());
      }
      FloatMatrix features = rows.columns(0, served.columns().size());
      FloatMatrix truth =
          labels.encode(rows.columns(served.columns().size(), labelsTo), source.description());
      List<FloatBlock> answers = new ArrayList<>();
      features.blocks().forEach(block -> answers.add(served.predict(block)));
      ModelMetrics metrics =
          ModelEvaluator.evaluate(
              labels,
              served.manifest().deviance(),
              truth,
              new FloatMatrix(labels.outputs(), answers),
              weights);
      return RunMetrics.OfRows.of(metrics, metrics.values());
    }
  }
}
