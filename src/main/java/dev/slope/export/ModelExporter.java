package dev.slope.export;

import dev.slope.data.Background;
import dev.slope.data.SpareCores;
import dev.slope.export.savedmodel.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a model under a hidden name, reloads it, proves it, and puts it in its place. */
public final class ModelExporter {
  static final String EXTRA = "assets.extra";
  private static final Pattern FILE_NAME =
      Pattern.compile("(?:([A-Za-z0-9_-][A-Za-z0-9_.-]*)/)?[A-Za-z0-9_-][A-Za-z0-9_.-]*");

  private ModelExporter() {}

  /** Exports a model as the next version, on as many cores as there are. */
  public static ExportedModel export(ExportRequest request) {
    try (SpareCores beside = new SpareCores("beside-export")) {
      return export(request, beside);
    }
  }

  /**
   * Exports a model as the next version.
   *
   * @param beside writes what tells of the model while this is written and proven
   * @throws ExportException when it can't be written, or its predictions are not the trainer's;
   *     nothing is left behind then
   */
  public static ExportedModel export(ExportRequest request, Executor beside) {
    ModelVersions versions = new ModelVersions(request.modelsDirectory(), request.name());
    ModelManifest manifest = describe(request);
    try (StagedVersion staged = versions.stage();
        Background<Path> described =
            writeDescription(request, manifest, staged.directory(), beside)) {
      write(request, staged.directory());
      double largestDifference;
      Map<String, DurableFile.Content> extraFiles;
      try (ServedModel model = reload(manifest, staged.directory())) {
        largestDifference = new ExportProof(request).check(model);
        extraFiles = request.extraFiles().get(model);
      }
      described.get();
      writeExtraFiles(extraFiles, staged.directory());
      Path directory = staged.publish();
      return new ExportedModel(directory, manifest, request.proofRows().rows(), largestDifference);
    } catch (IOException | UncheckedIOException e) {
      throw ModelVersions.notWritable(request.modelsDirectory().resolve(request.name()), e);
    }
  }

  /** What would stand in {@code model.json}; nothing is written. */
  public static ModelManifest describe(ExportRequest request) {
    ModelGraph graph = request.graph();
    return ModelManifest.of(
        request.name(),
        graph.model(),
        graph.inputs(),
        graph.labels(),
        request.weights(),
        request.statistics());
  }

  private static void write(ExportRequest request, Path staged) throws IOException {
    request.graph().write(staged, request.weights());
    ModelVersions.syncDirectory(staged.resolve("variables"));
    ModelVersions.syncDirectory(staged);
  }

  /**
   * Writes how to ask the model, and its manifest, which is larger than the model where it has many
   * categories.
   *
   * @return the directory they are in, once they are
   */
  private static Background<Path> writeDescription(
      ExportRequest request, ModelManifest manifest, Path staged, Executor beside)
      throws IOException {
    Path extra = Files.createDirectory(staged.resolve(EXTRA));
    return new Background<>(
        beside,
        () -> {
          try {
            new RequestFiles(request).write(extra);
            DurableFile.write(extra.resolve(ModelManifest.FILE_NAME), manifest::writeTo);
            return extra;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void writeExtraFiles(Map<String, DurableFile.Content> files, Path staged)
      throws IOException {
    Path extra = staged.resolve(EXTRA);
    Set<Path> folders = new LinkedHashSet<>();
    for (Map.Entry<String, DurableFile.Content> file : files.entrySet()) {
      String name = file.getKey();
      Matcher matcher = FILE_NAME.matcher(name);
      if (!matcher.matches() || name.equals(ModelManifest.FILE_NAME)) {
        throw new IllegalArgumentException(
            "extraFiles must be plain file names, in at most one folder, other than %s, but one was '%s'"
                .formatted(ModelManifest.FILE_NAME, name));
      }
      if (matcher.group(1) != null) {
        folders.add(Files.createDirectories(extra.resolve(matcher.group(1))));
      }
      DurableFile.write(extra.resolve(name), file.getValue());
    }
    for (Path folder : folders) {
      ModelVersions.syncDirectory(folder);
    }
    ModelVersions.syncDirectory(extra);
  }

  private static ServedModel reload(ModelManifest manifest, Path staged) {
    try {
      return ServedModel.load(staged, manifest);
    } catch (ModelException e) {
      throw new ExportException("the model just written can't be loaded: " + e.getMessage(), e);
    }
  }
}
