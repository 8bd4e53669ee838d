package dev.slope.data;

/** A source that is one file, told from others by the file's hash. */
interface HashedFile extends DataSource {
  /** The file's, closed with the source. */
  FileHash hash();

  /** How many rows the file has. */
  long rows();

  @Override
  default Fingerprint fingerprint() {
    return new Fingerprint(hash().hex(), rows());
  }

  @Override
  default void hashAhead() {
    hash().begin();
  }
}
