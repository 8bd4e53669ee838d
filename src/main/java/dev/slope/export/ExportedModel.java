package dev.slope.export;

import java.nio.file.Path;

/**
 * A model in its place.
 *
 * @param directory such as {@code models/line/3}
 * @param manifest what it is
 * @param provenRows how many rows it was proven on
 * @param largestDifference between its predictions and the trainer's
 */
public record ExportedModel(
    Path directory, ModelManifest manifest, long provenRows, double largestDifference) {
  /** The number of the version. */
  public int version() {
    return Integer.parseInt(directory.getFileName().toString());
  }
}
