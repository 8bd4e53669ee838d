package dev.slope.data;

import org.jspecify.annotations.Nullable;

/** A file that is read row by row. */
abstract class FileSource extends RowSource {
  private final DataFile file;
  private @Nullable Fingerprint fingerprint;

  FileSource(DataFile file) {
    this.file = file;
  }

  DataFile file() {
    return file;
  }

  @Override
  public String description() {
    return file.name();
  }

  @Override
  public Fingerprint fingerprint() {
    if (fingerprint == null) {
      fingerprint = new Fingerprint(file.sha256(), rows());
    }
    return fingerprint;
  }
}
