package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ModelException;
import dev.slope.export.ModelManifest;
import dev.slope.report.HistoryCsv;
import dev.slope.report.ReportData;
import dev.slope.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

/** Makes the page of an exported model from the files beside it. */
public final class ReportPipeline {
  /** Of more coefficients the page has the largest. */
  private static final int MAX_COEFFICIENTS = 200;

  private ReportPipeline() {}

  /**
   * Writes the page.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @param file where it goes, replacing what is there; null for {@code assets.extra/report.html}
   * @return where it went
   */
  public static Path run(Path model, @Nullable Path file) {
    Path version = ModelDirectory.resolve(model);
    Path extra = version.resolve("assets.extra");
    Path target = file != null ? file : extra.resolve(ReportPage.FILE_NAME);
    byte[] page = ReportPage.of(json(version, extra));
    Path part = target.toAbsolutePath().resolveSibling(".slope-" + UUID.randomUUID() + ".html");
    try {
      try {
        Files.write(part, page);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ModelException(target + " can't be written: " + e.getMessage(), e);
    }
    return target;
  }

  private static String json(Path version, Path extra) {
    Inspection inspection = Inspection.of(version);
    ModelManifest manifest = inspection.model();
    RunMetrics metrics = inspection.metrics();
    if (manifest == null || metrics == null) {
      throw new ModelException(
          version + " was not exported by Slope, which has no page of other models");
    }
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("model", model(manifest));
    page.put("metrics", tree(metrics));
    page.put("provenance", inspection.provenance());
    page.put("history", history(extra.resolve("history.csv")));
    Path drawn = extra.resolve(ReportData.FILE_NAME);
    if (Files.isRegularFile(drawn)) {
      read(drawn)
          .properties()
          .forEach(property -> page.put(property.getKey(), property.getValue()));
    }
    return Json.mapper()
        .writer()
        .without(SerializationFeature.INDENT_OUTPUT)
        .writeValueAsString(page);
  }

  /** Without columns and vocabularies, which may be long and are not drawn. */
  private static JsonNode model(ModelManifest manifest) {
    List<ModelManifest.Output> outputs =
        manifest.outputs().stream().map(ReportPipeline::largest).toList();
    ObjectNode model = Json.mapper().createObjectNode();
    model.put("name", manifest.name());
    model.put("type", manifest.type());
    model.put("link", manifest.link());
    model.put("objective", manifest.objective());
    if (manifest.classification() != null) {
      model.set("classification", tree(manifest.classification()));
    }
    model.set("outputs", tree(outputs));
    return model;
  }

  private static ModelManifest.Output largest(ModelManifest.Output output) {
    if (output.coefficients().size() <= MAX_COEFFICIENTS) {
      return output;
    }
    Comparator<ModelManifest.Coefficient> bySize =
        Comparator.comparingDouble(coefficient -> -Math.abs(coefficient.standardized()));
    Set<ModelManifest.Coefficient> kept =
        new HashSet<>(
            output.coefficients().stream().sorted(bySize).limit(MAX_COEFFICIENTS).toList());
    return new ModelManifest.Output(
        output.label(),
        output.className(),
        output.score(),
        output.intercept(),
        output.standardizedIntercept(),
        output.coefficients().stream().filter(kept::contains).toList(),
        output.interceptEstimate(),
        output.statistics());
  }

  private static Map<String, List<Double>> history(Path file) {
    try {
      return HistoryCsv.columns(
          Files.readString(file), List.of("epoch", "loss", "validation_loss"));
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static JsonNode tree(Object value) {
    return Json.mapper().valueToTree(value);
  }

  private static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }
}
