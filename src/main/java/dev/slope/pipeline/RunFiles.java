package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.config.LoadedConfig;
import dev.slope.data.Background;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPart;
import dev.slope.evaluation.InverseLink;
import dev.slope.export.ModelManifest;
import dev.slope.export.savedmodel.DurableFile;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedLabels;
import dev.slope.report.HistoryCsv;
import dev.slope.report.HistoryRow;
import dev.slope.report.ModelCard;
import dev.slope.report.NamedFile;
import dev.slope.report.PlotException;
import dev.slope.report.Plots;
import dev.slope.report.ReportData;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a model in {@code assets.extra}, its description {@code model.json} apart.
 *
 * @param loaded the config
 * @param data the rows
 * @param trained the result of the training
 * @param report what the page draws; null where there is none
 * @param more texts that stand beside it too, by their files' names
 */
record RunFiles(
    LoadedConfig loaded,
    RunData data,
    TrainedModel trained,
    @Nullable ReportData report,
    Map<String, String> more) {

  /**
   * All files by name; pictures that can't be drawn here are a warning.
   *
   * @param manifest of the model
   * @param metrics on all rows
   */
  Map<String, DurableFile.Content> with(
      ModelManifest manifest,
      RunMetrics metrics,
      Background<List<NamedFile>> plots,
      Consumer<String> warning) {
    Provenance provenance = provenance();
    Map<String, DurableFile.Content> files = new LinkedHashMap<>();
    files.put("config.json", utf8(loaded.effectiveJson()));
    files.put("metrics.json", utf8(Json.write(metrics)));
    files.put("history.csv", out -> out.write(HistoryCsv.encode(history())));
    files.put("provenance.json", utf8(Json.write(provenance)));
    files.put(ModelCard.FILE_NAME, utf8(card(manifest, metrics, provenance).text()));
    more.forEach((name, text) -> files.put(name, utf8(text)));
    if (report != null) {
      files.put(ReportData.FILE_NAME, utf8(Json.write(report)));
    }
    try {
      plots.get().forEach(plot -> files.put(plot.name(), out -> out.write(plot.bytes())));
    } catch (PlotException e) {
      warning.accept(e.getMessage() + "; set /report/plots to false to do without");
    }
    return files;
  }

  /**
   * The pictures; none where the config wants none.
   *
   * @throws dev.slope.report.PlotException where this machine can't draw
   */
  List<NamedFile> plots() {
    if (!loaded.run().report().plots()) {
      return List.of();
    }
    List<NamedFile> plots = new ArrayList<>();
    if (isFunctionOfARow()) {
      plots.addAll(
          Plots.fit(
              axis(data),
              data.truth(),
              InverseLink.apply(loaded.run().model(), trained.trainPredictions())));
    }
    plots.addAll(Plots.loss(history()));
    return plots;
  }

  /** Numbers can be drawn beside predictions; of classes only one probability over one feature. */
  private boolean isFunctionOfARow() {
    if (data.labels() instanceof FittedLabels.Classes classes) {
      return classes instanceof FittedLabels.Binary
          && classes.hasProbabilities()
          && axis(data).columns() == 1;
    }
    return true;
  }

  /** The only feature where that is a number, which can be an axis; else nothing. */
  static FloatMatrix axis(RunData data) {
    List<FittedFeature> features = data.features().features();
    return features.size() == 1
            && (features.get(0) instanceof FittedFeature.Numeric
                || features.get(0) instanceof FittedFeature.Bucketized)
        ? data.coded()
        : new FloatMatrix(List.of(), List.of());
  }

  private List<HistoryRow> history() {
    return trained.history().records().stream()
        .map(
            record ->
                new HistoryRow(
                    record.epoch(),
                    record.loss(),
                    record.validationLoss() == null ? null : record.validationLoss().doubleValue(),
                    record.learningRate(),
                    record.seconds()))
        .toList();
  }

  private Provenance provenance() {
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Versions.slope(),
        Trainer.tensorFlowVersion(),
        System.getProperty("java.vm.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        loaded.run().seed(),
        data.origins().get(RowPart.TRAIN),
        data.origins().get(RowPart.VALIDATION),
        data.origins().get(RowPart.TEST),
        new Provenance.Rows(
            data.train().rows(), RunData.rows(data.validation()), RunData.rows(data.test())),
        trained.plan(),
        trained.device(),
        trained.stopReason(),
        trained.timings());
  }

  private ModelCard card(ModelManifest manifest, RunMetrics metrics, Provenance provenance) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("trained", provenance.created());
    facts.put("by", "Slope " + provenance.slope() + ", TensorFlow " + provenance.tensorflow());
    facts.put(
        "optimizer",
        String.format(
            Locale.ROOT,
            "%s, %,d epochs, seed %d",
            loaded.run().training().optimizer().typeName(),
            provenance.timings().epochs(),
            provenance.seed()));
    List<ModelCard.Rows> rows = new ArrayList<>();
    List<ModelCard.Measured> measured = new ArrayList<>();
    add("training", metrics.train(), provenance.data(), rows, measured);
    add("validation", metrics.validation(), provenance.validationData(), rows, measured);
    add("test", metrics.test(), provenance.testData(), rows, measured);
    return new ModelCard(manifest, loaded.run().description(), facts, rows, measured);
  }

  private void add(
      String part,
      RunMetrics.@Nullable OfRows metrics,
      Provenance.@Nullable Data origin,
      List<ModelCard.Rows> rows,
      List<ModelCard.Measured> measured) {
    if (metrics == null) {
      return;
    }
    rows.add(
        origin == null
            ? new ModelCard.Rows(part, metrics.rows(), "split off " + data.source(), null)
            : new ModelCard.Rows(
                part, metrics.rows(), origin.source(), origin.fingerprint().sha256()));
    measured.add(new ModelCard.Measured(part, metrics.metrics()));
  }

  private static DurableFile.Content utf8(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
