package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ModelException;
import dev.slope.export.ModelManifest;
import dev.slope.report.CostSurface;
import dev.slope.report.HistoryCsv;
import dev.slope.report.HistoryRow;
import dev.slope.report.NamedFile;
import dev.slope.report.PlotException;
import dev.slope.report.ReportData;
import dev.slope.report.ReportPage;
import dev.slope.report.Residuals;
import dev.slope.report.ShownCoefficients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

/** Makes the page and the pictures of an exported model from the files beside it. */
public final class ReportPipeline {
  /** The page writes the equation of so many. */
  private static final int MAX_TERMS = 7;

  private final Path extra;
  private final ModelManifest model;
  private final RunMetrics metrics;
  private final @Nullable JsonNode provenance;
  private final List<HistoryRow> history;
  private final ReportData report;

  private ReportPipeline(
      Path extra,
      ModelManifest model,
      RunMetrics metrics,
      @Nullable JsonNode provenance,
      List<HistoryRow> history,
      ReportData report) {
    this.extra = extra;
    this.model = model;
    this.metrics = metrics;
    this.provenance = provenance;
    this.history = history;
    this.report = report;
  }

  /**
   * Reads what they are made from.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @throws ModelException where it is missing or damaged, or not of Slope
   */
  public static ReportPipeline of(Path model) {
    Path version = ModelDirectory.resolve(model);
    Path extra = version.resolve("assets.extra");
    Inspection inspection = Inspection.of(version);
    ModelManifest manifest = inspection.model();
    RunMetrics metrics = inspection.metrics();
    if (manifest == null || metrics == null) {
      throw new ModelException(
          version + " was not exported by Slope, which has no page of other models");
    }
    Path drawn = extra.resolve(ReportData.FILE_NAME);
    return new ReportPipeline(
        extra,
        manifest,
        metrics,
        inspection.provenance(),
        history(extra.resolve("history.csv")),
        Files.isRegularFile(drawn) ? report(drawn) : new ReportData(null, null, null));
  }

  /**
   * Writes the page.
   *
   * @param file where it goes, replacing what is there; null for {@code assets.extra/report.html}
   * @return where it went
   */
  public Path writePage(@Nullable Path file) {
    Path target = file != null ? file : extra.resolve(ReportPage.FILE_NAME);
    write(target, ReportPage.of(json()));
    return target;
  }

  /**
   * Draws the pictures and writes them.
   *
   * @param folder where they go, made where it is missing, replacing what is there; null for {@code
   *     assets.extra}
   * @return where they went
   */
  public List<Path> writePictures(@Nullable Path folder) {
    Path target = folder != null ? folder : extra;
    List<NamedFile> pictures;
    try {
      pictures = RunPictures.all(report, history, model, metrics);
    } catch (PlotException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw new ModelException(target + " can't be made: " + e.getMessage(), e);
    }
    List<Path> written = new ArrayList<>();
    for (NamedFile picture : pictures) {
      Path file = target.resolve(picture.name());
      write(file, picture.bytes());
      written.add(file);
    }
    return written;
  }

  /** A file appears whole. */
  private static void write(Path target, byte[] content) {
    Path part = target.toAbsolutePath().resolveSibling(".slope-" + UUID.randomUUID() + ".part");
    try {
      try {
        Files.write(part, content);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ModelException(target + " can't be written: " + e.getMessage(), e);
    }
  }

  private String json() {
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("model", described());
    page.put("metrics", tree(metrics));
    page.put("provenance", provenance);
    page.put("history", columns());
    page.put("coefficients", tree(ShownCoefficients.of(model)));
    if (report.rows() != null) {
      page.put("rows", tree(report.rows()));
      if (model.classification() == null) {
        page.put("residuals", tree(Residuals.perLabel(report.rows())));
      }
    }
    if (report.curves() != null) {
      page.put("curves", tree(report.curves()));
    }
    CostSurface surface = report.surface();
    if (surface != null) {
      page.put("surface", tree(surface));
      page.put("rate", surface.drawnRate());
    }
    return Json.mapper()
        .writer()
        .without(SerializationFeature.INDENT_OUTPUT)
        .writeValueAsString(page);
  }

  /** Without columns, vocabularies and all but a few coefficients, which may be long. */
  private JsonNode described() {
    ObjectNode described = Json.mapper().createObjectNode();
    described.put("name", model.name());
    described.put("type", model.type());
    described.put("link", model.link());
    described.put("objective", model.objective());
    if (model.classification() != null) {
      described.set("classification", tree(model.classification()));
    }
    described.set("outputs", tree(model.outputs().stream().map(ReportPipeline::begun).toList()));
    return described;
  }

  private static ModelManifest.Output begun(ModelManifest.Output output) {
    return new ModelManifest.Output(
        output.label(),
        output.className(),
        output.score(),
        output.intercept(),
        output.standardizedIntercept(),
        output.coefficients().stream().limit(MAX_TERMS).toList(),
        output.interceptEstimate(),
        output.statistics());
  }

  private Map<String, List<Double>> columns() {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    columns.put("epoch", history.stream().map(row -> (double) row.epoch()).toList());
    columns.put("loss", history.stream().map(HistoryRow::loss).toList());
    List<Double> validation = new ArrayList<>();
    for (HistoryRow row : history) {
      if (row.validationLoss() != null) {
        validation.add(row.validationLoss());
      }
    }
    if (validation.size() == history.size()) {
      columns.put("validation_loss", validation);
    }
    return columns;
  }

  private static List<HistoryRow> history(Path file) {
    try {
      return HistoryCsv.decode(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static JsonNode tree(Object value) {
    return Json.mapper().valueToTree(value);
  }

  private static ReportData report(Path file) {
    try {
      ReportData report = Json.mapper().readValue(Files.readAllBytes(file), ReportData.class);
      if (report == null) { // the document is JSON's null
        throw new ModelException(file + " is damaged; export the model again");
      }
      return report;
    } catch (JacksonException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }
}
