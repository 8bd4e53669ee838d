package dev.slope.export;

import dev.slope.export.savedmodel.DurableFile;
import java.util.Map;

/** What goes beside a model and may still be in the making while the model is written. */
@FunctionalInterface
public interface ExtraFiles {
  /**
   * The files; asked once, on the exporting thread, after the model is written and proven and
   * before it appears. Where this throws, nothing is exported.
   *
   * @param proven the model, loaded; its owner closes it
   * @return contents by file name: letters, digits, '_', '-' and '.', no '.' first, and not the
   *     manifest's; one '/' may stand between the name of a folder and that of a file in it
   */
  Map<String, DurableFile.Content> get(ServedModel proven);
}
