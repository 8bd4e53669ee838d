package dev.slope.data;

/** A file that is read row by row. */
abstract class FileSource extends RowSource {
  private final DataFile file;
  private final FileHash hash;

  FileSource(DataFile file) {
    this.file = file;
    this.hash = new FileHash(file);
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
    return new Fingerprint(hash.hex(), rows());
  }

  @Override
  public void hashAhead() {
    hash.begin();
  }

  @Override
  public void close() {
    hash.close();
  }
}
