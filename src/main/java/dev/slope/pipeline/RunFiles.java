package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.config.LoadedConfig;
import dev.slope.config.ReportConfig;
import dev.slope.data.Background;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPart;
import dev.slope.export.ModelManifest;
import dev.slope.export.savedmodel.DurableFile;
import dev.slope.features.FittedFeature;
import dev.slope.report.HistoryCsv;
import dev.slope.report.HistoryRow;
import dev.slope.report.ModelCard;
import dev.slope.report.NamedFile;
import dev.slope.report.PlotException;
import dev.slope.report.ReportData;
import dev.slope.report.tensorboard.EventFileException;
import dev.slope.training.TrainedModel;
import dev.slope.training.Trainer;
import dev.slope.training.TrainingJob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a model in {@code assets.extra}, its description {@code model.json} apart.
 *
 * @param loaded the config
 * @param data the rows
 * @param trained the result of the training
 * @param more texts that stand beside it too, by their files' names
 * @param events what TensorBoard shows; null where nobody asked
 */
record RunFiles(
    LoadedConfig loaded,
    RunData data,
    TrainedModel trained,
    Map<String, String> more,
    @Nullable RunEvents events) {

  /**
   * All files by name; pictures that can't be drawn here are a warning, and so are events that
   * can't be written.
   *
   * @param manifest of the model
   * @param metrics on all rows
   */
  Map<String, DurableFile.Content> with(
      ModelManifest manifest,
      RunMetrics metrics,
      Background<Optional<ReportData>> report,
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
    report.get().ifPresent(drawn -> files.put(ReportData.FILE_NAME, utf8(Json.write(drawn))));
    try {
      plots.get().forEach(plot -> files.put(plot.name(), out -> out.write(plot.bytes())));
    } catch (PlotException e) {
      warning.accept(e.getMessage() + "; set /report/plots to false to do without");
    }
    if (events != null) {
      try {
        NamedFile file = events.file(history(), metrics);
        files.put(file.name(), out -> out.write(file.bytes()));
      } catch (EventFileException e) {
        warning.accept(e.getMessage() + "; set /report/tensorboard to false to do without");
      }
    }
    return files;
  }

  /**
   * What page and pictures draw; empty where the config wants neither.
   *
   * @param job that trained the model
   */
  Optional<ReportData> report(TrainingJob job) {
    boolean html = loaded.run().report().html();
    return html || loaded.run().report().plots()
        ? Optional.of(RunReport.of(html, job, data, trained, axis(data)))
        : Optional.empty();
  }

  /**
   * The pictures that are exported with the model: none where the config wants none, or the page
   * too, with which all are made once the model is there.
   *
   * @throws dev.slope.report.PlotException where this machine can't draw
   */
  List<NamedFile> plots(Optional<ReportData> report) {
    ReportConfig config = loaded.run().report();
    return config.plots() && !config.html()
        ? RunPictures.ofTraining(report.map(ReportData::rows).orElse(null), history())
        : List.of();
  }

  /** The only feature where that is a number, which can be an axis; else nothing. */
  static FloatMatrix axis(RunData data) {
    List<FittedFeature> features = data.features().features();
    return features.size() == 1
            && (features.get(0) instanceof FittedFeature.Numeric
                || features.get(0) instanceof FittedFeature.Bucketized)
        ? data.measuredTrain().features()
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
    Provenance.Rows counts = provenance.rows();
    add("training", metrics.train(), counts.train(), provenance.data(), rows, measured);
    add(
        "validation",
        metrics.validation(),
        counts.validation(),
        provenance.validationData(),
        rows,
        measured);
    add("test", metrics.test(), counts.test(), provenance.testData(), rows, measured);
    return new ModelCard(manifest, loaded.run().description(), facts, rows, measured);
  }

  private void add(
      String part,
      RunMetrics.@Nullable OfRows metrics,
      long count,
      Provenance.@Nullable Data origin,
      List<ModelCard.Rows> rows,
      List<ModelCard.Measured> measured) {
    if (metrics == null) {
      return;
    }
    rows.add(
        origin == null
            ? new ModelCard.Rows(part, count, "split off " + data.source(), null)
            : new ModelCard.Rows(part, count, origin.source(), origin.fingerprint().sha256()));
    measured.add(
        new ModelCard.Measured(
            metrics.rows() == count
                ? part
                : String.format(Locale.ROOT, "%s (%,d rows)", part, metrics.rows()),
            metrics.metrics()));
  }

  private static DurableFile.Content utf8(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
