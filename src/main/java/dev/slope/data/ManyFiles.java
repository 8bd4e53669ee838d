package dev.slope.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of many sources, one after the other. All have the same columns, in any order; they are
 * shown in the first one's.
 */
final class ManyFiles extends CodedSource {
  private final String description;
  private final List<CodedSource> sources;
  private final List<ColumnInfo> columns;
  private boolean hashesAhead;

  /**
   * Joins sources, which are closed with it.
   *
   * @param description how messages call all of them
   * @throws DataException naming the source and the column in which two differ
   */
  ManyFiles(String description, List<CodedSource> sources) {
    this.description = description;
    this.sources = List.copyOf(sources);
    this.columns = agreed(sources);
  }

  private static List<ColumnInfo> agreed(List<CodedSource> sources) {
    DataSource first = sources.get(0);
    List<String> names = Columns.names(first.columns());
    List<ColumnKinds> kinds = new ArrayList<>();
    names.forEach(name -> kinds.add(new ColumnKinds()));
    for (DataSource source : sources) {
      List<String> others = Columns.names(source.columns());
      Columns.require(
          source.description(), others, names, "is in " + first.description() + " beside it");
      Set<String> additional = new HashSet<>(others);
      names.forEach(additional::remove);
      for (String name : others) {
        if (additional.contains(name)) {
          throw new DataException(
              "%s has a column '%s', which is not in %s beside it; files that are read together"
                      .formatted(source.description(), name, first.description())
                  + " must have the same columns");
        }
      }
      for (int i = 0; i < names.size(); i++) {
        kinds.get(i).add(source.columns().get(others.indexOf(names.get(i))).kind());
      }
    }
    List<ColumnInfo> result = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      result.add(new ColumnInfo(names.get(i), kinds.get(i).kind()));
    }
    return List.copyOf(result);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  void read(CodedWriter writer) {
    // One after the other into the same blocks and dictionaries: how the rows are cut into files
    // shall not change them.
    for (CodedSource source : sources) {
      if (hashesAhead) {
        source.hashAhead();
      }
      source.read(writer);
    }
  }

  @Override
  public void scan(List<CodedColumn> coded, List<String> text, BatchConsumer consumer) {
    sources.forEach(source -> source.scan(coded, text, consumer));
  }

  @Override
  public Fingerprint fingerprint() {
    MessageDigest digest = Sha256.digest();
    long rows = 0;
    for (DataSource source : sources) {
      Fingerprint each = source.fingerprint();
      digest.update(each.sha256().getBytes(StandardCharsets.US_ASCII));
      rows += each.rows();
    }
    return new Fingerprint(Sha256.hex(digest), rows);
  }

  @Override
  public void hashAhead() {
    hashesAhead = true;
  }

  @Override
  public void close() {
    sources.forEach(DataSource::close);
  }
}
