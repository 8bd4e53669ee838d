package dev.slope.data;

/** A file that is read row by row. */
abstract class FileSource extends RowSource implements HashedFile {
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
  public FileHash hash() {
    return hash;
  }

  @Override
  public void close() {
    hash.close();
  }
}
