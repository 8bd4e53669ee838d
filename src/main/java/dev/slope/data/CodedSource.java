package dev.slope.data;

import java.util.List;

/** A source whose rows can follow those of another in the same table. */
abstract class CodedSource implements DataSource {
  @Override
  public CodedRows read(List<CodedColumn> wanted, BlockStore store) {
    CodedWriter writer = new CodedWriter(wanted, store);
    read(writer);
    return writer.finish();
  }

  /**
   * Appends all rows of the columns that are written.
   *
   * @throws DataException where a cell can't be read in its coding
   */
  abstract void read(CodedWriter writer);

  /** The places of the columns that are written, which can hold what they are read as. */
  final int[] indices(List<CodedColumn> wanted) {
    int[] indices =
        Columns.indices(description(), columns(), wanted.stream().map(CodedColumn::name).toList());
    for (int i = 0; i < indices.length; i++) {
      Columns.requireCodable(description(), columns().get(indices[i]), wanted.get(i).coding());
    }
    return indices;
  }
}
